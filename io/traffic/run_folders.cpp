#include <algorithm>
#include <limits>

#include "io/import/csv_reader.hpp"
#include "io/traffic/comparison_files.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

std::vector<std::filesystem::path> run_folders(const std::filesystem::path& folder) {
  const auto is_run = [](const std::filesystem::path& at) {
    return std::filesystem::is_regular_file(at / "trips.csv");
  };
  if (!std::filesystem::is_directory(folder)) return {};
  if (is_run(folder)) return {folder};
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory() && is_run(entry.path())) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

RunSummary read_run(const std::filesystem::path& folder) {
  RunSummary run;
  const CsvTable trips =
      CsvTable::read(folder / "trips.csv", {"trip", "type", "seconds", "result", "distance_m",
                                            "loss_s", "fuel_g", "co2_g", "co_g", "nox_g", "pm_g"});
  for (std::size_t row = 0; row < trips.rows(); ++row) {
    const auto number = [&](const char* column) { return trips.required_number(row, column); };
    TripSummary trip;
    trip.type = trips.text(row, "type");
    trip.arrived = trips.text(row, "result") == "arrived";
    trip.seconds = number("seconds");
    trip.loss_s = number("loss_s");
    trip.distance_m = number("distance_m");
    trip.emissions = {number("fuel_g"), number("co2_g"), number("co_g"), number("nox_g"),
                      number("pm_g")};
    if (!run.trips.emplace(trips.text(row, "trip"), std::move(trip)).second) {
      trips.fail(row, "trip '" + trips.text(row, "trip") + "' is there twice");
    }
  }
  const CsvTable links = CsvTable::read(folder / "links.csv", {"link", "vehicles", "delay_s"});
  for (std::size_t row = 0; row < links.rows(); ++row) {
    LinkSummary& link = run.links[links.text(row, "link")];
    const double vehicles = links.required_number(row, "vehicles");
    link.vehicles += vehicles;
    link.delay_s += vehicles * links.required_number(row, "delay_s");
  }
  for (auto& [id, link] : run.links) {
    link.delay_s =
        link.vehicles > 0 ? link.delay_s / link.vehicles : std::numeric_limits<double>::quiet_NaN();
  }
  return run;
}

}  // namespace

bool holds_runs(const std::filesystem::path& folder) { return !run_folders(folder).empty(); }

std::vector<RunSummary> read_run_folders(const std::filesystem::path& folder,
                                         std::vector<std::string>* names) {
  const auto folders = run_folders(folder);
  if (folders.empty()) {
    throw FileError(folder.string(), "holds no results of a traffic run (trips.csv, links.csv)");
  }
  std::vector<RunSummary> runs;
  for (const auto& one : folders) {
    runs.push_back(read_run(one));
    if (names != nullptr) names->push_back(one == folder ? std::string() : one.filename().string());
  }
  return runs;
}

}  // namespace kontwin::traffic
