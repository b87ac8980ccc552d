#include "io/wire/state_wire.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "tests/support/small_world.hpp"
#include "twin/random.hpp"

namespace kontwin {
namespace {

class StateWire : public ::testing::Test {
 protected:
  std::shared_ptr<const World> world = testing::town();
  StateTable state{*world};
  Instant at = *parse_instant("2025-11-18T03:00:00+07:00");

  std::string encoded_frame() const {
    const GridShape shape{1, 2, 20, 3, 2};
    const std::vector<float> depth{0, 1, 2, 3, 4, 5.5F};
    Frame frame;
    frame.at = at;
    frame.state = &state;
    frame.fields.push_back({"water_depth_m", "town", shape, depth});
    frame.movers = {{1.5F, 2.5F, Mover::Kind::boat, 1}, {3, 4, Mover::Kind::car, 0}};
    return encode_frame(frame, *world);
  }
};

TEST_F(StateWire, GivesBackAFrameBitForBit) {
  state.column(Kind::road, road_column::flow_vph)[3] = 0.1;
  const auto frame = decode_frame(encoded_frame(), *world);
  ASSERT_TRUE(frame) << frame.error().text();
  EXPECT_EQ(frame->at, at);
  ASSERT_EQ(frame->state.cells(), state.cells());
  EXPECT_EQ(
      std::memcmp(frame->state.all().data(), state.all().data(), state.cells() * sizeof(double)),
      0);
  ASSERT_EQ(frame->fields.size(), 1U);
  EXPECT_EQ(frame->fields[0].raster.shape, (GridShape{1, 2, 20, 3, 2}));
  EXPECT_EQ(frame->fields[0].raster.values.back(), 5.5F);
  ASSERT_EQ(frame->movers.size(), 2U);
  EXPECT_EQ(frame->movers[0].kind, Mover::Kind::boat);
  EXPECT_EQ(frame->movers[0].evacuating, 1);
}

TEST_F(StateWire, RefusesAFrameOfAnotherWorld) {
  const auto frame = decode_frame(encoded_frame(), *testing::town(6));
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().place, "world_hash");
}

TEST_F(StateWire, GivesBackAnEvent) {
  const Event event{at, {Kind::hospital, 0}, EventType::cut_off_changed, 1, Severity::alarm};
  const auto decoded = decode_event(encode_event(event, *world), *world);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->entity, event.entity);
  EXPECT_EQ(decoded->type, event.type);
  EXPECT_EQ(decoded->severity, event.severity);
  EXPECT_EQ(decoded->at, event.at);
}

TEST_F(StateWire, GivesBackTheKnownValuesOfAnEntity) {
  const EntityRef gauge{Kind::river_gauge, 0};
  state.at(gauge, river_gauge_column::stage_m) = 101.5;
  const auto decoded =
      decode_entity_state(encode_entity_state(values_of(*world, state, gauge, at)));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->entity, world->urn(gauge));
  EXPECT_EQ(decoded->values.at("stage_m"), 101.5);
  EXPECT_FALSE(decoded->values.contains("observed_at")) << "what is not known is left out";
}

TEST_F(StateWire, TakesAnyBytesWithoutHarm) {
  const std::string frame = encoded_frame();
  const std::string event = encode_event(
      {at, {Kind::hospital, 0}, EventType::cut_off_changed, 1, Severity::alarm}, *world);
  RandomStream random(3, 4);
  std::size_t refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string bytes = round % 2 == 0 ? frame : event;
    for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
      bytes[random.below(bytes.size())] = static_cast<char>(random.next());
    }
    refused += decode_frame(bytes, *world) ? 0U : 1U;
    refused += decode_event(bytes, *world) ? 0U : 1U;
    refused += decode_entity_state(bytes) ? 0U : 1U;
  }
  EXPECT_GT(refused, 4000U);
}

}  // namespace
}  // namespace kontwin
