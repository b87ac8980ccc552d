#include "scenarios/traffic/control/control.hpp"

namespace kontwin::traffic {

namespace {

constexpr Micros look_every = 5 * static_cast<Micros>(micros_per_second);

/// Lanes change hands when they are empty: nobody meets anyone head-on.
class ContraflowControl final : public Control {
 public:
  explicit ContraflowControl(const Contraflow& measure) {
    for (const std::uint32_t link : measure.roads) pairs_.push_back({link, no_row, 0, State::kept});
    count_ = measure.lanes;
  }
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<ContraflowControl>(*this);
  }

  void begin(Scene& scene) override {
    const Network& network = scene.network();
    for (Pair& pair : pairs_) {
      pair.to = network.opposite[pair.from];
      if (pair.to == no_row) refuse(network, pair.from, "has no link back to give lanes to");
      pair.lanes = lanes_from(network, pair.from, count_, true);
      if ((scene.layers.closed_lanes(pair.from, scene.owner) & pair.lanes) != 0) {
        refuse(network, pair.from, "has another measure on the lanes that contraflow takes");
      }
      if (scene.layers.base().may_enter[pair.to] == 0) {
        refuse(network, pair.to, "is closed: contraflow would lead nobody over it");
      }
      LinkLayer layer;
      layer.lanes = pair.lanes;
      layer.lane_kinds = 0;
      scene.layers.set(scene.owner, pair.from, layer);
      pair.state = State::emptying;
    }
  }

  Micros look(Scene& scene) override {
    Micros next = never;
    for (Pair& pair : pairs_) {
      if (pair.state != State::emptying) continue;
      if (is_empty(scene, pair)) {
        widen(scene, pair.to, count_);
        pair.state = State::given;
      } else {
        next = scene.now() + look_every;
      }
    }
    return next;
  }

  Micros end(Scene& scene) override {
    Micros next = never;
    for (Pair& pair : pairs_) {
      if (pair.state == State::given) {
        widen(scene, pair.to, 0);
        const double drive_s =
            scene.network().length_m[pair.to] / scene.layers.base().speed_mps[pair.to];
        pair.free_at = scene.now() + to_micros(drive_s);
        pair.state = State::returning;
      }
      if (pair.state == State::returning && scene.now() < pair.free_at) {
        next = std::min(next, pair.free_at);
        continue;
      }
      scene.layers.clear(scene.owner, pair.from);
      pair.state = State::kept;
    }
    return next;
  }

 private:
  enum class State : std::uint8_t { kept, emptying, given, returning };
  struct Pair {
    std::uint32_t from, to;
    std::uint32_t lanes;
    State state;
    Micros free_at = 0;
  };

  static bool is_empty(const Scene& scene, const Pair& pair) {
    const std::uint32_t first = scene.network().lane_begin[pair.from];
    for (std::uint32_t lane = 0; lane < scene.network().lanes_of(pair.from); ++lane) {
      if (((pair.lanes >> lane) & 1U) != 0 && !scene.simulation.queues().lane(first + lane).empty())
        return false;
    }
    return true;
  }
  static void widen(Scene& scene, std::uint32_t link, int by) {
    const auto lanes = static_cast<double>(scene.network().lanes_of(link));
    const double share = (lanes + by) / lanes;
    if (by == 0) {
      scene.layers.clear(scene.owner, link);
    } else {
      LinkLayer layer;
      layer.capacity_factor = share;
      scene.layers.set(scene.owner, link, layer);
    }
    scene.simulation.queues().set_room(link, share);
  }

  int count_ = 1;
  std::vector<Pair> pairs_;
};

}  // namespace

std::unique_ptr<Control> make_control(const Contraflow& measure) {
  return std::make_unique<ContraflowControl>(measure);
}

}  // namespace kontwin::traffic
