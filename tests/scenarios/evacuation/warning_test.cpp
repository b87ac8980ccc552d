#include "scenarios/evacuation/warning.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace kontwin::evacuation {
namespace {

constexpr std::array all_channels{WarningChannel::siren, WarningChannel::sms,
                                  WarningChannel::door_to_door, WarningChannel::radio};

TEST(Warning, SpreadsAsTheEquationOfRogersAndSorensenSays) {
  for (const WarningChannel channel : all_channels) {
    const WarningDiffusion& one = diffusion_of(channel);
    // dn/dt = (k a1 + (1 - k) a2 n) (1 - n), in small steps by the midpoint rule.
    double n = 0;
    const double step = 0.01;
    const auto rate = [&one](double share) {
      return (one.broadcast_share * one.broadcast_per_min +
              (1 - one.broadcast_share) * one.contagion_per_min * share) *
             (1 - share);
    };
    for (int i = 1; i <= 6000; ++i) {
      n += step * rate(n + 0.5 * step * rate(n));
      if (i % 1000 == 0) {
        EXPECT_NEAR(one.heard(i * step), one.reach * n, 1e-5);
      }
    }
  }
}

TEST(Warning, IsHeardAtTheMomentWhenTheCurveSaysSo) {
  for (const WarningChannel channel : all_channels) {
    const WarningDiffusion& one = diffusion_of(channel);
    EXPECT_EQ(one.heard(0), 0);
    EXPECT_NEAR(one.heard(1e6), one.reach, 1e-12);
    for (const double part : {0.0, 0.1, 0.5, 0.99}) {
      EXPECT_NEAR(one.heard(one.minutes_until(part)), one.reach * part, 1e-9);
    }
  }
}

// Rogers and Sorensen: telephones cover in half an hour what other single technologies cover in
// one.
TEST(Warning, OfASirenIsThroughInAnHourAndOfATelephoneInHalfOfIt) {
  const WarningDiffusion& siren = diffusion_of(WarningChannel::siren);
  const WarningDiffusion& sms = diffusion_of(WarningChannel::sms);
  EXPECT_GT(siren.heard(60), 0.95 * siren.reach);
  EXPECT_GT(sms.heard(30), 0.95 * sms.reach);
  // Going from door to door takes its time.
  EXPECT_LT(diffusion_of(WarningChannel::door_to_door).heard(30), 0.6);
}

TEST(Warning, ReachesEachHouseholdByItsOwnStreamAndAllByTheCurve) {
  const std::array siren{WarningChannel::siren};
  const std::array both{WarningChannel::siren, WarningChannel::sms};
  int by_ten = 0;
  int never = 0;
  int never_by_both = 0;
  constexpr int households = 20000;
  for (int i = 0; i < households; ++i) {
    const double one = hears_after_min(siren, static_cast<std::uint64_t>(i), 5);
    const double two = hears_after_min(both, static_cast<std::uint64_t>(i), 5);
    EXPECT_LE(two, one);
    by_ten += one <= 10 ? 1 : 0;
    never += std::isinf(one) ? 1 : 0;
    never_by_both += std::isinf(two) ? 1 : 0;
  }
  EXPECT_NEAR(by_ten, households * diffusion_of(WarningChannel::siren).heard(10), 300);
  EXPECT_NEAR(never, households * 0.1, 200);
  EXPECT_NEAR(never_by_both, households * 0.1 * 0.2, 100);
  EXPECT_EQ(hears_after_min({}, 3, 5), 0);
}

TEST(Warning, ChannelsAreKnownByTheirNames) {
  for (const WarningChannel channel : all_channels) {
    EXPECT_EQ(find_channel(diffusion_of(channel).id), channel);
  }
  EXPECT_FALSE(find_channel("smoke"));
}

}  // namespace
}  // namespace kontwin::evacuation
