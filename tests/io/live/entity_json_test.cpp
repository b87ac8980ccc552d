#include "io/live/entity_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

TEST(EntityJson, ShowsWhatIsKnownAndLeavesOutWhatIsNot) {
  const auto world = testing::town(3);
  StateTable state(*world);
  const EntityRef gauge = *world->find("urn:ngsi-ld:RiverGauge:test-0");
  const Instant at = *parse_instant("2025-11-18T03:00:00+07:00");
  state.at(gauge, common_column::observed_at) = to_cell(at);
  state.at(gauge, river_gauge_column::stage_m) = 101.25;

  const auto json = entity_json(*world, state, gauge);
  EXPECT_EQ(json["id"], "urn:ngsi-ld:RiverGauge:test-0");
  EXPECT_EQ(json["type"], "RiverGauge");
  EXPECT_EQ(json["provenance"], "synthetic");
  EXPECT_EQ(json["bd1_m"]["value"], 101);
  EXPECT_EQ(json["stage_m"]["value"], 101.25);
  EXPECT_EQ(json["stage_m"]["unitText"], "m");
  EXPECT_EQ(json["stage_m"]["observedAt"], "2025-11-18T03:00:00+07:00");
  EXPECT_FALSE(json.contains("rise_mph"));
  EXPECT_FALSE(json.contains("observed_at"));
}

TEST(EntityJson, DoesNotShowRowNumbersThatMeanNothingOutside) {
  const auto world = testing::town(3);
  const auto json =
      entity_json(*world, StateTable(*world), *world->find("urn:ngsi-ld:Hospital:test-0"));
  EXPECT_TRUE(json.contains("beds"));
  EXPECT_FALSE(json.contains("junction_row"));
}

}  // namespace
}  // namespace kontwin
