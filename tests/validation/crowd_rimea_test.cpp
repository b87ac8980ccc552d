#include <gtest/gtest.h>

#include <cmath>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/validation.hpp"
#include "twin/geometry.hpp"

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;
using crowd::CrowdScenario;

const std::string rimea = "RiMEA guideline 4.1.1 (2025), annex 1, test ";

Case of_test(const std::string& number, const std::string& name, const std::string& unit) {
  return {"crowd", "RiMEA " + number + ": " + name, unit, rimea + number};
}

/// A value that the guideline wants between two.
void expect_between(const Case& which, double measured, double least, double most) {
  const double middle = (least + most) / 2;
  expect_within(which, measured, middle, (most - least) / 2 / middle);
}

TEST(CrowdRimea, Test1KeepsTheSpeedInACorridor) {
  const auto times = of_each(crowd_runs("rimea/01-corridor"), last_out_s);
  expect_between(of_test("1", "40 m at 1.33 m/s", "s"), mean_of(times), 26, 34);
  // One person of a fixed speed: chance has no part in it.
  EXPECT_LT(*std::ranges::max_element(times) - *std::ranges::min_element(times), 0.5);
}

TEST(CrowdRimea, Tests2And3KeepTheSpeedOnStairs) {
  // From the first fifth of a metre on; 9.75 m along the slope are left.
  expect_within(of_test("2", "10 m up at 0.61 m/s", "s"),
                mean_last_out_s(crowd_runs("rimea/02-stairs-up")), 9.75 / 0.61, 0.05);
  expect_within(of_test("3", "10 m down at 0.69 m/s", "s"),
                mean_last_out_s(crowd_runs("rimea/03-stairs-down")), 9.75 / 0.69, 0.05);
}

TEST(CrowdRimea, Test4FollowsTheFundamentalDiagram) {
  Curve measured{"model, ten seeds", {}, false}, published{"Weidmann 1993", {}, true};
  const auto weidmann = [](double per_m2) {
    return 1.34 * (1 - std::exp(-1.913 * (1 / per_m2 - 1 / 5.4)));
  };
  for (const double wanted : {0.5, 1.0, 2.0, 3.0, 4.0, 5.0}) {
    const auto runs = crowd_runs("rimea/04-fundamental-diagram", [wanted](CrowdScenario& s) {
      s.groups[0].bodies = static_cast<std::uint64_t>(wanted * 600);
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
    expect_at_most(
        of_test("4",
                "speed beside Weidmann's at " + std::to_string(wanted).substr(0, 3) + " persons/m²",
                "m/s off"),
        std::abs(speed - weidmann(density)), 0.3);
  }
  for (double at = 0.3; at < 5.4; at += 0.1) published.points.emplace_back(at, weidmann(at));
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
  expect_at_most(of_test("5", "setting out beside the pre-movement time", "s"), worst_s, 0.5);
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
  expect_at_most(of_test("6", "places of people outside the walls", ""), outside, 0);
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
  expect_within(of_test("7", "mean speed of adults by age", "m/s"), sum / count, published, 0.03);
  EXPECT_GT(least, 0.8 * 0.75 - 0.01);
  EXPECT_LT(most, 1.2 * 1.58 + 0.01);
}

TEST(CrowdRimea, Test8TimeFollowsTheParameters) {
  const auto with_speed = [](double share) {
    return mean_last_out_s(crowd_runs("rimea/08-parameters", [share](CrowdScenario& scenario) {
      for (auto& group : scenario.groups) {
        group.kinds[0].speed_mps = crowd::Spread::fixed(share * 1.34);
      }
    }));
  };
  const double slow_s = with_speed(0.6), middle_s = with_speed(1), fast_s = with_speed(1.4);
  expect_at_most(of_test("8", "time at 1.34 beside that at 0.80 m/s", ""), middle_s / slow_s, 0.95);
  expect_at_most(of_test("8", "time at 1.88 beside that at 1.34 m/s", ""), fast_s / middle_s, 1.0);
  const double waited_s = mean_last_out_s(crowd_runs("rimea/08-parameters", [](CrowdScenario& s) {
    for (auto& group : s.groups) group.premovement_s = crowd::Spread::fixed(60);
  }));
  const double as_it_is_s = mean_last_out_s(crowd_runs("rimea/08-parameters"));
  expect_within(of_test("8", "60 s of pre-movement lengthen the time by", "s"),
                waited_s - as_it_is_s, 60, 0.05);
}

TEST(CrowdRimea, Test9HalfTheExitsTakeTwiceTheTime) {
  const auto four = crowd_runs("rimea/09-four-exits");
  const auto two = crowd_runs("rimea/09-two-exits");
  for (const auto* runs : {&four, &two}) {
    for (const CrowdOutcome& run : *runs) EXPECT_EQ(run.count.out, 1000U);
  }
  expect_between(of_test("9", "time by two exits over time by four", ""),
                 mean_last_out_s(two) / mean_last_out_s(four), 1.6, 2.4);
  const auto flow = [](const CrowdOutcome& run) {
    double sum = 0;
    for (const auto& exit : run.queues) sum += exit.mean_ppsm();
    return sum / static_cast<double>(run.queues.size());
  };
  expect_between(of_test("9", "flow of an exit of 1 m, four exits", "1/(m s)"),
                 mean_of(of_each(four, flow)), 1.3, 2.0);
  expect_between(of_test("9", "flow of an exit of 1 m, two exits", "1/(m s)"),
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
  expect_at_most(of_test("10", "people who left by another exit", ""), astray, 0);
}

TEST(CrowdRimea, Test11PrefersTheNearerExitAndSomeDivert) {
  const auto runs = crowd_runs("rimea/11-exit-choice");
  const auto shares = of_each(runs, [](const CrowdOutcome& run) {
    EXPECT_EQ(run.count.out, 1000U);
    return static_cast<double>(run.queues[0].passed) / 1000;
  });
  expect_between(of_test("11", "share that leaves by the nearer exit", ""), mean_of(shares), 0.5,
                 0.95);
  expect_between(of_test("11", "the least share of twenty seeds", ""),
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
  expect_between(of_test("11", "share by the nearer exit in the first 30 s", ""), at_first, 0.55,
                 1);
}

/// Persons a second over a line, between the tenth and the ninth tenth of those who crossed it.
double flow_over(const std::vector<double>& times) {
  if (times.size() < 10) return 0;
  const std::size_t first = times.size() / 10, last = times.size() * 9 / 10;
  return static_cast<double>(last - first) / (times[last] - times[first]);
}

double line_flow(const CrowdOutcome& run) {
  const auto& line = run.lines.at(0);
  return flow_over(line.forward_s.size() > line.backward_s.size() ? line.forward_s
                                                                  : line.backward_s);
}

TEST(CrowdRimea, Test12BottlenecksAct) {
  const auto near = crowd_runs("rimea/12a-goal-near");
  const auto far = crowd_runs("rimea/12a-goal-far");
  expect_at_most(of_test("12a", "time with the goal at the bottleneck over time with it far", ""),
                 mean_last_out_s(near) / mean_last_out_s(far), 1.0);
  const auto through_long = crowd_runs("rimea/12b-long");
  expect_at_most(of_test("12b", "time through a short bottleneck over time through a long one", ""),
                 mean_last_out_s(far) / mean_last_out_s(through_long), 1.0);
  // Before the second of two bottlenecks nobody jams.
  const auto in_a_row = crowd_runs("rimea/12c-two-bottlenecks");
  expect_at_most(
      of_test("12c", "waiting at the second of two bottlenecks over that at the first", ""),
      mean_of(of_each(in_a_row,
                      [](const CrowdOutcome& run) {
                        return run.queues[0].waited_person_s / run.queues[1].waited_person_s;
                      })),
      0.25);
  double before = 0;
  for (const std::string width : {"0.8", "1.0", "1.2"}) {
    const double flow = mean_of(of_each(crowd_runs("rimea/12d-width-" + width), line_flow));
    expect_between(of_test("12d", "flow through " + width + " m", "1/(m s)"),
                   flow / std::stod(width), 1.0, 2.2);
    EXPECT_GT(flow, before);
    before = flow;
  }
}

TEST(CrowdRimea, Test13StairsPassLessThanTheCorridorBeforeThem) {
  const auto runs = crowd_runs("rimea/13-corridor-and-stairs");
  const double stairs = mean_of(of_each(runs, [](const CrowdOutcome& run) {
    EXPECT_EQ(run.count.out, 150U);
    return run.queues[0].mean_ppsm() * run.queues[0].width_m;
  }));
  // The corridor before the jam has grown back to its line: the first fifth.
  const double corridor = mean_of(of_each(runs, [](const CrowdOutcome& run) {
    const auto& line = run.lines.at(0);
    const auto& times =
        line.forward_s.size() > line.backward_s.size() ? line.forward_s : line.backward_s;
    return 29 / (times.at(30) - times.at(1));
  }));
  expect_at_most(of_test("13", "flow on the stairs over flow in the corridor", ""),
                 stairs / corridor, 0.9);
  EXPECT_GT(
      mean_of(of_each(runs, [](const CrowdOutcome& run) { return run.queues[1].waited_person_s; })),
      100);
}

TEST(CrowdRimea, Test14TellsWhichRouteIsTaken) {
  double over = 0, level = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/14-route-choice")) {
    EXPECT_EQ(run.count.out, 10U);
    over += static_cast<double>(run.lines[0].forward_s.size() + run.lines[0].backward_s.size());
    level += static_cast<double>(run.lines[1].forward_s.size() + run.lines[1].backward_s.size());
  }
  // The guideline asks for the answer, not for one: 22 m over two stairs beat 44 m on the level.
  EXPECT_EQ(over + level, 100);
  expect_at_most(of_test("14", "share that takes the long level way", ""), level / (over + level),
                 0.2);
}

TEST(CrowdRimea, Test16SingleFileKeepsItsDistance) {
  Curve measured{"model, ten seeds", {}, false}, published{"Seyfried et al. 2005", {}, true},
      other{"Chattaraj et al. 2009", {}, true};
  for (const int people : {30, 45, 60, 75}) {
    const auto runs = crowd_runs("rimea/16-single-file", [people](CrowdScenario& s) {
      s.groups[0].bodies = static_cast<std::uint64_t>(people);
    });
    double heads = 0, density = 0, speed = 0, samples = 0;
    for (const CrowdOutcome& run : runs) {
      for (const auto& sample : run.areas[0].samples) {
        density += sample.density_per_m2 * 0.4;
        speed += sample.speed_mps * sample.people;
        heads += sample.people;
        samples += 1;
      }
    }
    ASSERT_GT(heads, 0);
    measured.points.emplace_back(density / samples, speed / heads);
    const double headway_m = samples / density;
    expect_between(
        {"crowd", "RiMEA 16: speed in single file of " + std::to_string(people) + " on 40 m", "m/s",
         rimea + "16; between the lines of Seyfried et al. 2005, J. Stat. Mech. P10002, and "
                 "of Chattaraj, Seyfried and Chakroborty 2009, Adv. Complex Syst. 12"},
        speed / heads, std::min(1.24, (headway_m - 0.36) / 1.06) - 0.05,
        std::min(1.24, (headway_m - 0.22) / 0.89) + 0.05);
  }
  for (double at = 0.6; at < 2.4; at += 0.1) {
    published.points.emplace_back(at, std::min(1.24, (1 / at - 0.36) / 1.06));
    other.points.emplace_back(at, std::min(1.24, (1 / at - 0.22) / 0.89));
  }
  plot("crowd", "rimea-16", "RiMEA test 16: single file", "persons/m", "m/s",
       {measured, published, other});
}

TEST(CrowdRimea, Test15ACornerCostsTime) {
  const double straight_s = mean_last_out_s(crowd_runs("rimea/15-straight"));
  const double corner_s = mean_last_out_s(crowd_runs("rimea/15-corner"));
  const double long_s = mean_last_out_s(crowd_runs("rimea/15-long"));
  expect_at_most(of_test("15", "time straight on over time round a corner", ""),
                 straight_s / corner_s, 1.0);
  expect_at_most(of_test("15", "time round a corner over time of the longer way", ""),
                 corner_s / long_s, 1.0);
}

}  // namespace
}  // namespace kontwin::validation
