#include "io/traffic/traffic_results.hpp"

#include <cmath>
#include <fstream>
#include <iomanip>
#include <limits>
#include <nlohmann/json.hpp>

#include "scenarios/traffic/level_of_service.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// What a link's measures say of a length of time.
struct Figures {
  double flow_vph, speed_mps, density_vpkm, delay_s;
  char level;
};

Figures figures_of(const Network& network, std::uint32_t link, const LinkMeasure& measure,
                   double span_s) {
  const double vehicles = measure.exits;
  const double driven_mps = measure.time_s > 0 ? network.length_m[link] * vehicles / measure.time_s
                                               : std::numeric_limits<double>::quiet_NaN();
  return {vehicles * 3600 / span_s, driven_mps,
          measure.vehicle_s / span_s / (network.length_m[link] / 1000),
          vehicles > 0 ? measure.delay_s / vehicles : 0,
          level_of_service(driven_mps / network.free_speed_mps[link])};
}

bool used(const LinkMeasure& measure) { return measure.exits > 0 || measure.most_vehicles > 0; }

std::ofstream open(const std::filesystem::path& path) {
  std::ofstream file(path);
  if (!file) throw FileError(path.string(), "cannot be written");
  file << std::setprecision(10);
  return file;
}

void close(std::ofstream& file, const std::filesystem::path& path) {
  file.close();
  if (!file) throw FileError(path.string(), "could not be written to its end");
}

/// A field of a CSV file, in quotes where it needs them.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

const char* name_of(Journey::Result result) {
  switch (result) {
    case Journey::Result::arrived:
      return "arrived";
    case Journey::Result::no_route:
      return "no_route";
    case Journey::Result::stranded:
      return "stranded";
  }
  return "";
}

}  // namespace

void write_link_csv(const std::filesystem::path& path, const TripRun& run) {
  const Micros interval = run.options().interval;
  std::ofstream file = open(path);
  file << "link,begin_s,end_s,vehicles,flow_vph,speed_mps,density_vpkm,delay_s,most_vehicles,"
          "level_of_service\n";
  const Network& network = run.simulation().network();
  for (std::size_t which = 0; which < run.measures().size(); ++which) {
    const double begin_s = seconds(interval) * static_cast<double>(which);
    const double end_s = std::min(begin_s + seconds(interval), seconds(run.now()));
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      const LinkMeasure& measure = run.measures()[which][link];
      if (!used(measure)) continue;
      const Figures is = figures_of(network, link, measure, end_s - begin_s);
      file << field(network.link_id[link]) << ',' << begin_s << ',' << end_s << ',' << measure.exits
           << ',' << is.flow_vph << ',';
      if (std::isfinite(is.speed_mps)) file << is.speed_mps;
      file << ',' << is.density_vpkm << ',' << is.delay_s << ',' << measure.most_vehicles << ','
           << is.level << '\n';
    }
  }
  close(file, path);
}

void write_link_geojson(const std::filesystem::path& path, const TripRun& run) {
  const Network& network = run.simulation().network();
  std::ofstream file = open(path);
  file << "{\"type\":\"FeatureCollection\",\"features\":[";
  const double span_s = std::max(1e-6, seconds(run.now()));
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    LinkMeasure sum;
    for (const auto& measures : run.measures()) {
      sum.exits += measures[link].exits;
      sum.most_vehicles = std::max(sum.most_vehicles, measures[link].most_vehicles);
      sum.time_s += measures[link].time_s;
      sum.delay_s += measures[link].delay_s;
      sum.vehicle_s += measures[link].vehicle_s;
    }
    const Figures is = figures_of(network, link, sum, span_s);
    nlohmann::json line = nlohmann::json::array();
    for (const LocalPoint point : network.shape_of(link)) line.push_back({point.x_m, point.y_m});
    nlohmann::json properties{{"link", network.link_id[link]},
                              {"name", network.link_name[link]},
                              {"vehicles", sum.exits},
                              {"flow_vph", is.flow_vph},
                              {"density_vpkm", is.density_vpkm},
                              {"delay_s", is.delay_s},
                              {"most_vehicles", sum.most_vehicles},
                              {"level_of_service", std::string(1, is.level)}};
    properties["speed_mps"] =
        std::isfinite(is.speed_mps) ? nlohmann::json(is.speed_mps) : nlohmann::json(nullptr);
    const nlohmann::json feature{{"type", "Feature"},
                                 {"geometry", {{"type", "LineString"}, {"coordinates", line}}},
                                 {"properties", properties}};
    file << (link == 0 ? "\n" : ",\n") << feature.dump();
  }
  file << "\n]}\n";
  close(file, path);
}

void write_trip_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& table) {
  std::ofstream file = open(path);
  file << "trip,type,departed_s,ended_s,seconds,result,junction\n";
  const Network& network = run.simulation().network();
  const auto name = [&table](std::uint64_t tag) {
    return table.names.empty() ? std::to_string(table.trips[tag].number) : field(table.names[tag]);
  };
  for (const Journey& journey : run.journeys()) {
    file << name(journey.tag) << ',' << field(table.types[journey.type].id) << ','
         << seconds(journey.departed) << ',' << seconds(journey.ended) << ','
         << seconds(journey.ended - journey.departed) << ',' << name_of(journey.result) << ','
         << field(network.junction_id[journey.junction]) << '\n';
  }
  run.simulation().for_each_vehicle([&](std::uint32_t slot) {
    const Simulation::Driver& driver = run.simulation().driver(slot);
    file << name(driver.tag) << ',' << field(table.types[driver.type].id) << ','
         << seconds(driver.departed) << ",," << seconds(run.now() - driver.departed)
         << ",under_way,\n";
  });
  close(file, path);
}

}  // namespace kontwin::traffic
