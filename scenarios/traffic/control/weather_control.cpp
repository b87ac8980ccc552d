#include "scenarios/traffic/control/control.hpp"
#include "scenarios/traffic/control/weather_effects.hpp"
#include "scenarios/traffic/water_rules.hpp"

namespace kontwin::traffic {

namespace {

class WeatherControl final : public Control {
 public:
  explicit WeatherControl(Weather measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<WeatherControl>(*this);
  }
  void begin(Scene& scene) override {
    LinkLayer layer;
    const RainEffects rain = rain_effects(measure_.rain_mmph);
    layer.speed_factor = rain.speed;
    layer.capacity_factor = rain.capacity;
    if (measure_.water_m > 0) {
      layer.speed_mps = flooded_speed_mps(measure_.water_m);
      layer.blocked = too_deep_for(measure_.water_m);
    }
    if (measure_.roads.empty()) {
      for (std::uint32_t link = 0; link < scene.network().links(); ++link) {
        scene.layers.set(scene.owner, link, layer);
      }
    }
    for (const std::uint32_t link : measure_.roads) scene.layers.set(scene.owner, link, layer);
  }

 private:
  Weather measure_;
};

}  // namespace

std::unique_ptr<Control> make_control(const Weather& measure) {
  return std::make_unique<WeatherControl>(measure);
}

}  // namespace kontwin::traffic
