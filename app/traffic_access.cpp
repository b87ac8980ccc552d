#include <algorithm>
#include <cstdio>
#include <map>

#include "app/open_world.hpp"
#include "app/traffic_commands.hpp"
#include "io/report/terminal_text.hpp"
#include "io/traffic/service_access_file.hpp"
#include "scenarios/traffic/outputs/service_access.hpp"
#include "scenarios/traffic/world_network.hpp"
#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

std::vector<double> waits_of(const World& world, const std::vector<std::string>& closed) {
  std::vector<double> waits(world.roads().links(), 0);
  for (const std::string& urn : closed) {
    const auto road = world.find(urn);
    if (!road || road->kind != Kind::road) {
      throw Error("--closed: '" + urn + "' is no road of this world");
    }
    waits[road->row] = unreachable;
  }
  return waits;
}

/// A line for each service, over all communes; then the communes farthest from each.
void print_access(const World& world, const std::vector<traffic::ServiceAccess>& found) {
  const auto text = [](double value, int decimals) {
    return number_text(value, decimals, Language::both);
  };
  for (const Kind service : traffic::services) {
    traffic::ServiceAccess all;
    const traffic::ServiceAccess* farthest = nullptr;
    for (const auto& one : found) {
      if (one.service != service) continue;
      const double reached = one.people - one.unreached;
      all.people += one.people;
      all.unreached += one.unreached;
      all.mean_min += one.mean_min * reached;
      for (std::size_t i = 0; i < all.within.size(); ++i) all.within[i] += one.within[i];
      if (farthest == nullptr || one.mean_min > farthest->mean_min) farthest = &one;
    }
    if (farthest == nullptr) continue;
    const double reached = all.people - all.unreached;
    std::printf("  %s %s ph / min; 15, 30, 60: %s, %s, %s %%; %s: %s\n",
                padded(std::string(names_of(service).vietnamese) + " / " +
                           std::string(names_of(service).english),
                       38)
                    .c_str(),
                text(reached > 0 ? all.mean_min / reached : 0, 1).c_str(),
                text(100 * all.within[0] / all.people, 0).c_str(),
                text(100 * all.within[1] / all.people, 0).c_str(),
                text(100 * all.within[2] / all.people, 0).c_str(), "không đường / no way",
                text(all.unreached, 0).c_str());
    std::printf("    %s %s, %s ph / min\n",
                "xa nhất / farthest:", traffic::commune_name(world, farthest->commune_code).c_str(),
                text(farthest->mean_min, 0).c_str());
  }
}

}  // namespace

int show_access(const TrafficAccessOptions& options) {
  const auto kind = traffic::vehicle_kind(options.vehicle);
  if (!kind) throw Error("--vehicle: '" + options.vehicle + "' is no kind of vehicle");
  const auto world = open_world(options.common);
  const auto network = traffic::network_of(*world);
  const auto waits = waits_of(*world, options.closed);
  const traffic::VehicleType& type =
      traffic::standard_vehicle_types()[static_cast<std::size_t>(*kind)];
  const auto found = traffic::service_access(*world, *network, type, waits);
  if (found.empty()) throw Error("the world has no homes, or nowhere to go from them");
  print_access(*world, found);
  std::filesystem::create_directories(options.out);
  const auto path = options.out / "access.csv";
  traffic::write_service_access(path, *world, found);
  std::printf("  %s\n", path.string().c_str());
  return 0;
}

}  // namespace kontwin
