// Branches that cannot run, and what goes wrong in one that does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/actors/branch_run.hpp"
#include "tests/support/message_of.hpp"
#include "twin/place_error.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace {

/// What a run throws, as text.
template <typename Make>
std::string error_of(Branch branch, Make make_engine, RunSink* sink = nullptr) {
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(make_engine(branch.world));
  std::vector<RunSink*> sinks;
  if (sink != nullptr) sinks.push_back(sink);
  return message_of([&] { BranchRunner(2).run(std::move(branch), engines, sinks); });
}

std::unique_ptr<Engine> calm(std::shared_ptr<const World> world) {
  return std::make_unique<Bathtub>(std::move(world), TimeSeries{}, 0);
}

}  // namespace

TEST(BranchRunner, AnEngineThatLosesWaterIsNamedWithItsFigures) {
  const std::string error = error_of(branch_of(town(3)), [](const auto& world) {
    auto leaking = std::make_unique<Bathtub>(world, flood(0.5), 0);
    leaking->leak = 0.25;
    return leaking;
  });
  EXPECT_THAT(error, HasSubstr("engine flood: water"));
  EXPECT_THAT(error, HasSubstr("2025-11-18T07:01:00+07:00"));
  EXPECT_THAT(error, HasSubstr("off by 0.25"));
}

TEST(BranchRunner, WhatAnEngineThrowsSurfaces) {
  Branch branch = branch_of(town(3));
  branch.edits = {{start, AddBarrier{{{0, 0}, {10, 0}}, 1}}};
  EXPECT_EQ(error_of(std::move(branch), calm), "a tub takes no barrier");
}

TEST(BranchRunner, AnEditThatCannotBeMadeIsNamedByWhereItWasWritten) {
  Branch branch = branch_of(town(3));
  branch.edits = {{start, AddBarrier{{{0, 0}, {10, 0}}, 1}, "storm.toml:12"}};
  EXPECT_EQ(error_of(std::move(branch), calm), "storm.toml:12: a tub takes no barrier");
}

TEST(BranchRunner, WhereAnEditCannotBeMadeIsNamedInDegrees) {
  class Fenced : public Bathtub {
   public:
    using Bathtub::Bathtub;
    void apply(const Edit&, StateTable&, Instant) override {
      throw PlaceError("no levee stands", {1000, 0});
    }
  };
  const auto world = town(3);
  Branch branch = branch_of(world);
  branch.edits = {{start, AddBarrier{{{0, 0}, {10, 0}}, 1}, "storm.toml:12"}};
  const std::string error = error_of(std::move(branch), [](const auto& of) {
    return std::make_unique<Fenced>(of, TimeSeries{}, 0);
  });
  const GeoPoint at = world->frame().to_geo({1000, 0});
  EXPECT_THAT(error,
              HasSubstr("storm.toml:12: no levee stands at [" + std::to_string(at.longitude_deg)));
}

TEST(BranchRunner, WhereWaterStopsARunIsNamedInDegreesWithTheWindow) {
  class Overflowing : public Bathtub {
   public:
    using Bathtub::Bathtub;
    void advance(StateTable&, Instant, Instant) override {
      throw PlaceError("too much water", {1000, 0}, "look there");
    }
  };
  const auto world = town(3);
  const std::string error = error_of(branch_of(world), [](const auto& of) {
    return std::make_unique<Overflowing>(of, TimeSeries{}, 0);
  });
  const GeoPoint at = world->frame().to_geo({1000, 0});
  EXPECT_THAT(error, HasSubstr("too much water at [" + std::to_string(at.longitude_deg)));
  EXPECT_THAT(error, HasSubstr("between 2025-11-18T07:00:00+07:00 and 2025-11-18T07:01:00+07:00"));
  EXPECT_THAT(error, HasSubstr(": look there"));
}

TEST(BranchRunner, WhatASinkThrowsSurfaces) {
  class Full : public Keeper {
    void frame(const Frame&) override { throw Error("the disk is full"); }
  } full;
  EXPECT_EQ(error_of(branch_of(town(3)), calm, &full), "the disk is full");
}

TEST(BranchRunner, RefusesABranchThatCannotRun) {
  Branch no_window = branch_of(town(3));
  no_window.window = Duration{0};
  EXPECT_THAT(error_of(std::move(no_window), calm), HasSubstr("window"));
  Branch odd_frames = branch_of(town(3));
  odd_frames.frame_every = 90s;
  EXPECT_THAT(error_of(std::move(odd_frames), calm), HasSubstr("whole windows"));
  Branch other_state = branch_of(town(3));
  other_state.state = StateTable(*town(4));
  EXPECT_THAT(error_of(std::move(other_state), calm), HasSubstr("not a state of its world"));
}

}  // namespace kontwin::testing
