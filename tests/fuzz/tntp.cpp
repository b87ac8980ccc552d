#include "io/traffic/tntp.hpp"

#include <array>
#include <cmath>

#include "tests/fuzz/input.hpp"

// A network of the research community, and its demand, parted by a line of `---`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("folder");
  static constexpr std::array<const char*, 4> names{"a_net.tntp", "a_trips.tntp", "a_node.tntp",
                                                    "a_flow.tntp"};
  const std::filesystem::path folder = input.path().parent_path();
  fuzz::write_parts(fuzz::as_text(data, size), folder, names);
  std::size_t zones = 24, nodes = 24;
  fuzz::read_damaged(folder / names[0], [&](const auto& path) {
    const TntpNetwork read = read_tntp_network(path);
    zones = read.zones;
    nodes = read.network.nodes;
    for (std::size_t link = 0; link < read.network.links(); ++link) {
      fuzz::promise(read.network.from[link] < nodes && read.network.to[link] < nodes,
                    "a link's ends are nodes");
      fuzz::promise(!std::isnan(read.network.costs.cost(link, 100)), "a link has a cost");
    }
  });
  fuzz::read_damaged(folder / names[1], [&](const auto& path) {
    for (const traffic::OdFlow& flow : read_tntp_trips(path, zones)) {
      fuzz::promise(flow.from < zones && flow.to < zones && flow.flow >= 0,
                    "demand is from zone to zone");
    }
  });
  fuzz::read_damaged(folder / names[2], [&](const auto& path) { read_tntp_nodes(path, nodes); });
  fuzz::read_damaged(folder / names[3], [&](const auto& path) { read_tntp_flows(path); });
  return 0;
}
