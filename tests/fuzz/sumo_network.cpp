#include "io/traffic/sumo_network.hpp"

#include "scenarios/traffic/network/network.hpp"
#include "tests/fuzz/input.hpp"

// A road network of SUMO. What can be read can be driven on, and comes back from its own columns.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("a.net.xml");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    std::vector<traffic::Repair> repairs;
    traffic::NetworkParts parts = traffic::read_sumo_network(path, &repairs);
    std::shared_ptr<const traffic::Network> network;
    try {
      network = traffic::Network::seal(std::move(parts), &repairs);
    } catch (const WorldError&) {
      return;  // refused by name, as the reader of a run does
    }
    fuzz::promise(network->links() > 0, "a network has a link");
    const auto again = traffic::Network::restore(*network);
    fuzz::promise(again->turns() == network->turns(), "the columns of a network make it again");
  });
  return 0;
}
