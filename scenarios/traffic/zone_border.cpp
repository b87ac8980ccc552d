#include "scenarios/traffic/zone_border.hpp"

#include <utility>

namespace kontwin::traffic {

ZoneBorder::ZoneBorder(std::shared_ptr<const Network> network, const ConnectedJunctions& chosen,
                       std::span<const VehicleType> types, const micro::MicroOptions& options)
    : zone(std::move(network), chosen.links, types, options), junctions(chosen.junctions) {
  room_of_type.reserve(types.size());
  for (const VehicleType& type : types) room_of_type.push_back(car_hundredths(type.room_pcu));
}

Partition cut_around(const Network& network, std::span<const ZoneBorder> zones, Micros least) {
  // What a lane of individuals costs, in lanes of a queue, about.
  constexpr double lanes_a_lane = 40;
  std::vector<KeptTogether> together;
  for (const ZoneBorder& border : zones) {
    KeptTogether group{border.junctions, 0};
    for (const std::uint32_t link : border.zone.links()) {
      group.junctions.push_back(network.from[link]);
      group.lanes += lanes_a_lane * network.lanes_of(link);
    }
    together.push_back(std::move(group));
  }
  return cut(network, parts_for(network, together), least, together);
}

}  // namespace kontwin::traffic
