#include <cstdio>

#include "app/open_world.hpp"
#include "app/traffic_commands.hpp"
#include "io/traffic/network_file.hpp"
#include "io/traffic/sumo_export.hpp"
#include "scenarios/traffic/freight.hpp"
#include "scenarios/traffic/world_network.hpp"
#include "twin/error.hpp"

namespace kontwin {

int make_freight(const FreightCommandOptions& options) {
  const auto world = open_world(options.common);
  const auto network = traffic::network_of(*world);
  traffic::FreightRates rates;
  rates.tonnes_per_lorry = options.tonnes_per_lorry;
  const auto zones = traffic::freight_zones(*world, rates);
  double harvest = 0, homes = 0;
  for (const auto& zone : zones) {
    harvest += zone.harvest;
    homes += zone.homes;
  }
  std::printf(
      "Khu vực / Zones: %zu, chuyến chở nông sản mỗi ngày / loads of harvest a day: %.1f, chuyến "
      "khác "
      "/ other trips: %.1f\n",
      zones.size(), harvest, homes);
  std::vector<std::string> left_out;
  const traffic::TripTable trips = traffic::freight_trips(
      zones, *network, {.mean_km = options.mean_km, .first_hour = 0, .seed = options.seed},
      &left_out);
  for (const std::string& zone : left_out) {
    std::printf("  khu vực / zone %s: xe tải không đến được / no lorry gets there\n", zone.c_str());
  }
  if (trips.trips.empty())
    throw Error("the world has no freight: it has no homes that lorries reach");
  std::printf("Chuyến xe tải / Lorry trips: %zu\n", trips.trips.size());
  std::filesystem::create_directories(options.out);
  traffic::save_network(options.out / "network.h5", *network);
  traffic::write_sumo_routes(options.out / "lorries.rou.xml", trips, *network);
  std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
