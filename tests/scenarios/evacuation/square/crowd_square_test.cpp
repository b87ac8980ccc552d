#include "scenarios/evacuation/square/crowd_square.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "scenarios/evacuation/statistics.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/support/entity_at.hpp"
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

/// A street of 600 m from homes in the west to a shelter in the east, whose middle third leads over
/// a square of `crowd_m` of width, which nobody lives at.
struct StreetOverSquare : EvacuationRun {
  static std::shared_ptr<const World> street_world(double people) {
    WorldParts parts = empty_parts();
    for (const double x_m : {100.0, 300.0, 500.0, 700.0}) junction(parts, {x_m, 500});
    for (std::uint32_t i = 0; i < 3; ++i) {
      const std::uint32_t there = link(parts, i, i + 1), back = link(parts, i + 1, i);
      parts.roads.opposite[there] = back;
      parts.roads.opposite[back] = there;
    }
    using kontwin::testing::add_entity;
    add_entity(parts, Kind::residence, "west", 0, {people, people / 4, 0, 1});
    add_entity(parts, Kind::residence, "by the square", 1, {0, 0, 1, 1});
    add_entity(parts, Kind::shelter, "east", 3, {10000, 3});
    return World::seal(std::move(parts));
  }
  static EvacuationOptions walking() {
    EvacuationOptions made;
    made.no_vehicle_share = 1;
    made.car_share = 0;
    made.compliance = 1;
    made.departure_median_min = 3;
    made.old_share = made.wheelchair_share = 0;
    return made;
  }
  static evacuation::SquareAt square(double gate_m, ComputeArena& arena) {
    crowd::Building building;
    building.name = "market";
    const auto box = [](double x0, double y0, double x1, double y1) {
      return crowd::Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
    };
    building.surfaces.push_back({.id = "market", .shape = box(0, 0, 60, 40)});
    building.areas.push_back({"stalls", 0, box(10, 10, 50, 30)});
    for (const double x : {0.0, 60.0}) {
      crowd::Exit gate;
      gate.id = x > 0 ? "east" : "west";
      gate.a = {x, 20};
      gate.b = {x, 20 + gate_m};
      building.exits.push_back(gate);
    }
    return {{Kind::residence, 1},
            std::make_unique<CrowdSquare>(std::move(building), 0.5, 3, arena),
            {{0, 1}, {1, 2}},
            {2}};
  }
  /// Without a gate there is no square.
  explicit StreetOverSquare(double gate_m, double people = 200, std::size_t threads = 1)
      : EvacuationRun(street_world(people), walking(), threads, 1, no_background(),
                      [gate_m](ComputeArena& walked_in) {
                        std::vector<evacuation::SquareAt> squares;
                        if (gate_m > 0) squares.push_back(square(gate_m, walked_in));
                        return squares;
                      }) {
    order_all();
  }
};

TEST(CrowdSquare, WaterThatCameWhileNobodyWasOnItIsThereForTheNext) {
  ComputeArena arena(1);
  const evacuation::SquareAt at = StreetOverSquare::square(4, arena);
  Square& square = *at.square;
  const auto crossing_s = [&square](double at_s) {
    Square::Arrival one;
    one.walker.sets_out_s = at_s;
    one.to = 1;
    square.admit(std::span(&one, 1), at_s);
    const auto ended = square.walk(at_s + 600);
    EXPECT_EQ(ended.size(), 1U);
    return ended.empty() ? 0 : ended[0].at_s - at_s;
  };
  crossing_s(0);
  const double dry_s = crossing_s(1000);
  square.set_water(0.5, 0);
  // Everybody has a speed of its own, by its number.
  const double wet_s = crossing_s(2000);
  square.set_water(0, 0);
  EXPECT_EQ(square.inside(), 0U);
  EXPECT_GT(wet_s, 1.3 * dry_s);
}

TEST(CrowdSquare, WhoseWayLeadsOverItCrossesFromGateToGateOneByOne) {
  StreetOverSquare run(4);
  run.run(60, {}, [&run](int) {
    for (const Balance& one : run.evacuation.balances()) ASSERT_EQ(one.error(), 0);
  });
  const EvacuationRecord record = run.record();
  EXPECT_EQ(evacuation::people_by_fate(record.parties).at(EvacueeFate::safe), 200U);
  ASSERT_EQ(record.passages.size(), 200U);
  for (const SquarePassage& one : record.passages) {
    EXPECT_EQ(one.result, SquareResult::out);
    EXPECT_EQ(one.from, 1U);
    EXPECT_EQ(one.to, 2U);
    // 200 m along the street before it, and 60 m across at no more than anybody's speed.
    EXPECT_GE(*one.came, *record.parties[one.party].left + from_seconds(200 / 1.2 - 1));
    EXPECT_GE(*one.in, *one.came);
    EXPECT_GT(*one.ended, *one.in + from_seconds(60 / 2.3));
    EXPECT_GT(*record.parties[one.party].safe_at, *one.ended + from_seconds(200 / 1.2 - 1));
  }
}

TEST(CrowdSquare, ANarrowGateHoldsUpWhoCrosses) {
  const auto mean_crossing_s = [](double gate_m) {
    StreetOverSquare run(gate_m, 600);
    run.run(90);
    double sum_s = 0;
    const EvacuationRecord record = run.record();
    EXPECT_EQ(record.passages.size(), 600U);
    for (const SquarePassage& one : record.passages) {
      EXPECT_EQ(one.result, SquareResult::out);
      if (one.ended) sum_s += to_seconds(*one.ended - *one.came) / 600;
    }
    return sum_s;
  };
  const double wide_s = mean_crossing_s(6);
  EXPECT_LT(wide_s, 1.5 * 60 / 1.34);
  EXPECT_GT(mean_crossing_s(0.8), 2 * wide_s);
}

TEST(CrowdSquare, WhoCrossesWhenTheWaterComesIsListedAndTheOthersGoOn) {
  StreetOverSquare run(4, 400);
  const EntityRef place{Kind::residence, 1};
  run.run(
      90,
      [&](int minute) {
        run.state.at(place, common_column::water_depth_m) = minute == 6 ? 1.5 : 0;
        run.state.at(place, common_column::water_speed_mps) = minute == 6 ? 1.5 : 0;
      },
      [&run](int) {
        for (const Balance& one : run.evacuation.balances()) ASSERT_EQ(one.error(), 0);
      });
  const EvacuationRecord record = run.record();
  const auto fates = evacuation::people_by_fate(record.parties);
  EXPECT_GT(fates.at(EvacueeFate::stranded), 5U);
  EXPECT_EQ(fates.at(EvacueeFate::safe) + fates.at(EvacueeFate::stranded), 400U);
  const auto caught =
      std::ranges::count(record.passages, SquareResult::caught, &SquarePassage::result);
  EXPECT_EQ(static_cast<std::uint64_t>(caught), fates.at(EvacueeFate::stranded));
}

TEST(CrowdSquare, ACrossedSquareGivesTheSameBitsOnOneAndOnTwoThreads) {
  const auto record = [](std::size_t threads) {
    StreetOverSquare run(2, 400, threads);
    run.run(40);
    return run.record();
  };
  EXPECT_EQ(record(1), record(2));
}

TEST(CrowdSquare, AStreetOverItNeedsAGateAtEitherEnd) {
  const auto with_gates = [](std::vector<evacuation::SquareGate> gates) {
    return [gates](ComputeArena& arena) {
      std::vector<evacuation::SquareAt> squares;
      squares.push_back(StreetOverSquare::square(2, arena));
      squares.back().gates = gates;
      return squares;
    };
  };
  const auto run = [&](std::vector<evacuation::SquareGate> gates) {
    EvacuationRun made(StreetOverSquare::street_world(10), {}, 1, 1, no_background(),
                       with_gates(std::move(gates)));
  };
  EXPECT_NO_THROW(run({{0, 1}, {1, 2}}));
  EXPECT_THROW(run({{0, 1}, {1, 3}}), ScenarioError);
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
  nowhere.surfaces.clear();
  EXPECT_THROW(SquareRun(nowhere, 100), ScenarioError);
}

TEST(CrowdSquare, WithoutAreasPeopleStartAllOverItsFloors) {
  crowd::Building open = festival();
  open.areas.clear();
  ComputeArena arena(1);
  CrowdSquare square(open, 0.5, 3, arena);
  std::vector<Square::Walker> walkers(400);
  for (std::uint32_t i = 0; i < walkers.size(); ++i) walkers[i].group = i;
  square.fill(walkers, 0);
  EXPECT_EQ(square.inside(), 400U);
  // The nearest of them stand at the gate, the farthest 65 m away.
  const auto ended = square.walk(600);
  ASSERT_EQ(ended.size(), 400U);
  EXPECT_LT(ended.front().at_s, 5);
  EXPECT_GT(ended.back().at_s, 45);
}

TEST(CrowdSquare, WhoComesOntoItLaterFindsNoRoomWhereOthersStand) {
  crowd::Building small = festival();
  small.areas = {{"stage", 0, {{{10, 10}, {12, 10}, {12, 12}, {10, 12}}, {}}}};
  ComputeArena arena(1);
  CrowdSquare square(small, 0.5, 3, arena);
  const std::vector<Square::Walker> walkers(50, {.sets_out_s = 500});
  square.fill(walkers, 0);
  EXPECT_TRUE(square.walk(60).empty());
  EXPECT_THROW(square.fill(walkers, 60), ScenarioError);
  // When those have gone there is room again.
  EXPECT_EQ(square.walk(1000).size(), 50U);
  square.fill(walkers, 1000);
  EXPECT_EQ(square.inside(), 50U);
}

}  // namespace
}  // namespace kontwin::testing
