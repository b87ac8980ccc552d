#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/traffic/link_layers.hpp"
#include "scenarios/traffic/simulation.hpp"
#include "twin/traffic_measure.hpp"

namespace kontwin::traffic {

/// What a measure sees and works on.
struct Scene {
  Simulation& simulation;
  LinkLayers& layers;
  std::uint32_t owner;  ///< of its layers
  /// Vehicles that left each lane since the start, where someone asked for it. [lane]
  const std::vector<std::uint64_t>& exits;
  /// The capacity they took, in hundredths of a car's. [lane]
  const std::vector<std::uint64_t>& cars;

  const Network& network() const { return simulation.network(); }
  Micros now() const { return simulation.now(); }
  std::uint64_t exits_of(std::uint32_t link) const;
};

/// A measure in force. Called between two runs of a simulation.
class Control {
 public:
  Control() = default;
  Control(const Control&) = default;
  Control& operator=(const Control&) = delete;
  virtual ~Control() = default;

  virtual std::unique_ptr<Control> clone() const = 0;
  /// Takes effect. Throws ScenarioError where the network does not allow it.
  virtual void begin(Scene& scene) = 0;
  /// Looks at the traffic and acts on it; the moment when it wants to look again. A moment that is
  /// not after now means the start of the next run.
  virtual Micros look(Scene& scene);
  /// Gives back what it took; `never` when that is done, else the moment to be called again.
  virtual Micros end(Scene& scene);
  /// Whether it needs Scene::exits and cars.
  virtual bool counts() const { return false; }
};

/// Names what a measure cannot do.
[[noreturn]] void refuse(const Network& network, std::uint32_t link, const std::string& why);

/// The bits of `count` lanes of a link, from its edge or from the middle of the road. Throws
/// ScenarioError when it has fewer.
std::uint32_t lanes_from(const Network& network, std::uint32_t link, int count, bool inner);

std::unique_ptr<Control> make_control(const BusLane& measure);
std::unique_ptr<Control> make_control(const NarrowRoad& measure);
std::unique_ptr<Control> make_control(const Incident& measure);
std::unique_ptr<Control> make_control(const Contraflow& measure);
std::unique_ptr<Control> make_control(const OneWay& measure);
std::unique_ptr<Control> make_control(const SpeedControl& measure);
std::unique_ptr<Control> make_control(const RampMeter& measure);
std::unique_ptr<Control> make_control(const Weather& measure);
std::unique_ptr<Control> make_control(const SignalControl& measure);
std::unique_ptr<Control> make_control(const AmbulancePriority& measure);
std::unique_ptr<Control> make_control(const ParkingSearch& measure);

}  // namespace kontwin::traffic
