#include "scenarios/traffic/network/network_edit.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/network/arms.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

Drawing signalled() {
  Drawing drawing = crossing(JunctionControl::signal, 2);
  SignalPart signal;
  signal.id = "K";
  signal.turns = {drawing.turn("WX", "XE"), drawing.turn("EX", "XW"), drawing.turn("NX", "XS"),
                  drawing.turn("SX", "XN")};
  const Aspect go = Aspect::exclusive;
  signal.stages = {{30, 5, 60, {go, go, Aspect::red, Aspect::red}},
                   {30, 5, 60, {Aspect::red, Aspect::red, go, go}}};
  drawing.parts.signals.push_back(signal);
  return drawing;
}

AddedRoad road(const Network& network, const char* from, const char* to) {
  AddedRoad added;
  added.link.id = std::string(from) + "-" + to;
  added.link.from = *network.find_junction(from);
  added.link.to = *network.find_junction(to);
  added.link.free_speed_mps = 10;
  return added;
}

TEST(PartsOfANetwork, MakeTheSameNetworkAgain) {
  for (const Drawing& drawing : {signalled(), crossing(JunctionControl::priority, 3),
                                 crossing(JunctionControl::roundabout)}) {
    const auto network = drawing.seal();
    std::vector<Repair> repairs;
    const auto again = Network::seal(parts_of(*network), &repairs);
    EXPECT_TRUE(static_cast<const NetworkColumns&>(*again) == *network);
    EXPECT_TRUE(repairs.empty());
  }
}

TEST(AddedRoads, JoinBothWaysWithAllTurns) {
  const auto network = crossing().seal();
  const auto grown = with_roads(*network, std::vector{road(*network, "N", "E")});
  EXPECT_EQ(grown->links(), network->links() + 2);
  const std::uint32_t there = *grown->find_link("N-E");
  EXPECT_EQ(grown->opposite[there], *grown->find_link("N-E-back"));
  EXPECT_NE(grown->find_turn(*grown->find_link("XN"), there), no_row);
  EXPECT_NE(grown->find_turn(there, *grown->find_link("EX")), no_row);
  EXPECT_EQ(grown->find_turn(there, *grown->find_link("N-E-back")), no_row);
  // What was there is as it was.
  for (std::uint32_t link = 0; link < network->links(); ++link) {
    EXPECT_EQ(grown->link_id[link], network->link_id[link]);
    EXPECT_EQ(grown->length_m[link], network->length_m[link]);
  }
  EXPECT_TRUE(gives_way(*grown, "NS", "WE"));
  EXPECT_FALSE(gives_way(*grown, "WE", "NS"));
}

TEST(AddedRoads, HaveGreenAtASignalWithTheApproachOnTheirAxis) {
  Drawing drawing = signalled();
  drawing.junction("Q", 30, 100);
  const auto network = drawing.seal();
  std::vector<Repair> repairs;
  const auto grown = with_roads(*network, std::vector{road(*network, "Q", "X")}, &repairs);
  EXPECT_EQ(rules(repairs)["no green"], 0);
  const auto aspect = [&](const std::string& from, const std::string& to, std::size_t stage) {
    const std::uint32_t turn = grown->find_turn(*grown->find_link(from), *grown->find_link(to));
    const Signal& signal = grown->signals[0];
    const auto place = std::ranges::find(signal.turns, turn) - signal.turns.begin();
    return signal.stages[stage].aspects.at(static_cast<std::size_t>(place));
  };
  // As those from the north and the south, and into it as from where one comes.
  EXPECT_EQ(aspect("Q-X", "XS", 0), Aspect::red);
  EXPECT_EQ(aspect("Q-X", "XS", 1), Aspect::permissive);
  EXPECT_EQ(aspect("WX", "Q-X-back", 0), Aspect::permissive);
  EXPECT_EQ(aspect("WX", "Q-X-back", 1), Aspect::red);
  EXPECT_EQ(aspect("WX", "XE", 0), Aspect::exclusive);
}

TEST(AddedRoads, GiveWayUnderASignalThatDoesNotKnowThem) {
  Drawing drawing = signalled();
  drawing.junction("Q", 80, 80);
  const auto network = drawing.seal();
  std::vector<Repair> repairs;
  const auto grown = with_roads(*network, std::vector{road(*network, "Q", "X")}, &repairs);
  EXPECT_GT(rules(repairs)["no green"], 0);
  const std::uint32_t turn = grown->find_turn(*grown->find_link("Q-X"), *grown->find_link("XW"));
  ASSERT_NE(turn, no_row);
  EXPECT_EQ(grown->turn_signal[turn], no_row);
  EXPECT_FALSE(grown->gives_way_to(turn).empty());
  // Those who turn into it go with the others of their approach.
  const std::uint32_t into =
      grown->find_turn(*grown->find_link("WX"), *grown->find_link("Q-X-back"));
  EXPECT_EQ(grown->turn_signal[into], 0U);
}

TEST(AddedRoads, OneWayOnesHaveNoWayBackAndIdsAreUnique) {
  const auto network = crossing().seal();
  AddedRoad oneway = road(*network, "N", "E");
  oneway.oneway = true;
  const auto grown = with_roads(*network, std::vector{oneway});
  EXPECT_EQ(grown->links(), network->links() + 1);
  oneway.link.id = "WX";
  EXPECT_THROW(with_roads(*network, std::vector{oneway}), WorldError);
}

}  // namespace
}  // namespace kontwin::traffic::testing
