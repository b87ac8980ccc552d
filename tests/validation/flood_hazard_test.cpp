// Hazard classes, hazard rating and stability limits: every threshold of the source tables, on both
// sides.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "scenarios/flood/hazard.hpp"
#include "scenarios/flood/inertial_kernels.hpp"
#include "scenarios/flood/stability.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::expect_at_most;

/// A hair below and above a limit, relative.
constexpr double hair = 1e-9;
const double at = 1 - 1e-12;  // the limit itself, but for rounding of a product

/// Counts answers that differ from the table.
class Limits {
 public:
  template <typename Value>
  void expect(const Value& got, const Value& table) {
    ++checked_;
    if (got != table) ++wrong_;
  }
  double wrong() const { return wrong_; }
  int checked() const { return checked_; }

 private:
  int wrong_ = 0, checked_ = 0;
};

TEST(FloodHazardValidation, EveryThresholdOfTheHazardClassesOnBothSides) {
  // Class, D.V in m²/s, D in m, V in m/s: AIDR Guideline 7-3, table 2.
  struct Row {
    int number;
    double product, depth, speed;
  };
  const std::array<Row, 5> table{
      {{1, 0.3, 0.3, 2}, {2, 0.6, 0.5, 2}, {3, 0.6, 1.2, 2}, {4, 1.0, 2.0, 2}, {5, 4.0, 4.0, 4}}};
  Limits limits;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Row& row = table[i];
    // What is past a limit of one class belongs to the first class that allows it.
    const auto next = [&](std::function<bool(const Row&)> allows) {
      for (std::size_t j = i + 1; j < table.size(); ++j) {
        if (allows(table[j])) return table[j].number;
      }
      return 6;
    };
    const double above = 1 + hair;
    // Still water at the depth limit, and past it.
    limits.expect(hazard_class(row.depth, 0), row.number);
    limits.expect(hazard_class(row.depth * above, 0),
                  next([&](const Row& r) { return row.depth * above <= r.depth; }));
    // A thin fast sheet at the speed limit belongs to the first class with that limit.
    const double thin = 0.01;
    const auto of_speed = [&](double speed) {
      for (const Row& r : table) {
        if (speed <= r.speed && thin * speed <= r.product) return r.number;
      }
      return 6;
    };
    limits.expect(hazard_class(thin, row.speed), of_speed(row.speed));
    limits.expect(hazard_class(thin, row.speed * above), of_speed(row.speed * above));
    // At the product limit with the depth at this class's own limit, and past it.
    const double speed = row.product / row.depth;
    limits.expect(hazard_class(row.depth, speed * at), row.number);
    limits.expect(hazard_class(row.depth, speed * above), next([&](const Row& r) {
                    return row.depth * speed * above <= r.product && speed * above <= r.speed;
                  }));
  }
  ASSERT_EQ(limits.checked(), 30);
  expect_at_most({"flood", "Hazard classes H1 to H6: thresholds on the wrong side (of 30 sides)",
                  "", "Smith, Davey and Cox 2014, Flood Hazard; AIDR 2017, Guideline 7-3, table 2"},
                 limits.wrong(), 0);
}

TEST(FloodHazardValidation, EveryThresholdOfTheHazardRatingOnBothSides) {
  Limits limits;
  const double above = 1 + hair;
  struct Row {
    DebrisSource source;
    double shallow, middle, deep;
  };
  // FD2321/TR1, table 3.1: depth to 0.25 m, to 0.75 m, deeper or faster than 2 m/s.
  for (const Row& row :
       {Row{DebrisSource::pasture, 0, 0, 0.5}, Row{DebrisSource::woodland, 0, 0.5, 1},
        Row{DebrisSource::urban, 0, 1, 1}, Row{DebrisSource::unknown, 0.5, 1, 1}}) {
    limits.expect(debris_factor(0.25, 1, row.source), row.shallow);
    limits.expect(debris_factor(0.25 * above, 1, row.source), row.middle);
    limits.expect(debris_factor(0.75, 1, row.source), row.middle);
    limits.expect(debris_factor(0.75 * above, 1, row.source), row.deep);
    limits.expect(debris_factor(0.5, 2, row.source), row.middle);
    limits.expect(debris_factor(0.5, 2 * above, row.source), row.deep);
  }
  using Class = HazardRatingClass;
  limits.expect(hazard_rating_class(0.75 * (1 - hair)), Class::low);
  limits.expect(hazard_rating_class(0.75), Class::moderate);
  limits.expect(hazard_rating_class(1.25 * (1 - hair)), Class::moderate);
  limits.expect(hazard_rating_class(1.25), Class::significant);
  limits.expect(hazard_rating_class(2.0), Class::significant);
  limits.expect(hazard_rating_class(2.0 * above), Class::extreme);
  ASSERT_EQ(limits.checked(), 30);
  expect_at_most(
      {"flood", "Hazard rating and debris factor: thresholds on the wrong side (of 30 sides)", "",
       "Defra and Environment Agency 2006, FD2321/TR1, table 3.1; FD2320/TR2; note of May 2008"},
      limits.wrong(), 0);
}

TEST(FloodHazardValidation, EveryThresholdOfPeopleOnBothSides) {
  using Hazard = PersonHazard;
  Limits limits;
  const double above = 1 + hair;
  const auto walks = [&](Traveller person, double product, double depth, Hazard below,
                         Hazard past) {
    limits.expect(person_hazard(person, depth, product / depth * at), below);
    limits.expect(person_hazard(person, depth, product / depth * above), past);
  };
  walks(Traveller::adult, 0.6, 0.6, Hazard::low, Hazard::moderate);
  walks(Traveller::adult, 0.8, 0.6, Hazard::moderate, Hazard::significant);
  walks(Traveller::adult, 1.2, 0.6, Hazard::significant, Hazard::extreme);
  walks(Traveller::child, 0.4, 0.4, Hazard::low, Hazard::significant);
  walks(Traveller::child, 0.6, 0.4, Hazard::significant, Hazard::extreme);
  for (const auto& [person, depth] :
       {std::pair{Traveller::adult, 1.2}, std::pair{Traveller::child, 0.5}}) {
    limits.expect(person_hazard(person, depth, 0), Hazard::low);
    limits.expect(person_hazard(person, depth * above, 0), Hazard::extreme);
    limits.expect(person_hazard(person, 0.1, 3), Hazard::low);
    limits.expect(person_hazard(person, 0.1, 3 * above), Hazard::extreme);
    limits.expect(passes(person, depth, 0), true);
    limits.expect(passes(person, depth * above, 0), false);
  }
  ASSERT_EQ(limits.checked(), 22);
  expect_at_most({"flood", "Stability of people: thresholds on the wrong side (of 22 sides)", "",
                  "Cox, Shand and Blacka 2010, ARR project 10, safety criteria for people"},
                 limits.wrong(), 0);
}

TEST(FloodHazardValidation, EveryThresholdOfVehiclesOnBothSides) {
  struct Row {
    Traveller vehicle;
    double still_m, fast_m, product;
  };
  // Still water, water at 3 m/s, D.V: Shand et al. 2011, table of draft interim criteria.
  Limits limits;
  const double above = 1 + hair;
  for (const Row& row :
       {Row{Traveller::small_car, 0.3, 0.1, 0.3}, Row{Traveller::large_car, 0.4, 0.15, 0.45},
        Row{Traveller::four_wheel_drive, 0.5, 0.2, 0.6}}) {
    limits.expect(passes(row.vehicle, row.still_m, 0), true);
    limits.expect(passes(row.vehicle, row.still_m * above, 0), false);
    limits.expect(passes(row.vehicle, row.fast_m * at, 3), true);
    limits.expect(passes(row.vehicle, row.fast_m * above, 3), false);
    limits.expect(passes(row.vehicle, 0.05, 3), true);
    limits.expect(passes(row.vehicle, 0.05, 3 * above), false);
    limits.expect(passes(row.vehicle, row.still_m, row.product / row.still_m * at), true);
    limits.expect(passes(row.vehicle, row.still_m, row.product / row.still_m * above), false);
  }
  ASSERT_EQ(limits.checked(), 24);
  expect_at_most(
      {"flood", "Stability of cars: thresholds on the wrong side (of 24 sides)", "",
       "Shand, Cox, Blacka and Smith 2011, ARR project 10, safety criteria for vehicles"},
      limits.wrong(), 0);

  Limits heads;
  heads.expect(passes(Traveller::lorry, 0.6, 0), true);
  heads.expect(passes(Traveller::lorry, 0.6 * above, 0), false);
  const double speed = std::sqrt(2 * gravity_mps2 * 0.3);
  heads.expect(passes(Traveller::lorry, 0.3, speed * at), true);
  heads.expect(passes(Traveller::lorry, 0.3, speed * above), false);
  ASSERT_EQ(heads.checked(), 4);
  expect_at_most(
      {"flood", "Total head of 0.6 m for heavy vehicles: wrong side (of 4 sides)", "",
       "Kramer, Terheiden and Wieprecht 2016, Int. J. Disaster Risk Reduction 17, 77-84"},
      heads.wrong(), 0);
}

}  // namespace
}  // namespace kontwin::flood
