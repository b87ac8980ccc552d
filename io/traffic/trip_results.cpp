#include "io/traffic/text_file.hpp"
#include "io/traffic/traffic_results.hpp"
#include "scenarios/traffic/outputs/link_figures.hpp"

namespace kontwin::traffic {

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

std::string trip_name(const TripTable& table, std::uint64_t trip) {
  return table.names.empty() ? std::to_string(table.trips[trip].number) : table.names[trip];
}

namespace {

void write_figures(TextFile& file, VehicleKind kind, double taken_s, double driven_m,
                   double free_s) {
  const Emissions gas = journey_emissions(kind, driven_m, taken_s);
  file << ',' << driven_m << ',' << free_s << ',' << taken_s - free_s << ',' << gas.fuel_g << ','
       << gas.co2_g << ',' << gas.co_g << ',' << gas.nox_g << ',' << gas.pm_g << '\n';
}

}  // namespace

void write_trip_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& table) {
  TextFile file(path);
  file << "trip,type,departed_s,ended_s,seconds,result,junction,distance_m,free_s,loss_s,fuel_g,"
          "co2_g,co_g,nox_g,pm_g\n";
  const Network& network = run.simulation().network();
  for (const Journey& journey : run.journeys()) {
    const VehicleType& type = table.types[journey.type];
    const double taken_s = seconds(journey.ended - journey.departed);
    file << csv_field(trip_name(table, journey.tag)) << ',' << csv_field(type.id) << ','
         << seconds(journey.departed) << ',' << seconds(journey.ended) << ',' << taken_s << ','
         << name_of(journey.result) << ',' << csv_field(network.junction_id[journey.junction]);
    write_figures(file, type.kind, taken_s, journey.driven_m, journey.free_s);
  }
  run.simulation().for_each_vehicle([&](std::uint32_t slot) {
    const Simulation::Driver& driver = run.simulation().driver(slot);
    const Vehicle& vehicle = run.simulation().queues().vehicle(slot);
    const VehicleType& type = table.types[driver.type];
    const double taken_s = seconds(run.now() - driver.departed);
    file << csv_field(trip_name(table, driver.tag)) << ',' << csv_field(type.id) << ','
         << seconds(driver.departed) << ",," << taken_s << ",under_way,";
    write_figures(file, type.kind, taken_s, static_cast<double>(vehicle.driven_m),
                  static_cast<double>(vehicle.free_s));
  });
  file.close();
}

}  // namespace kontwin::traffic
