#pragma once

#include <gtest/gtest.h>

#include <string>

#include "io/flood/flood_case_file.hpp"
#include "tests/io/flood/case_files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

/// The valley with a steady inflow of 20 m³/s at the head of its channel.
inline const std::string river = R"(
length = "40min"
[terrain]
file = "valley.asc"
[roughness]
manning_n = 0.03
[flood]
closed_edges = true
[[flood.edge]]
side = "east"
kind = "slope"
slope = 0.005
[[inflow]]
name = "head"
line = [[500015, 1600085], [500015, 1600105]]
discharge_m3ps = "inflow.csv"
[[point]]
name = "middle"
place = [500205, 1600095]
[[point]]
name = "bank"
place = [500205, 1600015]
[[section]]
name = "across"
line = [[500300, 1600200], [500300, 1600000]]
[output]
every = "2min"
)";

class FloodCaseTest : public ::testing::Test {
 protected:
  FloodCaseTest() {
    folder_.write("valley.asc", testing::valley());
    folder_.write("inflow.csv", "time_min,flow\n0,20\n60,20\n");
  }
  FloodCase read(const std::string& text) const {
    return read_flood_case(folder_.write("case.flood.toml", text));
  }
  /// What is said of the river's case with `from` in it replaced.
  std::string said_of(const std::string& from, const std::string& to) const {
    std::string text = river;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return testing::message_of<Error>([&] { read(text); });
  }
  testing::ScratchFolder folder_;
};

}  // namespace kontwin::flood
