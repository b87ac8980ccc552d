#include <gtest/gtest.h>

#include <cmath>

#include "tests/validation/crowd_rimea.hpp"
#include "tests/validation/crowd_ring.hpp"
#include "tests/validation/validation.hpp"
#include "twin/geometry.hpp"

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;
using crowd::CrowdScenario;

TEST(CrowdRimea, Test1KeepsTheSpeedInACorridor) {
  const auto times = of_each(crowd_runs("rimea/01-corridor"), last_out_s);
  expect_between(rimea_test("1", "40 m at 1.33 m/s", "s"), mean_of(times), 26, 34);
  // One person of a fixed speed: chance has no part in it.
  EXPECT_LT(*std::ranges::max_element(times) - *std::ranges::min_element(times), 0.5);
}

TEST(CrowdRimea, Tests2And3KeepTheSpeedOnStairs) {
  // From the first fifth of a metre on; 9.75 m along the slope are left.
  expect_within(rimea_test("2", "10 m up at 0.61 m/s", "s"),
                mean_last_out_s(crowd_runs("rimea/02-stairs-up")), 9.75 / 0.61, 0.05);
  expect_within(rimea_test("3", "10 m down at 0.69 m/s", "s"),
                mean_last_out_s(crowd_runs("rimea/03-stairs-down")), 9.75 / 0.69, 0.05);
}

TEST(CrowdRimea, Test4FollowsTheFundamentalDiagram) {
  Curve measured{"model, ten seeds", {}, false}, published{"Weidmann 1993", {}, true};
  for (const double wanted : {0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) {
    const auto runs = crowd_runs("rimea/04-fundamental-diagram", [wanted](CrowdScenario& s) {
      s.groups[0].bodies = static_cast<std::uint64_t>(wanted * 800);
    });
    double people = 0, density = 0, speed = 0, samples = 0;
    for (const CrowdOutcome& run : runs) {
      for (const crowd::AreaRecord& area : run.areas) {
        for (const auto& sample : area.samples) {
          density += sample.density_per_m2;
          speed += sample.speed_mps * sample.people;
          people += sample.people;
          samples += 1;
        }
      }
    }
    ASSERT_GT(people, 0) << wanted;
    density /= samples;
    speed /= people;
    measured.points.emplace_back(density, speed);
    expect_at_most(rimea_test("4",
                              "speed beside Weidmann's at " + std::to_string(wanted).substr(0, 3) +
                                  " persons/m²",
                              "m/s off"),
                   std::abs(speed - std::max(0.0, weidmann_mps(density))), 0.3);
  }
  for (double at = 0.3; at < 5.4; at += 0.1) published.points.emplace_back(at, weidmann_mps(at));
  for (std::size_t i = 1; i < measured.points.size(); ++i) {
    EXPECT_LT(measured.points[i].second, measured.points[i - 1].second);
  }
  plot("crowd", "rimea-4", "RiMEA test 4: fundamental diagram", "persons/m²", "m/s",
       {measured, published});
}

TEST(CrowdRimea, Test5SetsOutWhenThePreMovementTimeIsOver) {
  double worst_s = 0, least_s = 1e9, most_s = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/05-premovement")) {
    for (std::size_t p = 0; p < run.people.size(); ++p) {
      const auto given_s = static_cast<double>(run.people[p].premovement_s);
      worst_s = std::max(worst_s, std::abs(run.states[p].set_out_s - given_s));
      least_s = std::min(least_s, given_s);
      most_s = std::max(most_s, given_s);
    }
  }
  EXPECT_GE(least_s, 10);
  EXPECT_LE(most_s, 100);
  EXPECT_GT(most_s - least_s, 70);
  expect_at_most(rimea_test("5", "setting out beside the pre-movement time", "s"), worst_s, 0.5);
}

TEST(CrowdRimea, Test6GoesRoundACornerInsideTheWalls) {
  auto scenario = crowd::read_crowd(std::string(KONTWIN_SOURCE_DIR) +
                                    "/assets/crowd/rimea/06-corner.crowd.toml");
  const auto& border = scenario.building.surfaces[0].shape.outer;
  int outside = 0;
  for (std::uint64_t seed = 1; seed <= scenario.seeds; ++seed) {
    const auto run = run_crowd(scenario, seed, crowd_arena(),
                               [&](double, const crowd::CrowdSimulation& simulation) {
                                 for (std::size_t p = 0; p < simulation.size(); ++p) {
                                   const auto state = simulation.state(p);
                                   if (state.status == crowd::Status::out) continue;
                                   outside += !inside(border, state.place);
                                 }
                               });
    EXPECT_EQ(run.count.out, 20U);
  }
  expect_at_most(rimea_test("6", "places of people outside the walls", ""), outside, 0);
}

TEST(CrowdRimea, Test7GivesSpeedsByAgeAsPublished) {
  const auto runs = crowd_runs("rimea/07-demographic-speeds");
  double sum = 0, count = 0, least = 9, most = 0;
  for (const CrowdOutcome& run : runs) {
    for (const crowd::Person& person : run.people) {
      const auto speed = static_cast<double>(person.speed_mps);
      sum += speed;
      count += 1;
      least = std::min(least, speed);
      most = std::max(most, speed);
    }
    EXPECT_EQ(run.count.out, 50U);
  }
  // The mean over ages of 20 to 70 of both regressions of MSC/Circ.1033, a fifth to either side.
  double published = 0;
  for (int age = 20; age < 70; ++age) {
    const double a = age + 0.5;
    const double woman = a < 22.25  ? 0.02 * a + 0.94
                         : a < 37.5 ? -0.018 * a + 1.78
                                    : -0.01 * a + 1.45;
    const double man = a < 39.2 ? -0.01 * a + 1.78 : -0.009 * a + 1.75;
    published += (woman + man) / 2 / 50;
  }
  expect_within(rimea_test("7", "mean speed of adults by age", "m/s"), sum / count, published,
                0.03);
  EXPECT_GT(least, 0.8 * 0.75 - 0.01);
  EXPECT_LT(most, 1.2 * 1.58 + 0.01);
}

TEST(CrowdRimea, Test8TimeFollowsTheParameters) {
  const auto with_speed = [](const crowd::Spread& speed) {
    const auto runs = crowd_runs("rimea/08-parameters", [&speed](CrowdScenario& scenario) {
      for (auto& group : scenario.groups) group.kinds[0].speed_mps = speed;
    });
    for (const CrowdOutcome& run : runs) EXPECT_EQ(run.count.out, 448U);
    return mean_last_out_s(runs);
  };
  Curve alike{"all alike", {}, false}, unlike{"uniform, 0.25 m/s to either side", {}, false};
  for (const double mps : {0.5, 0.75, 1.0}) {
    alike.points.emplace_back(mps, with_speed(crowd::Spread::fixed(mps)));
  }
  unlike.points.emplace_back(0.75, with_speed(crowd::Spread::uniform(0.5, 1.0)));
  const auto ratio = [&alike](std::size_t a, std::size_t b) {
    return alike.points[a].second / alike.points[b].second;
  };
  expect_at_most(rimea_test("8", "time at 1.0 over time at 0.75 m/s", ""), ratio(2, 1), 1.0);
  expect_at_most(rimea_test("8", "time at 0.75 over time at 0.5 m/s", ""), ratio(1, 0), 1.0);
  expect_at_least(rimea_test("8", "time of speeds about 0.75 m/s over that of all 0.75 m/s", ""),
                  unlike.points[0].second / alike.points[1].second, 1.0);
  plot("crowd", "rimea-8", "RiMEA test 8: time by speed", "mean speed, m/s", "time, s",
       {alike, unlike});
}

TEST(CrowdRimea, Test9HalfTheExitsTakeTwiceTheTime) {
  const auto four = crowd_runs("rimea/09-four-exits");
  const auto two = crowd_runs("rimea/09-two-exits");
  for (const auto* runs : {&four, &two}) {
    for (const CrowdOutcome& run : *runs) EXPECT_EQ(run.count.out, 1000U);
  }
  expect_between(rimea_test("9", "time by two exits over time by four", ""),
                 mean_last_out_s(two) / mean_last_out_s(four), 1.6, 2.4);
  const auto flow = [](const CrowdOutcome& run) {
    double sum = 0;
    for (const auto& exit : run.queues) sum += exit.mean_ppsm();
    return sum / static_cast<double>(run.queues.size());
  };
  expect_between(rimea_test("9", "flow of an exit of 1 m, four exits", "1/(m s)"),
                 mean_of(of_each(four, flow)), 1.3, 2.0);
  expect_between(rimea_test("9", "flow of an exit of 1 m, two exits", "1/(m s)"),
                 mean_of(of_each(two, flow)), 1.3, 2.0);
}

TEST(CrowdRimea, Test10UsesTheExitsThatAreAllotted) {
  int astray = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/10-allotted-exits")) {
    EXPECT_EQ(run.count.out, 23U);
    for (std::size_t p = 0; p < run.people.size(); ++p) {
      astray += run.states[p].exit != run.people[p].instructed_exit;
    }
  }
  expect_at_most(rimea_test("10", "people who left by another exit", ""), astray, 0);
}

TEST(CrowdRimea, Test11PrefersTheNearerExitAndSomeDivert) {
  const auto runs = crowd_runs("rimea/11-exit-choice");
  const auto shares = of_each(runs, [](const CrowdOutcome& run) {
    EXPECT_EQ(run.count.out, 1000U);
    return static_cast<double>(run.queues[0].passed) / 1000;
  });
  expect_between(rimea_test("11", "share that leaves by the nearer exit", ""), mean_of(shares), 0.5,
                 0.95);
  expect_between(rimea_test("11", "the least share of twenty seeds", ""),
                 *std::ranges::min_element(shares), 0.5, 0.95);
  // Before the jam has taught them otherwise they prefer it clearly.
  const double at_first = mean_of(of_each(runs, [](const CrowdOutcome& run) {
    double near = 0, all = 0;
    for (const crowd::PersonState& state : run.states) {
      if (state.ended_s > 30) continue;
      all += 1;
      near += state.exit == 0;
    }
    return near / all;
  }));
  expect_between(rimea_test("11", "share by the nearer exit in the first 30 s", ""), at_first, 0.55,
                 1);
}

}  // namespace
}  // namespace kontwin::validation
