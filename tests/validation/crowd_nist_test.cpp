#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;

const std::string nist =
    "Ronchi, Kuligowski, Reneke, Peacock and Nilsson 2013, NIST Technical Note 1822, Verif.";

Case of_test(const std::string& number, const std::string& name, const std::string& unit) {
  return {"crowd", "NIST " + number + ": " + name, unit, nist + number};
}

/// The greatest distance of what was drawn from a distribution function (Kolmogorov and Smirnov).
template <class Function>
double farthest(std::vector<double> drawn, const Function& published) {
  std::ranges::sort(drawn);
  const auto count = static_cast<double>(drawn.size());
  double most = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const double at = published(drawn[i]), below = static_cast<double>(i) / count;
    most = std::max({most, at - below, below + 1 / count - at});
  }
  return most;
}

TEST(CrowdNist, Verif11PreMovementTimesAreThoseOfTheDistributionAndKept) {
  struct Given {
    std::string name;
    crowd::Spread spread;
    std::function<double(double)> function;
  };
  const auto normal = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
  const std::vector<Given> all = {{"uniform, 10 to 100 s", crowd::Spread::uniform(10, 100),
                                   [](double t) { return (t - 10) / 90; }},
                                  {"lognormal, 4.586 and 0.967",
                                   {crowd::Spread::Kind::lognormal, std::exp(4.586), 0.967, 0, 1e6},
                                   [&](double t) { return normal((std::log(t) - 4.586) / 0.967); }},
                                  {"normal, 60 and 10 s",
                                   {crowd::Spread::Kind::normal, 60, 10, 0, 1e6},
                                   [&](double t) { return normal((t - 60) / 10); }}};
  for (const Given& given : all) {
    double worst_s = 0;
    std::vector<double> drawn;
    for (const CrowdOutcome& run :
         crowd_runs("rimea/05-premovement", [&given](crowd::CrowdScenario& scenario) {
           scenario.groups[0].premovement_s = given.spread;
           scenario.end_s = 20000;
         })) {
      for (std::size_t p = 0; p < run.people.size(); ++p) {
        drawn.push_back(static_cast<double>(run.people[p].premovement_s));
        worst_s = std::max(worst_s, drawn.back() - run.states[p].ended_s);
      }
      EXPECT_EQ(run.count.out, 10U);
    }
    // That a hundred lie farther from what they were drawn from has a chance of one in twenty.
    expect_at_most(of_test("1.1", "distance of 100 times drawn, " + given.name, ""),
                   farthest(drawn, given.function), 0.136);
    expect_at_most(of_test("1.1", "out before the time was over by, " + given.name, "s"), worst_s,
                   0);
  }
}

TEST(CrowdNist, Verif21AndVerif22SpeedsAreKept) {
  expect_within(of_test("2.1", "40 m at 1 m/s", "s"),
                mean_last_out_s(crowd_runs("imo/01-corridor")), 40, 0.05);
  const auto runs = crowd_runs("nist/2.2-stairs");
  for (const std::size_t p : {0U, 1U}) {
    expect_within(
        of_test("2.2", std::string("100 m of stairs ") + (p == 0 ? "up" : "down") + " at 1 m/s",
                "s"),
        mean_of(of_each(runs, [p](const CrowdOutcome& run) { return run.states[p].ended_s; })),
        99.75, 0.03);
  }
}

TEST(CrowdNist, Verif23AllComeRoundACorner) {
  double left = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/06-corner")) {
    left += static_cast<double>(run.count.all() - run.count.out);
  }
  expect_at_most(of_test("2.3", "people who did not come round the corner", ""), left, 0);
}

TEST(CrowdNist, Verif24SpeedsLieInTheRangeThatIsAssigned) {
  const auto runs = crowd_runs("imo/04-exit-flow");
  double least = 9, most = 0, sum = 0, count = 0;
  for (const CrowdOutcome& run : runs) {
    for (const crowd::Person& person : run.people) {
      const auto speed = static_cast<double>(person.speed_mps);
      least = std::min(least, speed);
      most = std::max(most, speed);
      sum += speed;
      count += 1;
    }
  }
  expect_within(of_test("2.4", "mean of speeds uniform between 0.97 and 1.62", "m/s"), sum / count,
                (0.97 + 1.62) / 2, 0.02);
  EXPECT_GE(least, 0.97 - 1e-6);
  EXPECT_LE(most, 1.62 + 1e-6);
  EXPECT_GT(most - least, 0.6);
}

TEST(CrowdNist, Verif28TheMoreComeAgainstThemTheLongerItTakes) {
  double before_s = 0;
  std::vector<double> means;
  for (const std::uint64_t against : {0U, 10U, 50U, 100U}) {
    const auto runs = crowd_runs("nist/2.8-counterflow", [against](crowd::CrowdScenario& scenario) {
      if (against == 0)
        scenario.groups.pop_back();
      else
        scenario.groups[1].bodies = against;
    });
    const double mean_s = mean_of(of_each(runs, [](const CrowdOutcome& run) {
      double last_s = 0;
      for (std::size_t p = 0; p < 100; ++p) last_s = std::max(last_s, run.states[p].ended_s);
      return last_s;
    }));
    EXPECT_GT(mean_s, before_s) << against;
    before_s = mean_s;
    means.push_back(mean_s);
  }
  expect_at_most(of_test("2.8", "time alone over time against 100", ""), means[0] / means[3], 1.0);
  EXPECT_LT(means[3], 3 * means[0]) << "streams against each other lock";
}

TEST(CrowdNist, Verif210SomebodySlowAndWideHoldsUpOthers) {
  const auto able = crowd_runs("nist/2.10-able");
  const auto disabled = crowd_runs("nist/2.10-disabled");
  for (const auto* runs : {&able, &disabled}) {
    for (const CrowdOutcome& run : *runs) EXPECT_EQ(run.count.out, 25U);
  }
  expect_at_most(of_test("2.10", "time without over time with somebody slow and wide", ""),
                 mean_last_out_s(able) / mean_last_out_s(disabled), 1.0);
}

TEST(CrowdNist, Verif31ExitsThatAreAllottedAreUsed) {
  int astray = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/10-allotted-exits")) {
    for (std::size_t p = 0; p < run.people.size(); ++p) {
      astray += run.states[p].exit != run.people[p].instructed_exit;
    }
  }
  expect_at_most(of_test("3.1", "people who left by another exit", ""), astray, 0);
}

TEST(CrowdNist, Verif51JamsFormBeforeTheDoor) {
  const auto runs = crowd_runs("nist/5.1-congestion");
  const auto waited = [&runs](std::size_t gap) {
    return mean_of(
        of_each(runs, [gap](const CrowdOutcome& run) { return run.queues[gap].waited_person_s; }));
  };
  for (const CrowdOutcome& run : runs) EXPECT_EQ(run.count.out, 100U);
  // The door comes first, and it is what holds most of them.
  EXPECT_GT(waited(1), 500);
  expect_at_most(of_test("5.1", "waiting before the stairs over waiting before the door", ""),
                 waited(2) / waited(1), 1.0);
}

TEST(CrowdNist, Verif52FlowsAreHeldToTheirMaximum) {
  for (const double limit : {0.8, 1.33}) {
    double most = 0;
    for (const CrowdOutcome& run :
         crowd_runs("imo/04-exit-flow", [limit](crowd::CrowdScenario& scenario) {
           scenario.building.exits[0].flow_limit_ppsm = limit;
         })) {
      most = std::max(most, run.queues[0].mean_ppsm());
    }
    expect_at_most(
        of_test("5.2", "flow where " + std::to_string(limit).substr(0, 4) + "/(m s) is the most",
                "1/(m s)"),
        most, limit * 1.005);
  }
}

}  // namespace
}  // namespace kontwin::validation
