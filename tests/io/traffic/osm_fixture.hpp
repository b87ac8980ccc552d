#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/traffic/osm/osm_network.hpp"
#include "tests/io/traffic/fixture.hpp"
#include "tests/io/traffic/osm_map.hpp"

namespace kontwin::traffic::testing {

/// A map, the network it becomes and what is told of it.
class OsmNetwork : public ::testing::Test {
 protected:
  void read(const OsmMap& map, const OsmNetworkOptions& options = {}) {
    repairs_.clear();
    network_ = Network::seal(
        read_osm_network(folder_.write("town.osm", map.text()), &repairs_, options), &repairs_);
  }
  std::uint32_t link(std::string_view id) const { return testing::link(*network_, id); }
  std::uint32_t turn(std::string_view from, std::string_view to) const {
    return network_->find_turn(link(from), link(to));
  }
  VehicleKinds may_turn(std::string_view from, std::string_view to) const {
    const std::uint32_t found = turn(from, to);
    return found == no_row ? VehicleKinds{0} : network_->turn_allowed[found];
  }
  JunctionControl control(std::string_view id) const {
    return network_->junction_control[*network_->find_junction(id)];
  }
  std::vector<std::string> told(const std::string& rule) const {
    std::vector<std::string> found;
    for (const Repair& repair : repairs_) {
      if (repair.rule == rule) found.push_back(repair.place + ": " + repair.done);
    }
    return found;
  }

  kontwin::testing::ScratchFolder folder_;
  std::shared_ptr<const Network> network_;
  std::vector<Repair> repairs_;
};

/// Four roads that meet at node 5: 11 from the west, 12 to the east, 13 from the south, 14 to the
/// north, 200 m each.
inline OsmMap crossing(const std::string& tags = "highway=secondary",
                       const std::string& middle = {}) {
  OsmMap map;
  map.node(1, -200, 0).node(2, 200, 0).node(3, 0, -200).node(4, 0, 200).node(5, 0, 0, middle);
  map.way(11, {1, 5}, tags).way(12, {5, 2}, tags).way(13, {3, 5}, tags).way(14, {5, 4}, tags);
  return map;
}

}  // namespace kontwin::traffic::testing
