#include "io/traffic/gtfs.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "tests/fuzz/both_ways.hpp"
#include "tests/fuzz/input.hpp"

namespace {

using namespace kontwin;

/// A street of four links both ways, where the seeds have their stops.
std::shared_ptr<const traffic::Network> street() {
  traffic::NetworkParts parts;
  parts.reference.crs =
      "+proj=tmerc +lat_0=14.35 +lon_0=108 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m";
  for (int i = 0; i < 5; ++i) {
    parts.junctions.push_back({"j" + std::to_string(i), {1000.0 * i, 0}, {}});
  }
  for (std::uint32_t i = 0; i < 4; ++i) {
    fuzz::add_both_ways(parts, i, i + 1);
  }
  return traffic::Network::seal(std::move(parts));
}

/// The tables of a feed in one text: `== NAME` begins each.
void unpack(std::string_view text, const std::filesystem::path& folder) {
  for (const char* name : {"stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt",
                           "calendar_dates.txt", "frequencies.txt", "shapes.txt"}) {
    const std::string mark = "== " + std::string(name) + "\n";
    std::filesystem::remove(folder / name);
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = text.substr(at + mark.size());
    std::ofstream(folder / name, std::ios::binary) << rest.substr(0, rest.find("\n== "));
  }
}

}  // namespace

// A feed of timetables of the General Transit Feed Specification, up to departures on a network.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile input("all.txt");
  static const auto network = street();
  const std::filesystem::path folder = input.path().parent_path();
  unpack(fuzz::as_text(data, size), folder);
  try {
    traffic::GtfsOptions options;
    options.date = traffic::parse_day("2026-11-26");
    std::vector<traffic::TripProblem> problems;
    const traffic::TripTable table = traffic::read_gtfs(folder, *network, options, &problems);
    for (const traffic::TripRow& trip : table.trips) {
      fuzz::promise(trip.depart >= 0 && !table.route_of(trip).empty(), "a bus has a way to drive");
    }
  } catch (const FileError& error) {
    fuzz::promise(std::string_view(error.what()).starts_with(folder.string()),
                  "an error names its file");
  }
  return 0;
}
