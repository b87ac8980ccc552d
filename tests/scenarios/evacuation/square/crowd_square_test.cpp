#include "scenarios/evacuation/square/crowd_square.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "scenarios/evacuation/statistics.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using evacuation::CrowdSquare;
using evacuation::Square;

/// A square of 60 x 60 m with a gate of 3 m in the east and, with `walled`, a corner that is walled
/// off.
crowd::Building festival(bool walled = false) {
  crowd::Building building;
  building.name = "festival";
  const auto box = [](double x0, double y0, double x1, double y1) {
    return crowd::Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
  };
  building.surfaces.push_back({.id = "square", .shape = box(0, 0, 60, 60)});
  crowd::Exit gate;
  gate.id = "gate";
  gate.a = {60, 28};
  gate.b = {60, 31};
  building.exits.push_back(gate);
  building.areas.push_back({"stage", 0, box(5, 15, 50, 55)});
  if (walled) {
    building.surfaces.push_back({.id = "yard", .shape = box(80, 0, 110, 30)});
    building.areas.push_back({"yard", 1, box(82, 2, 108, 28)});
    building.exits.push_back(
        {.id = "shut", .surface = 1, .a = {80, 10}, .b = {80, 12}, .open = {.opens_s = 1e9}});
  }
  return building;
}

/// A town of 4 x 4 with a tourist site of `people` on a square in its south-west.
struct SquareRun : EvacuationRun {
  explicit SquareRun(crowd::Building building, double visitors, std::size_t threads = 1)
      : SquareRun(world_with_site(), std::move(building), visitors, threads) {}

  static std::shared_ptr<const World> world_with_site() {
    WorldParts parts = town_parts(4);
    EntityRecord lake;
    lake.urn = make_urn(Kind::tourist_site, "lake");
    lake.name = "lake";
    lake.place = parts.entities[index_of(Kind::junction)].place[0];
    lake.commune_code = "T1";
    lake.attributes = {1000, 0};
    parts.add(Kind::tourist_site, lake);
    return World::seal(std::move(parts));
  }
  static EvacuationOptions options(double visitors) {
    EvacuationOptions made;
    made.visitor_departure_median_min = 2;
    made.compliance = 0.9;
    made.wheelchair_share = 0.02;
    made.visitors = {.people = visitors, .lodging_share = 0, .lodgings = {}, .sites = {0}};
    return made;
  }
  SquareRun(std::shared_ptr<const World> world, crowd::Building building, double visitors,
            std::size_t threads)
      : EvacuationRun(std::move(world), options(visitors), threads, 1, no_background(),
                      [&building](ComputeArena& walked_in) {
                        std::vector<evacuation::SquareAt> squares;
                        squares.push_back({{Kind::tourist_site, 0},
                                           std::make_unique<CrowdSquare>(std::move(building), 0.5,
                                                                         3, walked_in)});
                        return squares;
                      }) {}
};

TEST(CrowdSquare, HandsEveryoneBackOnceAndNotBeforeTheyCouldWalkOut) {
  ComputeArena arena(1);
  CrowdSquare square(festival(), 0.5, 3, arena);
  std::vector<Square::Walker> walkers(300);
  for (std::uint32_t i = 0; i < walkers.size(); ++i) {
    walkers[i] = {.sets_out_s = 600.0 + i % 60, .group = i / 3};
  }
  square.fill(walkers, 600);
  std::map<std::uint32_t, double> out;
  for (double until_s = 660; until_s <= 1500; until_s += 60) {
    for (const Square::Ended& one : square.walk(until_s)) {
      ASSERT_EQ(one.result, Square::Ended::Result::out);
      ASSERT_TRUE(out.emplace(one.walker, one.at_s).second);
      EXPECT_GT(one.at_s, walkers[one.walker].sets_out_s + 5);  // ten metres at least
      EXPECT_LE(one.at_s, until_s);
    }
  }
  EXPECT_EQ(out.size(), 300U);
}

TEST(CrowdSquare, VisitorsCrossTheSquareBeforeTheyAreOnTheRoad) {
  SquareRun run(festival(), 400);
  run.apply(OrderEvacuation{{}, {{Kind::tourist_site, 0}}});
  run.run(120, {}, [&run](int) {
    ASSERT_EQ(run.evacuation.balances()[0].error(), 0);
    ASSERT_EQ(run.evacuation.people().size(), 400U);
  });
  const EvacuationRecord record = run.record();
  for (const EvacuationParty& party : record.parties) {
    if (party.fate == EvacueeFate::stayed) continue;
    EXPECT_EQ(party.fate, EvacueeFate::safe);
    // Ten metres or more to the gate, at 2 m/s at most.
    EXPECT_GT(*party.left, *party.warned + from_seconds(5));
  }
  const auto fates = evacuation::people_by_fate(record.parties);
  EXPECT_EQ(fates.at(EvacueeFate::safe) + fates.at(EvacueeFate::stayed), 400U);
}

TEST(CrowdSquare, WhoFindsNoGateIsListedOneByOne) {
  SquareRun run(festival(true), 400);
  run.apply(OrderEvacuation{{}, {{Kind::tourist_site, 0}}});
  run.run(120, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
  const auto fates = evacuation::people_by_fate(run.record().parties);
  EXPECT_GT(fates.at(EvacueeFate::stranded), 30U);
  EXPECT_GT(fates.at(EvacueeFate::safe), 100U);
  EXPECT_EQ(
      fates.at(EvacueeFate::safe) + fates.at(EvacueeFate::stayed) + fates.at(EvacueeFate::stranded),
      400U);
  double listed = 0;
  for (const StrandedPeople& one : run.evacuation.stranded()) {
    EXPECT_EQ(one.reason, "no open way off the square");
    listed += one.people;
  }
  EXPECT_EQ(listed, fates.at(EvacueeFate::stranded));
}

TEST(CrowdSquare, WaterThatRisesCatchesWhoIsStillOnIt) {
  SquareRun run(festival(), 400);
  run.apply(OrderEvacuation{{}, {{Kind::tourist_site, 0}}});
  run.run(
      120,
      [&run](int minute) {
        const EntityRef site{Kind::tourist_site, 0};
        run.state.at(site, common_column::water_depth_m) = minute < 2 ? 0 : 1.5;
        run.state.at(site, common_column::water_speed_mps) = minute < 2 ? 0 : 1.0;
      },
      [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
  const auto fates = evacuation::people_by_fate(run.record().parties);
  EXPECT_GT(fates.at(EvacueeFate::stranded), 30U);
  EXPECT_GT(fates.at(EvacueeFate::safe), 10U);
  for (const StrandedPeople& one : run.evacuation.stranded()) {
    EXPECT_EQ(one.reason, "caught by water on foot");
  }
}

TEST(CrowdSquare, WaterThatOneCanStandInOnlyDelays) {
  const auto last_out_s = [](double depth_m) {
    ComputeArena arena(1);
    CrowdSquare square(festival(), 0.5, 3, arena);
    square.set_water(depth_m, 0);
    std::vector<Square::Walker> walkers(200);
    square.fill(walkers, 0);
    const auto ended = square.walk(3600);
    EXPECT_EQ(ended.size(), 200U);
    for (const auto& one : ended) EXPECT_EQ(one.result, Square::Ended::Result::out);
    return ended.back().at_s;
  };
  EXPECT_GT(last_out_s(0.5), 1.1 * last_out_s(0));
}

TEST(CrowdSquare, GivesTheSameBitsOnOneAndOnTwoThreads) {
  const auto final_state = [](std::size_t threads) {
    SquareRun run(festival(), 400, threads);
    run.apply(OrderEvacuation{{}, {{Kind::tourist_site, 0}}});
    run.run(60);
    return run.record();
  };
  EXPECT_EQ(final_state(1), final_state(2));
}

TEST(CrowdSquare, OfAPlaceWithoutPeopleOrWithoutGroundIsAnError) {
  EXPECT_THROW(SquareRun(festival(), 0), ScenarioError);
  crowd::Building nowhere = festival();
  nowhere.areas.clear();
  EXPECT_THROW(SquareRun(nowhere, 100), ScenarioError);
}

}  // namespace
}  // namespace kontwin::testing
