#pragma once

#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "io/run/run_writer.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::fuzz {

/// The bytes of a run of two frames with something of everything a run file holds.
inline std::string small_run() {
  const InputFile file("whole.h5");
  const auto world = testing::town(2);
  Branch branch;
  branch.name = "close";
  branch.title_vi = "Đóng đường";
  branch.title_en = "Close a road";
  branch.world = world;
  branch.state = StateTable(*world);
  branch.start = *parse_instant("2025-11-18T03:00:00+07:00");
  branch.length = std::chrono::hours{1};
  branch.edits = {{branch.start, SetRoadOpen{3, false}},
                  {branch.start, Earthquake{.magnitude = 5, .depth_km = 8}}};
  branch.forcing.rain_mmph = {{branch.start}, {10}};

  RunWriter writer(file.path(), OwnGround{"LOCAL_CS[]", {30, {5, 5}}, {}});
  writer.begin(branch);
  const GridShape shape{.left_m = 0, .bottom_m = 0, .cell_m = 20, .columns = 4, .rows = 3};
  const std::vector<float> depth(shape.cells(), 0.5F);
  for (int n = 0; n < 2; ++n) {
    Frame frame;
    frame.at = branch.start + n * std::chrono::minutes{10};
    frame.state = &branch.state;
    frame.fields.push_back({"water_depth_m", "town", shape, depth});
    frame.movers.push_back({1, 2, Mover::Kind::bus, 1});
    frame.balances.push_back({"water", "m³", 10, 5, 3, 1, 11, 0.5});
    writer.frame(frame);
    const std::array events{
        Event{frame.at, {Kind::road, 3}, EventType::water_depth_crossed, 0.5, Severity::warning}};
    writer.events(events);
  }
  writer.end({{"people_exposed", "Người bị ảnh hưởng", "People exposed", "person", 12,
               Kpi::Better::lower}});
  std::ifstream stream(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace kontwin::fuzz
