#include "io/traffic/osm/osm_network.hpp"

#include "io/traffic/osm/osm_assembly.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

NetworkParts read_osm_network(const std::filesystem::path& path, std::vector<Repair>* repairs,
                              const OsmNetworkOptions& options) {
  RepairBook book;
  const RoadRules rules{.paths_for_motorbikes = options.paths_for_motorbikes, .bicycle_ways = true};
  const OsmExtract extract = read_osm_extract(path, rules, options.rules_at, book);
  NetworkParts parts;
  try {
    parts = OsmAssembly(extract, options, book).build();
  } catch (const WorldError& error) {
    throw FileError(path.string(), error.what());
  }
  if (parts.links.empty()) {
    throw FileError(path.string(), "holds no road of two nodes whose places it holds");
  }
  std::string name = path.filename().string();
  parts.name = name.substr(0, name.find('.'));
  if (repairs != nullptr) book.write(*repairs);
  return parts;
}

}  // namespace kontwin::traffic
