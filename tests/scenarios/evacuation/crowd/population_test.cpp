#include "scenarios/evacuation/crowd/population.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/scenarios/evacuation/crowd/ground_places.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd::test {
namespace {

TEST(Population, SpeedsFollowTheirSpread) {
  const PeopleKind kind = weidmann();
  double sum = 0, squares = 0;
  constexpr int count = 20000;
  for (std::uint64_t i = 0; i < count; ++i) {
    RandomStream random(1, i);
    const auto speed = static_cast<double>(draw(kind, random).speed_mps);
    EXPECT_GE(speed, 0.6);
    EXPECT_LE(speed, 2.2);
    sum += speed;
    squares += speed * speed;
  }
  const double mean = sum / count;
  EXPECT_NEAR(mean, 1.34, 0.01);
  EXPECT_NEAR(std::sqrt(squares / count - mean * mean), 0.26, 0.01);
}

TEST(Population, PremovementIsLognormalWithinItsBounds) {
  const Spread spread{Spread::Kind::lognormal, 60, 0.5, 10, 300};
  std::vector<double> drawn;
  for (std::uint64_t i = 0; i < 10001; ++i) {
    RandomStream random(2, i);
    drawn.push_back(spread.draw(random));
  }
  std::sort(drawn.begin(), drawn.end());
  EXPECT_GE(drawn.front(), 10);
  EXPECT_LE(drawn.back(), 300);
  EXPECT_NEAR(drawn[5000], 60, 2);
  EXPECT_NEAR(drawn[8413], 60 * std::exp(0.5), 4);
}

TEST(Population, KindsComeBySharesAndOfTheirSpeeds) {
  const auto kinds = imo_passengers();
  std::vector<int> counts(kinds.size(), 0);
  constexpr int count = 20000;
  for (std::uint64_t i = 0; i < count; ++i) {
    RandomStream random(3, i);
    const PeopleKind& kind = draw_kind(kinds, random);
    ++counts[static_cast<std::size_t>(&kind - kinds.data())];
    const Person person = draw(kind, random);
    EXPECT_GE(static_cast<double>(person.speed_mps), kind.speed_mps.least - 1e-6);
    EXPECT_LE(static_cast<double>(person.stairs_up_mps), kind.stairs_up_mps.most + 1e-6);
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_NEAR(counts[i] / static_cast<double>(count), kinds[i].share / 100, 0.01);
  }
}

TEST(Population, TheYoungWalkFasterThanTheOld) {
  RandomStream random(1, 1);
  const auto mean = [](const PeopleKind& kind) {
    return (kind.speed_mps.least + kind.speed_mps.most) / 2;
  };
  EXPECT_GT(mean(of_age(20, false)), mean(of_age(20, true)));
  EXPECT_GT(mean(of_age(25, false)), mean(of_age(65, false)));
  EXPECT_GT(mean(of_age(25, false)), mean(of_age(4, false)));
  EXPECT_EQ(mean(of_age(95, true)), mean(of_age(70, true)));
}

TEST(Population, PlacesLieInTheAreaAndApart) {
  Area area;
  area.id = "hall";
  area.shape = rectangle(2, 3, 12, 8);
  area.shape.holes.push_back({{5, 4}, {7, 4}, {7, 6}, {5, 6}});
  const auto places = places_in(area, 120, 0.17, RandomStream(1, 1));
  ASSERT_EQ(places.size(), 120U);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_TRUE(contains(area.shape, places[i]));
    for (std::size_t j = i + 1; j < places.size(); ++j) {
      EXPECT_GT(distance_m(places[i], places[j]), 0.33);
    }
  }
  EXPECT_THROW(places_in(area, 100000, 0.17, RandomStream(1, 1)), ScenarioError);
}

TEST(Population, PlacesLieBetweenThoseWhoStandThere) {
  Area area;
  area.id = "hall";
  area.shape = rectangle(0, 0, 10, 10);
  std::vector<Standing> standing;
  for (const LocalPoint place : places_in(area, 100, 0.2, RandomStream(1, 1))) {
    standing.push_back({place, 0.2});
  }
  standing.push_back({{5, 5}, 1});
  const auto places = places_in(area, 100, 0.2, RandomStream(1, 2), standing);
  ASSERT_EQ(places.size(), 100U);
  for (const LocalPoint place : places) {
    for (const Standing& other : standing) {
      EXPECT_GE(distance_m(place, other.place), 0.2 + other.radius_m - 1e-9);
    }
  }
}

TEST(Population, ASpreadThatMakesNoSenseIsRefused) {
  EXPECT_THROW(check(Spread::uniform(2, 1), "speed"), ScenarioError);
  EXPECT_THROW(check(Spread{Spread::Kind::lognormal, 0, 1, 0, 1}, "wait"), ScenarioError);
  EXPECT_THROW(check(Spread{Spread::Kind::normal, 1, std::nan(""), 0, 1}, "wait"), ScenarioError);
  EXPECT_NO_THROW(check(Spread::fixed(1), "speed"));
}

}  // namespace
}  // namespace kontwin::crowd::test
