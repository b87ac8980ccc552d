#include "io/traffic/osm/osm_network.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "tests/fuzz/input.hpp"

// A road network of OpenStreetMap in XML. What can be read can be driven on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("map.osm");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    std::vector<traffic::Repair> repairs;
    traffic::NetworkParts parts = traffic::read_osm_network(path, &repairs);
    const auto network = traffic::Network::seal(std::move(parts), &repairs);
    fuzz::promise(network->links() > 0, "a network has a link");
  });
  return 0;
}
