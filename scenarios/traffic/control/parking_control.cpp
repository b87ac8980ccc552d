#include "scenarios/traffic/control/control.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// How long a driver takes at a full site before it drives on, at most.
constexpr Micros look_every = 15'000'000;

class ParkingControl final : public Control {
 public:
  explicit ParkingControl(ParkingSearch measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<ParkingControl>(*this);
  }
  void begin(Scene& scene) override {
    for (const ParkingSite& site : measure_.sites) {
      if (site.junction >= scene.network().junctions()) {
        throw ScenarioError("a parking site is at a junction that is not there");
      }
    }
    if (scene.simulation.parking() != nullptr) {
      throw ScenarioError("parking is managed by another measure already");
    }
    scene.simulation.set_parking(ParkingBook(scene.network(), measure_, scene.now()));
  }
  Micros look(Scene& scene) override {
    if (scene.simulation.parking()->searching() > 0) scene.simulation.look_for_ways();
    return scene.now() + look_every;
  }
  Micros end(Scene& scene) override {
    scene.simulation.set_parking(std::nullopt);
    return Control::end(scene);
  }

 private:
  ParkingSearch measure_;
};

}  // namespace

std::unique_ptr<Control> make_control(const ParkingSearch& measure) {
  return std::make_unique<ParkingControl>(measure);
}

}  // namespace kontwin::traffic
