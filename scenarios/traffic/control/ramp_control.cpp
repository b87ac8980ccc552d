#include <algorithm>
#include <cmath>

#include "scenarios/traffic/control/control.hpp"
#include "scenarios/traffic/control/ramp_rules.hpp"

namespace kontwin::traffic {

double alinea_vph(double last_vph, double gain_vph, double wished_occupancy, double occupancy) {
  return last_vph + gain_vph * (wished_occupancy - occupancy);
}

double override_vph(double queue, double longest, double arrived, double interval_s) {
  return (queue + arrived - longest) * 3600 / interval_s;
}

namespace {

class RampMeterControl final : public Control {
 public:
  explicit RampMeterControl(RampMeter measure) : measure_(measure) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<RampMeterControl>(*this);
  }
  bool counts() const override { return true; }

  void begin(Scene& scene) override {
    const Network& network = scene.network();
    if (network.to[measure_.ramp] != network.from[measure_.main_road]) {
      refuse(network, measure_.ramp,
             "does not lead to link " + network.link_id[measure_.main_road]);
    }
    if (std::isnan(measure_.occupancy_share)) {
      // At capacity: vehicles a metre at free speed, of those that would stand on it.
      const double vehicles_pm = network.lane_capacity_pcph[measure_.main_road] / 3600 /
                                 network.free_speed_mps[measure_.main_road];
      measure_.occupancy_share = vehicles_pm * jam_spacing_m;
    }
    rate_vph_ = released_vph_ = measure_.most_vph;
    started_at_ = scene.now();
    exits_ = scene.exits_of(measure_.ramp);
    queue_ = scene.simulation.queues().count(measure_.ramp);
    set(scene);
  }

  Micros look(Scene& scene) override {
    const Micros every = to_micros(measure_.every_s);
    if (scene.now() < started_at_ + every) return started_at_ + every;
    const LaneQueues& queues = scene.simulation.queues();
    const double queue = queues.count(measure_.ramp);
    const std::uint64_t exits = scene.exits_of(measure_.ramp);
    const double arrived = queue - queue_ + static_cast<double>(exits - exits_);
    const double longest = measure_.queue_share * room(scene.network(), measure_.ramp);
    const double main_share =
        taken(scene, measure_.main_road) / room(scene.network(), measure_.main_road);
    rate_vph_ =
        std::clamp(alinea_vph(rate_vph_, measure_.gain_vph, measure_.occupancy_share, main_share),
                   measure_.least_vph, measure_.most_vph);
    // What the override lets go does not wind up the controller.
    released_vph_ =
        std::clamp(std::max(rate_vph_, override_vph(queue, longest, arrived, measure_.every_s)),
                   measure_.least_vph, measure_.most_vph);
    queue_ = queue;
    exits_ = exits;
    started_at_ = scene.now();
    set(scene);
    return started_at_ + every;
  }

 private:
  /// Cars that fit on a link.
  static double room(const Network& network, std::uint32_t link) {
    return network.length_m[link] / jam_spacing_m * network.lanes_of(link);
  }
  /// Cars that vehicles on a link take the room of.
  static double taken(const Scene& scene, std::uint32_t link) {
    const LaneQueues& queues = scene.simulation.queues();
    double cars = 0;
    for (std::uint32_t lane = scene.network().lane_begin[link];
         lane < scene.network().lane_begin[link + 1]; ++lane) {
      queues.for_each_in(queues.lane(lane),
                         [&](std::uint32_t slot) { cars += queues.vehicle(slot).room / 100.0; });
    }
    return cars;
  }
  void set(Scene& scene) {
    LinkLayer layer;
    layer.exit_pcph = released_vph_ / scene.network().lanes_of(measure_.ramp);
    scene.layers.set(scene.owner, measure_.ramp, layer);
  }

  RampMeter measure_;
  double rate_vph_ = 0, released_vph_ = 0;
  Micros started_at_ = 0;
  double queue_ = 0;
  std::uint64_t exits_ = 0;
};

}  // namespace

std::unique_ptr<Control> make_control(const RampMeter& measure) {
  return std::make_unique<RampMeterControl>(measure);
}

}  // namespace kontwin::traffic
