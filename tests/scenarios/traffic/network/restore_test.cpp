#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "scenarios/traffic/network/network_edit.hpp"
#include "tests/scenarios/traffic/network/arms.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using ::testing::HasSubstr;

/// The columns of a crossing with a signal for one turn.
NetworkColumns columns() {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "K";
  signal.turns = {drawing.turn("WX", "XE")};
  signal.stages = {{30, 5, 60, {Aspect::exclusive}}, {30, 5, 60, {Aspect::red}}};
  drawing.turn("EX", "XW");
  drawing.turn("NX", "XS");
  drawing.turn("SX", "XN");
  drawing.parts.signals.push_back(signal);
  return *drawing.seal();
}

TEST(NetworkRestore, TheColumnsOfANetworkMakeThatNetwork) {
  const auto network = Network::restore(columns());
  EXPECT_TRUE(static_cast<const NetworkColumns&>(*network) == columns());
  EXPECT_EQ(network->find_link("WX"), crossing().link_row("WX"));
  const std::uint32_t middle = *network->find_junction("X");
  EXPECT_EQ(network->out_links(middle).size(), 4U);
  EXPECT_EQ(network->in_links(middle).size(), 4U);
  EXPECT_NE(over(*network, "WE"), no_row);
}

TEST(NetworkRestore, ThePartsOfANetworkMakeThatNetworkAgain) {
  Drawing drawing = crossing();
  drawing.parts.reference = {"EPSG:32648", {10, 20}};
  drawing.turn("WX", "XE");
  drawing.parts.turns.back().allowed = bit_of(VehicleKind::bus);
  for (const char* turn : {"EX", "NX", "SX"}) drawing.turn(turn, "XW");
  const auto network = drawing.seal();
  const auto again = Network::seal(parts_of(*network));
  EXPECT_EQ(again->turn_allowed, network->turn_allowed);
  EXPECT_EQ(again->reference, network->reference);
}

TEST(NetworkRestore, ColumnsThatDoNotFitTogetherAreRefusedByName) {
  const auto refused = [](const std::function<void(NetworkColumns&)>& spoil) {
    NetworkColumns net = columns();
    spoil(net);
    return message_of<WorldError>([&] { Network::restore(std::move(net)); });
  };
  EXPECT_THAT(refused([](auto& net) { net.length_m.pop_back(); }), HasSubstr("column length_m"));
  EXPECT_THAT(refused([](auto& net) { net.length_m[0] = 0; }), HasSubstr("column length_m"));
  EXPECT_THAT(refused([](auto& net) { net.free_speed_mps[0] = std::nan(""); }),
              HasSubstr("column free_speed_mps has a number that no link has"));
  EXPECT_THAT(refused([](auto& net) { net.to[0] = 99; }), HasSubstr("column to names a row"));
  EXPECT_THAT(refused([](auto& net) { net.opposite[0] = 99; }), HasSubstr("column opposite"));
  EXPECT_THAT(refused([](auto& net) { net.turn_begin[1] = 99; }), HasSubstr("column turn_begin"));
  EXPECT_THAT(refused([](auto& net) { net.shape.pop_back(); }), HasSubstr("column shape_begin"));
  EXPECT_THAT(refused([](auto& net) { net.turn_signal[0] = 7; }), HasSubstr("column turn_signal"));
  EXPECT_THAT(refused([](auto& net) { net.turn_to[0] = net.turn_from[0]; }),
              HasSubstr("column turn_to names a link that does not start"));
  EXPECT_THAT(refused([](auto& net) { net.give_way.push_back(0); }), HasSubstr("give_way_begin"));
  EXPECT_THAT(refused([](auto& net) { net.junction_control[0] = static_cast<JunctionControl>(9); }),
              HasSubstr("column junction_control"));
  EXPECT_THAT(refused([](auto& net) { net.signals[0].stages[0].aspects.clear(); }),
              HasSubstr("aspects of a signal"));
  EXPECT_THAT(refused([](auto& net) { net.signals[0].cycle = 0; }), HasSubstr("have no length"));
  EXPECT_THAT(refused([](auto& net) { net = NetworkColumns(); }), HasSubstr("link_id is empty"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
