#include "io/traffic/traffic_results.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/traffic/text_file.hpp"
#include "scenarios/traffic/outputs/link_figures.hpp"

namespace kontwin::traffic {

namespace {

bool used(const LinkFigures& figures) { return figures.exits > 0 || figures.most_vehicles > 0; }

}  // namespace

void write_link_csv(const std::filesystem::path& path, const TripRun& run) {
  const bool details = run.options().details;
  TextFile file(path);
  file << "link,begin_s,end_s,vehicles,flow_vph,speed_mps,density_vpkm,delay_s,most_vehicles,"
          "level_of_service"
       << (details ? ",queue,longest_queue,fuel_g,co2_g,co_g,nox_g,pm_g\n" : "\n");
  const Network& network = run.simulation().network();
  for (std::size_t which = 0; which < run.measures().size(); ++which) {
    const double begin_s = seconds(run.options().interval) * static_cast<double>(which);
    const double end_s = interval_end_s(run, which);
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      const LinkFigures is = link_figures(run, link, which, which + 1);
      if (!used(is)) continue;
      file << csv_field(network.link_id[link]) << ',' << begin_s << ',' << end_s << ',' << is.exits
           << ',' << is.flow_vph << ',' << csv_number(is.speed_mps) << ',' << is.density_vpkm << ','
           << is.delay_s << ',' << is.most_vehicles << ',' << is.level;
      if (details) {
        const Emissions& gas = is.emissions;
        file << ',' << is.queue << ',' << is.longest_queue << ',' << gas.fuel_g << ',' << gas.co2_g
             << ',' << gas.co_g << ',' << gas.nox_g << ',' << gas.pm_g;
      }
      file << '\n';
    }
  }
  file.close();
}

void write_link_geojson(const std::filesystem::path& path, const TripRun& run) {
  const Network& network = run.simulation().network();
  TextFile file(path);
  file << "{\"type\":\"FeatureCollection\",\"features\":[";
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const LinkFigures is =
        run.measures().empty() ? LinkFigures{} : link_figures(run, link, 0, run.measures().size());
    nlohmann::json line = nlohmann::json::array();
    for (const LocalPoint& point : network.shape_of(link)) line.push_back({point.x_m, point.y_m});
    nlohmann::json properties{{"link", network.link_id[link]},
                              {"name", network.link_name[link]},
                              {"vehicles", is.exits},
                              {"flow_vph", is.flow_vph},
                              {"density_vpkm", is.density_vpkm},
                              {"delay_s", is.delay_s},
                              {"most_vehicles", is.most_vehicles},
                              {"level_of_service", std::string(1, is.level)}};
    properties["speed_mps"] =
        std::isfinite(is.speed_mps) ? nlohmann::json(is.speed_mps) : nlohmann::json(nullptr);
    if (run.options().details) {
      properties["queue"] = is.queue;
      properties["longest_queue"] = is.longest_queue;
      properties["fuel_g"] = is.emissions.fuel_g;
      properties["co2_g"] = is.emissions.co2_g;
      properties["co_g"] = is.emissions.co_g;
      properties["nox_g"] = is.emissions.nox_g;
      properties["pm_g"] = is.emissions.pm_g;
    }
    const nlohmann::json feature{{"type", "Feature"},
                                 {"geometry", {{"type", "LineString"}, {"coordinates", line}}},
                                 {"properties", properties}};
    file << (link == 0 ? "\n" : ",\n") << feature.dump();
  }
  file << "\n]}\n";
  file.close();
}

}  // namespace kontwin::traffic
