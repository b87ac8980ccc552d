#include "scenarios/traffic/road_rain.hpp"

#include <cmath>

#include "scenarios/traffic/control/weather_effects.hpp"

namespace kontwin::traffic {

RoadRain::RoadRain(const World& world, const Forcing& forcing, const Network& network,
                   LinkLayers& layers)
    : field_(world, forcing), owner_(layers.new_owner()) {
  if (field_.dry()) return;
  links_.resize(field_.series_count());
  mmph_.assign(field_.series_count(), 0);
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const auto shape = network.shape_of(link);
    const LocalPoint middle = point_along(shape, length_m(shape) / 2);
    links_[field_.series_at(middle)].push_back(link);
  }
}

void RoadRain::update(Instant from, Instant to, LinkLayers& layers) {
  for (std::uint32_t series = 0; series < links_.size(); ++series) {
    const long mmph = std::lround(field_.mean_mmph(series, from, to));
    if (mmph == mmph_[series]) continue;
    mmph_[series] = mmph;
    const RainEffects effects = rain_effects(static_cast<double>(mmph));
    LinkLayer layer;
    layer.speed_factor = effects.speed;
    layer.capacity_factor = effects.capacity;
    for (const std::uint32_t link : links_[series]) {
      if (mmph > 0) {
        layers.set(owner_, link, layer);
      } else {
        layers.clear(owner_, link);
      }
    }
  }
}

}  // namespace kontwin::traffic
