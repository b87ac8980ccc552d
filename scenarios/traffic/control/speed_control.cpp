#include <algorithm>
#include <cmath>

#include "scenarios/traffic/control/control.hpp"

namespace kontwin::traffic {

namespace {

/// A limit that stands always, or while what is watched is dense or busy.
class SpeedLimitControl final : public Control {
 public:
  explicit SpeedLimitControl(SpeedControl measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<SpeedLimitControl>(*this);
  }
  bool counts() const override { return !std::isnan(measure_.above_flow_vph); }

  void begin(Scene& scene) override {
    if (measure_.watched.empty()) show(scene);
    counted_at_ = scene.now();
    if (counts()) count(scene);
  }

  Micros look(Scene& scene) override {
    if (measure_.watched.empty()) return never;
    const Micros every = to_micros(measure_.every_s);
    if (scene.now() >= counted_at_ + every) {
      const double load = highest_load(scene);
      if (!shown_ && load > 1) show(scene);
      if (shown_ && load < measure_.off_share) {
        scene.layers.clear(scene.owner);
        shown_ = false;
      }
      counted_at_ = scene.now();
      if (counts()) count(scene);
    }
    return counted_at_ + every;
  }

 private:
  void show(Scene& scene) {
    LinkLayer layer;
    layer.speed_mps = measure_.speed_mps;
    for (const std::uint32_t link : measure_.roads) scene.layers.set(scene.owner, link, layer);
    shown_ = true;
  }
  void count(const Scene& scene) {
    before_.clear();
    for (const std::uint32_t link : measure_.watched) before_.push_back(scene.exits_of(link));
  }
  /// The highest density or flow on a watched link, as a share of what sets the limit.
  double highest_load(const Scene& scene) const {
    const Network& network = scene.network();
    double highest = 0;
    for (std::size_t i = 0; i < measure_.watched.size(); ++i) {
      const std::uint32_t link = measure_.watched[i];
      const double lane_km = network.length_m[link] / 1000 * network.lanes_of(link);
      const double density = scene.simulation.queues().count(link) / lane_km;
      if (!std::isnan(measure_.above_density_vpkm)) {
        highest = std::max(highest, density / measure_.above_density_vpkm);
      }
      if (counts()) {
        const auto passed = static_cast<double>(scene.exits_of(link) - before_[i]);
        const double flow_vph = passed * 3600 / seconds(scene.now() - counted_at_);
        highest = std::max(highest, flow_vph / measure_.above_flow_vph);
      }
    }
    return highest;
  }

  SpeedControl measure_;
  bool shown_ = false;
  Micros counted_at_ = 0;
  std::vector<std::uint64_t> before_;  // [watched]
};

}  // namespace

std::unique_ptr<Control> make_control(const SpeedControl& measure) {
  return std::make_unique<SpeedLimitControl>(measure);
}

}  // namespace kontwin::traffic
