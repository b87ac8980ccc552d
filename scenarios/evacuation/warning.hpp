#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kontwin::evacuation {

/// How a warning reaches people.
enum class WarningChannel : std::uint8_t { siren, sms, door_to_door, radio };
inline constexpr std::size_t warning_channel_count = 4;

/// How a warning spreads by one channel: dn/dt = (k a1 + (1 - k) a2 n) (1 - n), n being the share
/// of those it can reach who have heard of it. A part k hears it from the channel itself, the
/// others from each other: Rogers and Sorensen 1988, Diffusion of emergency warnings, The
/// Environmental Professional 10; 1991, Diffusion of emergency warning: comparing empirical and
/// simulation results (Oak Ridge National Laboratory).
struct WarningDiffusion {
  std::string_view id;       ///< `siren`
  double broadcast_share;    ///< k, above 0 to 1
  double broadcast_per_min;  ///< a1, above 0
  double contagion_per_min;  ///< a2, 0 or more
  double reach;              ///< share of the households that the channel can reach at all

  /// The share of all households that have heard of it, minutes after it was issued.
  double heard(double minutes) const;
  /// The moment, minutes after it was issued, when the share `part` of those it can reach has heard
  /// of it; 0 <= part < 1. The inverse of heard().
  double minutes_until(double part) const;
};

/// The numbers of a channel. The equation is published; these rates are set so that it meets what
/// the authors conclude from their own: a single technology warns nearly all within an hour,
/// telephones do within half an hour; a siren alone says little, and much of it comes by word of
/// mouth. docs/evacuation.md says what each rests on.
const WarningDiffusion& diffusion_of(WarningChannel channel);
std::optional<WarningChannel> find_channel(std::string_view id);

/// Minutes after the warning was issued until a household hears of it by the first of the channels
/// that reach it; infinite where none does; 0 without channels. Drawn from a stream of its own.
double hears_after_min(std::span<const WarningChannel> channels, std::uint64_t household,
                       std::uint64_t seed);

}  // namespace kontwin::evacuation
