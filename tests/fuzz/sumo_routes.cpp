#include "io/traffic/sumo_routes.hpp"

#include "scenarios/traffic/network/network.hpp"
#include "tests/fuzz/both_ways.hpp"
#include "tests/fuzz/input.hpp"

namespace {

using namespace kontwin;

/// A ring of four links both ways.
std::shared_ptr<const traffic::Network> ring() {
  traffic::NetworkParts parts;
  for (int i = 0; i < 4; ++i) {
    parts.junctions.push_back({"j" + std::to_string(i), {i % 2 * 500.0, i / 2 * 500.0}, {}});
  }
  constexpr std::uint32_t round[] = {0, 1, 3, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    fuzz::add_both_ways(parts, round[i], round[(i + 1) % 4]);
  }
  return traffic::Network::seal(std::move(parts));
}

/// A flow may ask for millions of vehicles, which is no damage but takes its time.
bool asks_for_many(std::string_view text) {
  constexpr std::size_t longest = 4;
  if (text.find("flow") == std::string_view::npos) return false;
  std::size_t digits = 0;
  for (const char c : text) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits > longest) return true;
  }
  return text.find("e+") != std::string_view::npos || text.find("e-") != std::string_view::npos;
}

}  // namespace

// Trips of SUMO on a network that is there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (asks_for_many(fuzz::as_text(data, size))) return 0;
  static const fuzz::InputFile input("a.rou.xml");
  static const auto network = ring();
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    std::vector<traffic::TripProblem> problems;
    const traffic::TripTable table = traffic::read_sumo_routes(path, *network, &problems);
    for (const traffic::TripRow& trip : table.trips) {
      fuzz::promise(trip.depart >= 0, "a trip departs when the run has begun");
      const auto route = table.route_of(trip);
      for (std::size_t i = 0; i + 1 < route.size(); ++i) {
        fuzz::promise(network->find_turn(route[i], route[i + 1]) != no_row,
                      "a route leads from link to link");
      }
    }
  });
  return 0;
}
