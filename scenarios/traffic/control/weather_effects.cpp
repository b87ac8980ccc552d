#include "scenarios/traffic/control/weather_effects.hpp"

#include <algorithm>

namespace kontwin::traffic {

RainEffects rain_effects(double mmph) {
  if (!(mmph > 0)) return {};
  constexpr double least_loss = 0.028, most_loss = 0.075, most_at_mmph = 16;
  RainEffects effects;
  effects.speed =
      1 - std::min(most_loss, least_loss + (most_loss - least_loss) * mmph / most_at_mmph);
  effects.capacity = mmph <= 2.54 ? 1 - 0.0201 : mmph <= 6.35 ? 1 - 0.0724 : 1 - 0.1413;
  return effects;
}

}  // namespace kontwin::traffic
