// Measures that give and take lanes: bus lanes, narrowed roads, incidents, one-way roads.
#include <bit>
#include <cmath>

#include "scenarios/traffic/control/control.hpp"
#include "scenarios/traffic/control/incident_capacity.hpp"

namespace kontwin::traffic {

namespace {

std::uint32_t all_lanes(const Network& network, std::uint32_t link) {
  return (1U << network.lanes_of(link)) - 1;
}

class BusLaneControl final : public Control {
 public:
  explicit BusLaneControl(BusLane measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<BusLaneControl>(*this);
  }
  void begin(Scene& scene) override {
    for (const std::uint32_t link : measure_.roads) {
      LinkLayer layer;
      layer.lanes = lanes_from(scene.network(), link, measure_.lanes, measure_.inner);
      layer.lane_kinds = measure_.kinds;
      const bool others = (scene.network().allowed[link] & ~unsigned{measure_.kinds}) != 0;
      if (others && layer.lanes == all_lanes(scene.network(), link)) {
        refuse(scene.network(), link, "would keep no lane for those who may not use the bus lane");
      }
      scene.layers.set(scene.owner, link, layer);
    }
  }

 private:
  BusLane measure_;
};

class NarrowRoadControl final : public Control {
 public:
  explicit NarrowRoadControl(NarrowRoad measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<NarrowRoadControl>(*this);
  }
  void begin(Scene& scene) override {
    for (const std::uint32_t link : measure_.roads) {
      LinkLayer layer;
      layer.lanes = lanes_from(scene.network(), link, measure_.lanes, measure_.inner);
      layer.lane_kinds = 0;
      if (layer.lanes == all_lanes(scene.network(), link)) {
        refuse(scene.network(), link, "would keep no lane; close it instead");
      }
      if (!std::isnan(measure_.speed_mps)) layer.speed_mps = measure_.speed_mps;
      scene.layers.set(scene.owner, link, layer);
    }
  }

 private:
  NarrowRoad measure_;
};

class IncidentControl final : public Control {
 public:
  explicit IncidentControl(Incident measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<IncidentControl>(*this);
  }
  void begin(Scene& scene) override {
    for (const std::uint32_t link : measure_.roads) {
      const Network& network = scene.network();
      LinkLayer layer;
      layer.lanes = lanes_from(network, link, measure_.lanes, measure_.inner);
      layer.lane_kinds = 0;
      const auto lanes = static_cast<int>(network.lanes_of(link));
      if (measure_.lanes == lanes) {
        layer.blocked = all_vehicles;
      } else {
        const double left = std::isnan(measure_.capacity_factor)
                                ? incident_capacity(lanes, measure_.lanes)
                                : measure_.capacity_factor;
        layer.capacity_factor = left * lanes / (lanes - measure_.lanes);
      }
      scene.layers.set(scene.owner, link, layer);
    }
  }

 private:
  Incident measure_;
};

class OneWayControl final : public Control {
 public:
  explicit OneWayControl(OneWay measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override { return std::make_unique<OneWayControl>(*this); }
  void begin(Scene& scene) override {
    for (const std::uint32_t link : measure_.roads) {
      const std::uint32_t back = scene.network().opposite[link];
      if (back == no_row) refuse(scene.network(), link, "has no link back: it is one-way already");
      LinkLayer layer;
      layer.may_enter = 0;
      scene.layers.set(scene.owner, back, layer);
    }
  }

 private:
  OneWay measure_;
};

}  // namespace

std::unique_ptr<Control> make_control(const BusLane& measure) {
  return std::make_unique<BusLaneControl>(measure);
}
std::unique_ptr<Control> make_control(const NarrowRoad& measure) {
  return std::make_unique<NarrowRoadControl>(measure);
}
std::unique_ptr<Control> make_control(const Incident& measure) {
  return std::make_unique<IncidentControl>(measure);
}
std::unique_ptr<Control> make_control(const OneWay& measure) {
  return std::make_unique<OneWayControl>(measure);
}

}  // namespace kontwin::traffic
