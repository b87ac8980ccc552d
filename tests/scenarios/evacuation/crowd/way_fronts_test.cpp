#include "scenarios/evacuation/crowd/way_fronts.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"

namespace kontwin::crowd::test {
namespace {

/// Two ways of 0.7 and 1.1 m through one wall, 3 m apart; all people start before the narrow one.
Building beside_each_other(bool doors) {
  Building building;
  if (doors) {
    building.surfaces = {floor("hall", rectangle(0, 3, 10, 14)),
                         floor("yard", rectangle(0, -3, 10, 3))};
    building.openings = {opening("narrow", 0, 1, {2.8, 3}, {3.5, 3}),
                         opening("wide", 0, 1, {6.5, 3}, {7.6, 3})};
  } else {
    Polygon shape = rectangle(0, -3, 10, 14);
    shape.holes = {rectangle(0.01, 2.9, 2.8, 3).outer, rectangle(3.5, 2.9, 6.5, 3).outer,
                   rectangle(7.6, 2.9, 9.99, 3).outer};
    building.surfaces = {floor("hall", shape)};
  }
  building.exits = {exit("out", doors ? 1U : 0U, {0, -3}, {10, -3})};
  return building;
}

/// Of 120 people, over four runs.
double share_by_the_wide_one(bool doors) {
  std::size_t wide = 0, all = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    CrowdRun run(beside_each_other(doors),
                 people_in(0, rectangle(0.3, 5, 4, 14), 120, weidmann(), seed));
    const std::size_t line =
        run.crowd.measure(MeasureLine{"wide", doors ? 1U : 0U, {6.3, 2.7}, {7.8, 2.7}});
    run.until_empty(300);
    EXPECT_EQ(run.crowd.count().out, 120U);
    const LineRecord& record = run.crowd.line(line);
    wide += record.forward_s.size() + record.backward_s.size();
    all += 120;
  }
  return static_cast<double>(wide) / static_cast<double>(all);
}

TEST(WayFronts, DoorsBesideEachOtherInOneWallHaveQueuesOfTheirOwn) {
  // By one front for both, which is delayed alike, 0.42 and 0.34 go by the wide one.
  EXPECT_GT(share_by_the_wide_one(true), 0.44);
  EXPECT_GT(share_by_the_wide_one(false), 0.44);
}

}  // namespace
}  // namespace kontwin::crowd::test
