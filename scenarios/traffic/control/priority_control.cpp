#include <algorithm>
#include <map>

#include "scenarios/traffic/control/control.hpp"

namespace kontwin::traffic {

namespace {

constexpr Micros look_every = 1'000'000;
/// Yellow and red for all before the ambulance's green, and after it.
constexpr Micros change = 4'000'000;
/// An ambulance that does not get through in this time lets the others go for as long.
constexpr Micros longest_hold = 120'000'000;
/// Links that a signal looks back along.
constexpr std::size_t links_ahead = 4;

class PriorityControl final : public Control {
 public:
  explicit PriorityControl(AmbulancePriority measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<PriorityControl>(*this);
  }

  void begin(Scene& scene) override {
    if (measure_.signals.empty()) {
      for (std::uint32_t row = 0; row < scene.network().signals.size(); ++row) {
        measure_.signals.push_back(row);
      }
    }
    std::ranges::sort(measure_.signals);
    if (measure_.yield) scene.simulation.set_ambulances_first(true);
  }

  Micros look(Scene& scene) override {
    Simulation& simulation = scene.simulation;
    const Micros now = scene.now();
    const std::map<std::uint32_t, std::uint32_t> wanted = wishes(scene);
    SignalPlans& plans = simulation.queues().signals();
    for (auto held = holds_.begin(); held != holds_.end();) {
      auto& [row, hold] = *held;
      const auto wish = wanted.find(row);
      const bool still = wish != wanted.end() && wish->second == hold.link;
      if (hold.link != no_row && (!still || now - hold.since >= longest_hold)) {
        if (still) rests_until_[row] = now + longest_hold;
        // Red for all, then back to its plan.
        hold = {no_row, now};
        plans.hold(row, no_row, now, now + change);
        simulation.queues().look_again(row, now);
      } else if (hold.link == no_row && now - hold.since >= change) {
        plans.release(row, now);
        simulation.queues().look_again(row, now);
        held = holds_.erase(held);
        continue;
      }
      ++held;
    }
    for (const auto& [row, link] : wanted) {
      if (holds_.contains(row) || !plans.working(row)) continue;
      if (const auto rests = rests_until_.find(row); rests != rests_until_.end()) {
        if (now < rests->second) continue;
        rests_until_.erase(rests);
      }
      holds_[row] = {link, now};
      plans.hold(row, link, now, now + change);
      simulation.queues().look_again(row, now);
    }
    const bool busy = !holds_.empty() || !simulation.ambulances().empty();
    return busy ? now + look_every : now;
  }

  Micros end(Scene& scene) override {
    for (const auto& [row, hold] : holds_) {
      scene.simulation.queues().signals().release(row, scene.now());
      scene.simulation.queues().look_again(row, scene.now());
    }
    holds_.clear();
    if (measure_.yield) scene.simulation.set_ambulances_first(false);
    return Control::end(scene);
  }

 private:
  struct Hold {
    std::uint32_t link;  // that has green, or no_row while it changes back
    Micros since;
  };

  /// The link that each signal should let go, by the ambulance that comes to it first.
  std::map<std::uint32_t, std::uint32_t> wishes(const Scene& scene) const {
    const Network& network = scene.network();
    struct Wish {
      Micros at;
      std::uint64_t number;
      std::uint32_t link;
    };
    std::map<std::uint32_t, Wish> first;
    const Micros horizon = scene.now() + to_micros(measure_.lead_s);
    for (const std::uint32_t slot : scene.simulation.ambulances()) {
      const Vehicle& vehicle = scene.simulation.queues().vehicle(slot);
      if (vehicle.turn >= network.turns()) continue;
      Micros at = std::max(vehicle.ready, scene.now());
      std::uint32_t link = network.turn_from[vehicle.turn];
      const auto ahead = scene.simulation.guides().links_ahead(vehicle, links_ahead);
      for (const std::uint32_t next : ahead) {
        if (at > horizon) break;
        const std::uint32_t turn = network.find_turn(link, next);
        const std::uint32_t row = network.turn_signal[turn];
        if (row != no_row && std::ranges::binary_search(measure_.signals, row)) {
          const Wish wish{at, scene.simulation.driver(slot).number, link};
          const auto [place, added] = first.try_emplace(row, wish);
          if (!added &&
              std::pair(wish.at, wish.number) < std::pair(place->second.at, place->second.number)) {
            place->second = wish;
          }
        }
        const double limit = network.free_speed_mps[next];
        const double speed = std::min(limit, static_cast<double>(vehicle.top_speed_mps));
        at += to_micros(network.length_m[next] / speed);
        link = next;
      }
    }
    std::map<std::uint32_t, std::uint32_t> links;
    for (const auto& [row, wish] : first) links[row] = wish.link;
    // One that is on its way through keeps its green before one that comes from elsewhere.
    return links;
  }

  AmbulancePriority measure_;
  std::map<std::uint32_t, Hold> holds_;          // by signal
  std::map<std::uint32_t, Micros> rests_until_;  // by signal
};

}  // namespace

std::unique_ptr<Control> make_control(const AmbulancePriority& measure) {
  return std::make_unique<PriorityControl>(measure);
}

}  // namespace kontwin::traffic
