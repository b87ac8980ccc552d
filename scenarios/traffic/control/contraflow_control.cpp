#include "scenarios/traffic/control/control.hpp"

namespace kontwin::traffic {

namespace {

constexpr Micros look_every = 5 * static_cast<Micros>(micros_per_second);
constexpr Micros look_again = static_cast<Micros>(micros_per_second);

/// Lanes change hands when they are empty: nobody meets anyone head-on. A queue that gets them
/// carries and holds more; individuals drive on them.
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
    }
    for (Pair& pair : pairs_) {
      if (scene.simulation.queues().is_micro(pair.to)) {
        scene.simulation.queues().borrow_lanes(pair.to, static_cast<std::uint32_t>(count_));
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
      if (scene.simulation.queues().are_empty(pair.from, pair.lanes)) {
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
      if (pair.state == State::kept) continue;
      if (pair.state == State::given) {
        widen(scene, pair.to, 0);
        const double drive_s =
            scene.network().length_m[pair.to] / scene.layers.base().speed_mps[pair.to];
        pair.free_at = scene.now() + to_micros(drive_s);
        pair.state = State::returning;
      }
      if (pair.state == State::returning && !are_free(scene, pair)) {
        next = std::min(next, std::max(pair.free_at, scene.now() + look_again));
        continue;
      }
      if (scene.simulation.queues().is_micro(pair.to)) {
        scene.simulation.queues().borrow_lanes(pair.to, 0);
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

  /// Whether nobody is left on the lanes that are to come back: a queue does not know who is where
  /// across the road, and takes the time of driving over it.
  bool are_free(const Scene& scene, const Pair& pair) const {
    if (!scene.simulation.queues().is_micro(pair.to)) return scene.now() >= pair.free_at;
    const std::uint32_t own = scene.network().lanes_of(pair.to);
    return scene.simulation.queues().are_empty(pair.to, ((1U << count_) - 1) << own);
  }
  static void widen(Scene& scene, std::uint32_t link, int by) {
    if (scene.simulation.queues().is_micro(link)) {
      scene.simulation.queues().open_borrowed(link, by > 0);
      return;
    }
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
