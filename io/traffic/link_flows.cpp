#include "io/traffic/link_flows.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

void append(std::string& line, double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  line.append(1, ',').append(text.data(), end);
}

}  // namespace

void write_link_flows(const std::filesystem::path& path, const traffic::AssignmentNetwork& network,
                      const traffic::Equilibrium& found) {
  std::ofstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be written");
  file << "link,from,to,flow,cost,empty_cost\n";
  for (std::size_t link = 0; link < network.links(); ++link) {
    std::string line = std::to_string(link + 1) + ',' + std::to_string(network.from[link] + 1) +
                       ',' + std::to_string(network.to[link] + 1);
    append(line, found.link_flow[link]);
    append(line, found.link_cost[link]);
    append(line, network.costs.cost(link, 0));
    file << line << '\n';
  }
  file.close();
  if (!file) throw FileError(path.string(), "cannot be written to its end");
}

}  // namespace kontwin
