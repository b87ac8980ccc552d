#include "scenarios/evacuation/warning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "twin/random.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::uint64_t purpose = 204;

constexpr std::array<WarningDiffusion, warning_channel_count> channels_by_kind{
    {{"siren", 0.3, 0.2, 0.15, 0.9},
     {"sms", 0.85, 0.15, 0.1, 0.8},
     {"door_to_door", 0.2, 0.05, 0.08, 1.0},
     {"radio", 0.4, 0.05, 0.08, 0.6}}};

}  // namespace

double WarningDiffusion::heard(double minutes) const {
  if (!(minutes > 0)) return 0;
  const double broadcast = broadcast_share * broadcast_per_min;
  const double contagion = (1 - broadcast_share) * contagion_per_min;
  // Written with a falling exponential, which cannot overflow.
  const double left = std::exp(-(broadcast + contagion) * minutes);
  return reach * (1 - left) / (1 + contagion / broadcast * left);
}

double WarningDiffusion::minutes_until(double part) const {
  const double broadcast = broadcast_share * broadcast_per_min;
  const double contagion = (1 - broadcast_share) * contagion_per_min;
  return std::log((1 + part * contagion / broadcast) / (1 - part)) / (broadcast + contagion);
}

const WarningDiffusion& diffusion_of(WarningChannel channel) {
  return channels_by_kind[static_cast<std::size_t>(channel)];
}

std::optional<WarningChannel> find_channel(std::string_view id) {
  const auto found = std::ranges::find(channels_by_kind, id, &WarningDiffusion::id);
  if (found == channels_by_kind.end()) return std::nullopt;
  return static_cast<WarningChannel>(found - channels_by_kind.begin());
}

double hears_after_min(std::span<const WarningChannel> channels, std::uint64_t household,
                       std::uint64_t seed) {
  if (channels.empty()) return 0;
  double first = std::numeric_limits<double>::infinity();
  for (const WarningChannel channel : channels) {
    RandomStream random(seed, household, purpose + 16 * static_cast<std::uint64_t>(channel));
    const WarningDiffusion& spreads = diffusion_of(channel);
    if (random.uniform() >= spreads.reach) continue;
    first = std::min(first, spreads.minutes_until(random.uniform()));
  }
  return first;
}

}  // namespace kontwin::evacuation
