#include <cmath>

#include "io/traffic/zones.hpp"
#include "tests/fuzz/input.hpp"

// Zones of a network in CSV.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("zones.csv");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    const auto zones = traffic::read_zones(path);
    fuzz::promise(!zones.empty(), "there is a zone");
    for (const traffic::Zone& zone : zones) {
      fuzz::promise(!zone.name.empty() && zone.people >= 0 && zone.sites >= 0 &&
                        std::isfinite(zone.place.x_m) && std::isfinite(zone.place.y_m),
                    "a zone has a name and a place, and nothing below 0");
    }
  });
  return 0;
}
