#include <array>
#include <cstdio>

#include "io/traffic/sumo_classes.hpp"
#include "io/traffic/sumo_export.hpp"
#include "io/traffic/xml_writer.hpp"

namespace kontwin::traffic {

namespace {

void write_type(XmlWriter& file, const VehicleType& type) {
  const auto param = [&file](const char* key, double value) {
    file.open("param").attribute("key", key).attribute("value", value).close();
  };
  file.open("vType")
      .attribute("id", type.id)
      .attribute("vClass", class_of(type.kind))
      .attribute("length", type.length_m)
      .attribute("width", type.width_m)
      .attribute("minGap", type.gap_m)
      .attribute("maxSpeed", type.top_speed_mps)
      .attribute("speedFactor", "normc(" + to_text(type.speed_factor) + "," +
                                    to_text(type.speed_deviation) + ",0.2,2)")
      .attribute("accel", type.acceleration_mps2)
      .attribute("decel", type.deceleration_mps2)
      .attribute("sigma", type.imperfection)
      .attribute("tau", type.reaction_s);
  param("room_pcu", type.room_pcu);
  param("flow_pcu", type.flow_pcu);
  param("narrow", type.narrow ? 1 : 0);
  file.close();
}

/// Exact: whole seconds and six places.
std::string to_seconds_text(Micros at) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(at / 1000000),
                static_cast<long long>(at % 1000000));
  return text.data();
}

}  // namespace

void write_sumo_routes(const std::filesystem::path& path, const TripTable& trips,
                       const Network& network) {
  XmlWriter file(path);
  file.open("routes");
  for (const VehicleType& type : trips.types) write_type(file, type);
  std::string edges;
  for (std::size_t row = 0; row < trips.trips.size(); ++row) {
    const TripRow& trip = trips.trips[row];
    const std::string id = trips.names.empty() ? std::to_string(trip.number) : trips.names[row];
    file.open(trip.route_length > 0 ? "vehicle" : "trip")
        .attribute("id", id)
        .attribute("type", trips.types[trip.type].id)
        .attribute("depart", to_seconds_text(trip.depart));
    if (trip.route_length > 0) {
      edges.clear();
      for (const std::uint32_t link : trips.route_of(trip)) {
        if (!edges.empty()) edges += ' ';
        edges += network.link_id[link];
      }
      file.open("route").attribute("edges", edges).close();
    } else {
      file.attribute("from", network.link_id[trip.from_link])
          .attribute("to", network.link_id[trip.to_link]);
    }
    file.close();
  }
  file.close();
  file.finish();
}

}  // namespace kontwin::traffic
