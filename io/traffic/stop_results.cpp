#include "io/traffic/stop_results.hpp"

#include <fstream>
#include <iomanip>
#include <vector>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr double late_s = 300;

/// [halt] when it was made, or nothing.
std::vector<const HaltDone*> by_halt(const TripRun& run, const TripTable& trips) {
  std::vector<const HaltDone*> done(trips.halts.size(), nullptr);
  for (const HaltDone& halt : run.halts()) done[halt.halt] = &halt;
  return done;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

}  // namespace

StopSummary summarise_stops(const TripRun& run, const TripTable& trips) {
  StopSummary summary;
  summary.planned = trips.halts.size();
  summary.made = run.halts().size();
  double sum_s = 0;
  std::size_t timed = 0;
  for (const HaltDone& done : run.halts()) {
    const Halt& halt = trips.halts[done.halt];
    if (halt.planned_departure == Halt::unknown) continue;
    const double behind_s = seconds(done.left - halt.planned_departure);
    sum_s += behind_s;
    summary.late += behind_s > late_s ? 1 : 0;
    ++timed;
  }
  summary.mean_late_s = timed > 0 ? sum_s / static_cast<double>(timed) : 0;
  return summary;
}

void write_stop_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& trips) {
  std::ofstream file(path);
  if (!file) throw FileError(path.string(), "cannot be written");
  file << std::setprecision(10)
       << "vehicle,stop,link,planned_arrival_s,planned_departure_s,arrival_s,departure_s,late_s\n";
  const Network& network = run.simulation().network();
  const std::vector<const HaltDone*> done = by_halt(run, trips);
  const auto moment = [&file](Micros at, bool known) {
    file << ',';
    if (known) file << seconds(at);
  };
  for (std::size_t row = 0; row < trips.trips.size(); ++row) {
    const TripRow& trip = trips.trips[row];
    const std::string name = trips.names.empty() ? std::to_string(trip.number) : trips.names[row];
    for (std::uint32_t at = trip.halt_begin; at < trip.halt_begin + trip.halt_count; ++at) {
      const Halt& halt = trips.halts[at];
      const HaltDone* const made = done[at];
      file << quoted(name) << ','
           << quoted(halt.stop == no_row ? std::string() : trips.stops[halt.stop]) << ','
           << quoted(network.link_id[halt.link]);
      moment(halt.planned_arrival, halt.planned_arrival != Halt::unknown);
      moment(halt.planned_departure, halt.planned_departure != Halt::unknown);
      moment(made != nullptr ? made->arrived : 0, made != nullptr);
      moment(made != nullptr ? made->left : 0, made != nullptr);
      const bool timed = made != nullptr && halt.planned_departure != Halt::unknown;
      moment(timed ? made->left - halt.planned_departure : 0, timed);
      file << '\n';
    }
  }
  file.close();
  if (!file) throw FileError(path.string(), "could not be written to its end");
}

}  // namespace kontwin::traffic
