#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/traffic/sumo_network.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin::traffic::testing {

inline std::filesystem::path fixture(const std::string& name) {
  return std::filesystem::path(KONTWIN_SOURCE_DIR) / "tests/fixtures/traffic" / name;
}

/// The rules of repairs, each as often as it was used.
inline std::map<std::string, int> rules(const std::vector<Repair>& repairs) {
  std::map<std::string, int> rules;
  for (const Repair& repair : repairs) ++rules[repair.rule];
  return rules;
}

/// The town of tests/fixtures/traffic: see its README.
inline std::shared_ptr<const Network> town(std::vector<Repair>* repairs = nullptr) {
  return Network::seal(read_sumo_network(fixture("town.net.xml"), repairs), repairs);
}

inline std::uint32_t link(const Network& network, std::string_view id) {
  const auto found = network.find_link(id);
  EXPECT_TRUE(found) << "no link " << id;
  return found.value_or(0);
}

/// The turn from link `<a>_<b>` into `<b>_<c>`, or no_row.
inline std::uint32_t turn(const Network& network, const std::string& a, const std::string& b,
                          const std::string& c) {
  return network.find_turn(link(network, a + "_" + b), link(network, b + "_" + c));
}

inline bool gives_way(const Network& network, std::uint32_t turn, std::uint32_t other) {
  return std::ranges::count(network.gives_way_to(turn), other) > 0;
}

/// A road from A over B to C with a side road S: net.xml as text, `extra` before its end.
inline std::string small_net(const std::string& extra = {}) {
  return R"(<net version="1.9">
  <edge id=":B_0" function="internal">
    <lane id=":B_0_0" index="0" speed="10" length="6" shape="97,0 103,0"/>
  </edge>
  <edge id=":B_1" function="internal">
    <lane id=":B_1_0" index="0" speed="10" length="2" shape="100,-3 101,-1"/>
  </edge>
  <edge id=":B_2" function="internal">
    <lane id=":B_2_0" index="0" speed="10" length="8" shape="101,-1 103,0"/>
  </edge>
  <edge id="AB" from="A" to="B" priority="5">
    <lane id="AB_0" index="0" speed="13.9" length="97" shape="0,-2 97,-2"/>
    <lane id="AB_1" index="1" speed="13.9" length="97" shape="0,2 97,2"/>
  </edge>
  <edge id="SB" from="S" to="B">
    <lane id="SB_0" index="0" speed="8" length="95" width="3" disallow="truck tram" shape="100,-100 100,-3"/>
  </edge>
  <edge id="BC" from="B" to="C" priority="5">
    <lane id="BC_0" index="0" speed="13.9" length="97" shape="103,0 200,0"/>
  </edge>
  <junction id="A" type="dead_end" x="0" y="0" incLanes="" intLanes=""/>
  <junction id="S" type="dead_end" x="100" y="-100" incLanes="" intLanes=""/>
  <junction id="B" type="priority" x="100" y="0" incLanes="SB_0 AB_0 AB_1" intLanes=":B_2_0 :B_0_0">
    <request index="0" response="10" foes="10" cont="1"/>
    <request index="1" response="00" foes="01" cont="0"/>
  </junction>
  <junction id="C" type="dead_end" x="200" y="0" incLanes="BC_0" intLanes=""/>
  <connection from="AB" to="BC" fromLane="0" toLane="0" via=":B_0_0" dir="s" state="M"/>
  <connection from="SB" to="BC" fromLane="0" toLane="0" via=":B_1_0" dir="r" state="m"/>
  <connection from=":B_1" to="BC" fromLane="0" toLane="0" via=":B_2_0" dir="r" state="m"/>
)" + extra +
         "</net>\n";
}

/// A text with one place in it changed.
inline std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

}  // namespace kontwin::traffic::testing
