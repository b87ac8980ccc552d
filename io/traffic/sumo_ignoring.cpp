#include "io/traffic/sumo_ignoring.hpp"

#include <algorithm>

namespace kontwin::traffic {

std::uint32_t SumoIgnoringTypes::on_route(std::uint32_t type, std::span<const std::uint32_t> links,
                                          const Network& network, std::vector<VehicleType>& types) {
  if (!std::ranges::count(types_, type)) return type;
  VehicleKinds everywhere = all_vehicles;
  for (const std::uint32_t link : links) everywhere &= network.allowed[link];
  if (everywhere == 0 || contains(everywhere, types[type].kind)) return type;
  // Ambulances last: others make room for them.
  constexpr VehicleKind by_likeness[] = {VehicleKind::bus, VehicleKind::lorry,
                                         VehicleKind::motorbike, VehicleKind::bicycle,
                                         VehicleKind::ambulance};
  const auto* const kind = std::ranges::find_if(
      by_likeness, [everywhere](VehicleKind one) { return contains(everywhere, one); });
  if (kind == std::end(by_likeness)) return type;
  const auto [found, added] =
      of_kind_.try_emplace({type, *kind}, static_cast<std::uint32_t>(types.size()));
  if (added) {
    VehicleType like = types[type];
    like.kind = *kind;
    types.push_back(std::move(like));
  }
  return found->second;
}

}  // namespace kontwin::traffic
