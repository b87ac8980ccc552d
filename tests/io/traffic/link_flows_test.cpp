#include "io/traffic/link_flows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin {
namespace {

traffic::AssignmentNetwork one_link() {
  traffic::AssignmentNetwork network;
  network.nodes = 2;
  network.from = {0};
  network.to = {1};
  network.costs.add_linear(2.5, 0.1);
  return network;
}

TEST(LinkFlows, AreWrittenALineALink) {
  const testing::ScratchFolder folder;
  const auto file = folder.path() / "flows.csv";
  traffic::Equilibrium found;
  found.link_flow = {0.1};
  found.link_cost = {2.51};
  write_link_flows(file, one_link(), found);
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(text.str(), "link,from,to,flow,cost,empty_cost\n1,1,2,0.1,2.51,2.5\n");
}

TEST(LinkFlows, SayWhereTheyCouldNotBeWritten) {
  const testing::ScratchFolder folder;
  EXPECT_THAT(testing::message_of(
                  [&] { write_link_flows(folder.path() / "none/flows.csv", one_link(), {}); }),
              ::testing::HasSubstr("none/flows.csv: cannot be written"));
}

}  // namespace
}  // namespace kontwin
