#include <functional>
#include <string>
#include <vector>

#include "io/hdf5/file.hpp"
#include "io/traffic/traffic_results.hpp"
#include "scenarios/traffic/outputs/link_figures.hpp"

namespace kontwin::traffic {

namespace {

template <typename Row>
struct Column {
  const char* name;
  const char* units;
  std::function<double(const Row&)> value;
};

const std::vector<Column<LinkFigures>>& link_columns() {
  static const std::vector<Column<LinkFigures>> columns{
      {"vehicles", "veh", [](const LinkFigures& is) { return is.exits; }},
      {"flow_vph", "veh/h", [](const LinkFigures& is) { return is.flow_vph; }},
      {"speed_mps", "m/s", [](const LinkFigures& is) { return is.speed_mps; }},
      {"density_vpkm", "veh/km", [](const LinkFigures& is) { return is.density_vpkm; }},
      {"delay_s", "s", [](const LinkFigures& is) { return is.delay_s; }},
      {"queue", "veh", [](const LinkFigures& is) { return is.queue; }},
      {"longest_queue", "veh", [](const LinkFigures& is) { return is.longest_queue; }},
      {"level_of_service", "A=1 ... F=6 (HCM 6, exhibit 18-1)",
       [](const LinkFigures& is) { return is.level - 'A' + 1; }},
      {"fuel_g", "g", [](const LinkFigures& is) { return is.emissions.fuel_g; }},
      {"co2_g", "g", [](const LinkFigures& is) { return is.emissions.co2_g; }},
      {"co_g", "g", [](const LinkFigures& is) { return is.emissions.co_g; }},
      {"nox_g", "g", [](const LinkFigures& is) { return is.emissions.nox_g; }},
      {"pm_g", "g", [](const LinkFigures& is) { return is.emissions.pm_g; }},
  };
  return columns;
}

struct TripFigures {
  const Journey* journey;
  double taken_s;
  Emissions gas;
};

const std::vector<Column<TripFigures>>& trip_columns() {
  static const std::vector<Column<TripFigures>> columns{
      {"departed_s", "s", [](const TripFigures& is) { return seconds(is.journey->departed); }},
      {"ended_s", "s", [](const TripFigures& is) { return seconds(is.journey->ended); }},
      {"distance_m", "m", [](const TripFigures& is) { return is.journey->driven_m; }},
      {"free_s", "s", [](const TripFigures& is) { return is.journey->free_s; }},
      {"loss_s", "s", [](const TripFigures& is) { return is.taken_s - is.journey->free_s; }},
      {"fuel_g", "g", [](const TripFigures& is) { return is.gas.fuel_g; }},
      {"co2_g", "g", [](const TripFigures& is) { return is.gas.co2_g; }},
      {"co_g", "g", [](const TripFigures& is) { return is.gas.co_g; }},
      {"nox_g", "g", [](const TripFigures& is) { return is.gas.nox_g; }},
      {"pm_g", "g", [](const TripFigures& is) { return is.gas.pm_g; }},
  };
  return columns;
}

template <typename Row>
void write_columns(hdf5::File& file, const std::string& group,
                   const std::vector<Column<Row>>& columns, const std::vector<Row>& rows,
                   std::size_t width) {
  std::vector<double> values(rows.size());
  for (const Column<Row>& column : columns) {
    for (std::size_t i = 0; i < rows.size(); ++i) values[i] = column.value(rows[i]);
    const std::string name = group + "/" + column.name;
    file.write(name, std::span<const double>(values), width);
    file.set(name, "units", column.units);
  }
}

}  // namespace

void write_results_hdf5(const std::filesystem::path& path, const TripRun& run,
                        const TripTable& table) {
  const Network& network = run.simulation().network();
  hdf5::File file = hdf5::File::create(path);
  file.set("/", "title", "Kontwin traffic run");
  file.set("/", "details", std::int64_t{run.options().details ? 1 : 0});
  file.write_texts("/links/id", network.link_id);
  file.write("/links/length_m", std::span<const double>(network.length_m));
  file.set("/links/length_m", "units", "m");

  std::vector<double> begin_s, end_s;
  std::vector<LinkFigures> links;
  for (std::size_t which = 0; which < run.measures().size(); ++which) {
    begin_s.push_back(seconds(run.options().interval) * static_cast<double>(which));
    end_s.push_back(interval_end_s(run, which));
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      links.push_back(link_figures(run, link, which, which + 1));
    }
  }
  file.write("/intervals/begin_s", std::span<const double>(begin_s));
  file.write("/intervals/end_s", std::span<const double>(end_s));
  file.set("/intervals/begin_s", "units", "s");
  file.set("/intervals/end_s", "units", "s");
  write_columns(file, "/figures", link_columns(), links, network.links());

  std::vector<TripFigures> trips;
  std::vector<std::string> names, types, results;
  for (const Journey& journey : run.journeys()) {
    const double taken_s = seconds(journey.ended - journey.departed);
    trips.push_back({&journey, taken_s,
                     journey_emissions(table.types[journey.type].kind, journey.driven_m, taken_s)});
    names.push_back(trip_name(table, journey.tag));
    types.push_back(table.types[journey.type].id);
    results.emplace_back(name_of(journey.result));
  }
  file.write_texts("/trips/name", names);
  file.write_texts("/trips/type", types);
  file.write_texts("/trips/result", results);
  write_columns(file, "/trips", trip_columns(), trips, 1);
  file.close(false);
}

}  // namespace kontwin::traffic
