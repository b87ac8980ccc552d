#include "scenarios/traffic/outputs/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "twin/random.hpp"

namespace kontwin::traffic::testing {
namespace {

TEST(PairedDifferences, AreStudentsOnHisOwnExample) {
  // Student 1908, The probable error of a mean: hours of sleep gained by ten patients with two
  // drugs; mean difference 1.58, standard error 0.389, t 4.06, p 0.0028.
  const std::vector<double> a{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> b{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  const PairedDifference found = paired_difference(a, b);
  EXPECT_EQ(found.pairs, 10U);
  EXPECT_NEAR(found.difference, 1.58, 1e-12);
  EXPECT_NEAR(found.p, 0.002833, 1e-6);
  EXPECT_NEAR(found.half_width, 2.262157 * 0.388955, 1e-4);
  EXPECT_TRUE(found.significant);
}

TEST(PairedDifferences, OfOnePairHaveNoInterval) {
  const std::vector<double> a{1}, b{3};
  const PairedDifference found = paired_difference(a, b);
  EXPECT_EQ(found.difference, 2);
  EXPECT_TRUE(std::isinf(found.half_width));
  EXPECT_FALSE(found.significant);
}

TEST(PairedDifferences, WithoutSpreadAreCertain) {
  const std::vector<double> a{1, 2, 3}, b{2, 3, 4};
  EXPECT_EQ(paired_difference(a, b).p, 0);
  EXPECT_EQ(paired_difference(a, b).half_width, 0);
  EXPECT_TRUE(paired_difference(a, b).significant);
  EXPECT_EQ(paired_difference(a, a).p, 1);
  EXPECT_FALSE(paired_difference(a, a).significant);
}

TEST(PairedDifferences, LeaveOutPairsThatLackAValue) {
  const std::vector<double> a{1, NAN, 3}, b{2, 3, 4.5};
  EXPECT_EQ(paired_difference(a, b).pairs, 2U);
  EXPECT_NEAR(paired_difference(a, b).difference, 1.25, 1e-12);
}

TEST(FalseDiscoveries, AreThoseOfTheExampleOfBenjaminiAndHochberg) {
  // Benjamini and Hochberg 1995, section 4.1: of 15 values at the rate 0.05 the first four.
  const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                              0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
  std::vector<PairedDifference> all(p.size());
  std::vector<PairedDifference*> list;
  for (std::size_t i = 0; i < p.size(); ++i) {
    all[i].p = p[i];
    list.push_back(&all[i]);
  }
  control_false_discoveries(list, 0.05);
  for (std::size_t i = 0; i < p.size(); ++i) EXPECT_EQ(all[i].significant, i < 4) << i;
  EXPECT_NEAR(all[0].q, 0.0015, 1e-12);
}

TEST(FalseDiscoveries, AreRareAmongManyComparisonsOfNothing) {
  std::size_t raw = 0, controlled = 0;
  std::vector<PairedDifference> all;
  for (std::uint64_t link = 0; link < 1000; ++link) {
    RandomStream random(3, link);
    std::vector<double> a, b;
    for (int seed = 0; seed < 8; ++seed) {
      a.push_back(random.normal());
      b.push_back(random.normal());
    }
    all.push_back(paired_difference(a, b));
    raw += all.back().significant ? 1 : 0;
  }
  std::vector<PairedDifference*> list;
  for (PairedDifference& one : all) list.push_back(&one);
  control_false_discoveries(list);
  for (const PairedDifference& one : all) controlled += one.significant ? 1 : 0;
  EXPECT_GT(raw, 25U);
  EXPECT_LE(controlled, 1U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
