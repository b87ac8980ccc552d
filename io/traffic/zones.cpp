#include "io/traffic/zones.hpp"

#include <cmath>
#include <set>

#include "io/import/csv_reader.hpp"
#include "io/traffic/text_file.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

std::vector<Zone> read_zones(const std::filesystem::path& path) {
  const CsvTable table = CsvTable::read(path, {"zone", "x", "y"});
  if (table.rows() == 0) throw FileError(path.string(), "holds no zone");
  std::vector<Zone> zones;
  std::set<std::string> names;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto amount = [&](const char* column) {
      const double value = table.number(row, column).value_or(0);
      if (!(value >= 0) || !std::isfinite(value)) {
        table.fail(row, std::string(column) + " has to be 0 or more");
      }
      return value;
    };
    const std::string& name = table.text(row, "zone");
    if (name.empty() || !names.insert(name).second) {
      table.fail(row, "zone '" + name + "' has no name or is there twice");
    }
    const LocalPoint place{table.required_number(row, "x"), table.required_number(row, "y")};
    if (!std::isfinite(place.x_m) || !std::isfinite(place.y_m)) {
      table.fail(row, "zone '" + name + "' is nowhere");
    }
    zones.push_back({name, place, amount("people"), amount("sites")});
  }
  return zones;
}

namespace {

/// The interval in which most vehicles were on the roads, and how long one waited at each link.
std::size_t busiest_interval(const TripRun& run) {
  std::size_t busiest = 0;
  double most = -1;
  for (std::size_t interval = 0; interval < run.measures().size(); ++interval) {
    double vehicle_s = 0;
    for (const LinkMeasure& one : run.measures()[interval]) vehicle_s += one.vehicle_s;
    if (vehicle_s > most) {
      most = vehicle_s;
      busiest = interval;
    }
  }
  return busiest;
}

}  // namespace

void write_accessibility(const std::filesystem::path& path, const TripRun& run,
                         const TripTable& table, std::span<const Zone> zones) {
  const Network& network = run.simulation().network();
  const std::size_t busiest = busiest_interval(run);
  std::vector<double> none(network.links(), 0);
  std::vector<double> waits = none;
  if (!run.measures().empty()) {
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      const LinkMeasure& one = run.measures()[busiest][link];
      if (one.exits > 0) waits[link] = one.delay_s / one.exits;
    }
  }
  TextFile file(path);
  file << "zone,type,when,begin_s";
  for (const char* what : {"people", "sites"}) {
    for (const double minutes : reach_minutes) file << ',' << what << '_' << minutes << "_min";
  }
  file << ",hansen\n";
  std::set<std::uint32_t> types;
  for (const TripRow& trip : table.trips) types.insert(trip.type);
  for (const std::uint32_t type : types) {
    for (const bool free : {true, false}) {
      const auto found = accessibility(network, table.types[type], zones, free ? none : waits);
      for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        file << csv_field(zones[zone].name) << ',' << csv_field(table.types[type].id) << ','
             << (free ? "free," : "busiest,");
        if (!free) file << seconds(run.options().interval) * static_cast<double>(busiest);
        for (const double people : found[zone].people) file << ',' << people;
        for (const double sites : found[zone].sites) file << ',' << sites;
        file << ',' << found[zone].hansen << '\n';
      }
    }
  }
  file.close();
}

}  // namespace kontwin::traffic
