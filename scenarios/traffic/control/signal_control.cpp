#include <algorithm>
#include <bit>
#include <cmath>

#include "scenarios/traffic/control/control.hpp"
#include "scenarios/traffic/control/signal_stages.hpp"
#include "scenarios/traffic/control/webster.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr double least_green_s = 7;

class SignalPlanControl final : public Control {
 public:
  explicit SignalPlanControl(SignalControl measure) : measure_(std::move(measure)) {}
  std::unique_ptr<Control> clone() const override {
    return std::make_unique<SignalPlanControl>(*this);
  }
  bool counts() const override { return measure_.mode == SignalMode::webster; }

  void begin(Scene& scene) override {
    // All are checked before the first is changed.
    for (const std::uint32_t row : measure_.signals) planned_.push_back(plan_of(scene, row));
    SignalPlans& plans = scene.simulation.queues().signals();
    for (std::size_t i = 0; i < measure_.signals.size(); ++i) {
      const std::uint32_t row = measure_.signals[i];
      before_.push_back({plans.signal(row), plans.working(row)});
      if (measure_.mode == SignalMode::flashing) {
        plans.set_working(row, false);
        scene.simulation.queues().look_again(row, scene.now());
      } else {
        set(scene, row, planned_[i]);
      }
    }
    counted_at_ = scene.now();
    if (counts()) count(scene);
  }

  Micros look(Scene& scene) override {
    if (!counts()) return never;
    const Micros every = to_micros(measure_.count_min * 60);
    if (scene.now() < counted_at_ + every) return counted_at_ + every;
    for (std::size_t i = 0; i < measure_.signals.size(); ++i) {
      set(scene, measure_.signals[i], optimised(scene, i));
    }
    counted_at_ = scene.now();
    count(scene);
    return counted_at_ + every;
  }

  Micros end(Scene& scene) override {
    SignalPlans& plans = scene.simulation.queues().signals();
    for (std::size_t i = 0; i < measure_.signals.size(); ++i) {
      const std::uint32_t row = measure_.signals[i];
      const Signal& old = before_[i].signal;
      plans.set_plan(row, old.kind, old.offset, old.stages);
      plans.set_stage(row, 0, scene.now());
      plans.set_working(row, before_[i].working);
      scene.simulation.queues().look_again(row, scene.now());
    }
    return never;
  }

 private:
  struct Before {
    Signal signal;
    bool working;
  };

  std::vector<Signal::Stage> plan_of(const Scene& scene, std::uint32_t row) const {
    const Signal& signal = scene.simulation.queues().signals().signal(row);
    std::vector<Signal::Stage> stages = signal.stages;
    if (!measure_.stages.empty()) {
      stages = stages_of(scene.network(), signal, measure_.stages, measure_.between_s);
    }
    const auto mains = std::ranges::count_if(stages, is_main);
    if (mains == 0) throw ScenarioError("signal " + signal.id + ": no stage gives green");
    if (measure_.mode == SignalMode::fixed && !std::isnan(measure_.cycle_s)) {
      stages = stretched(signal, std::move(stages));
    }
    // A stage that only leads from one to the next keeps its time.
    for (Signal::Stage& stage : stages) {
      if (!is_main(stage)) {
        stage.least = stage.most = stage.duration;
      } else if (stage.least == stage.most) {
        stage.least = to_micros(least_green_s);
        stage.most = std::max(to_micros(60), stage.duration);
      }
    }
    check_plan(scene.network(), signal, stages);
    return stages;
  }
  /// What SignalPlans::set_plan would refuse, before anything is changed.
  static void check_plan(const Network& network, const Signal& signal,
                         const std::vector<Signal::Stage>& stages) {
    for (std::size_t place = 0; place < signal.turns.size(); ++place) {
      const bool green = std::ranges::any_of(stages, [place](const Signal::Stage& stage) {
        return stage.aspects[place] != Aspect::red;
      });
      if (green) continue;
      const std::uint32_t turn = signal.turns[place];
      throw ScenarioError("signal " + signal.id + ": no stage gives green to the turn from link " +
                          network.link_id[network.turn_from[turn]] + " to link " +
                          network.link_id[network.turn_to[turn]]);
    }
  }
  std::vector<Signal::Stage> stretched(const Signal& signal,
                                       std::vector<Signal::Stage> stages) const {
    std::vector<double> greens;
    double sum_s = 0;
    for (const Signal::Stage& stage : stages) {
      if (!is_main(stage)) continue;
      greens.push_back(seconds(stage.duration));
      sum_s += greens.back();
    }
    const double left_s = measure_.cycle_s - lost_seconds(stages);
    if (left_s < 5 * static_cast<double>(greens.size())) {
      throw ScenarioError("signal " + signal.id + ": a cycle of " +
                          std::to_string(std::lround(measure_.cycle_s)) +
                          " s leaves no green beside what lies between the stages");
    }
    for (double& green : greens) green *= left_s / sum_s;
    return with_greens(std::move(stages), greens);
  }

  std::vector<Signal::Stage> optimised(const Scene& scene, std::size_t which) const {
    const std::vector<Signal::Stage>& stages = planned_[which];
    const std::vector<double> ratios = flow_ratios(scene, which);
    const WebsterPlan plan = webster(ratios, lost_seconds(stages), measure_.least_cycle_s,
                                     measure_.most_cycle_s, least_green_s);
    return with_greens(stages, plan.green_s);
  }

  /// The demand of each main stage: of its lanes, the highest flow over saturation flow. What
  /// queued up meanwhile counts as flow; a lane with green in several stages shares itself out.
  std::vector<double> flow_ratios(const Scene& scene, std::size_t which) const {
    const Network& network = scene.network();
    const Signal& signal = scene.simulation.queues().signals().signal(measure_.signals[which]);
    std::vector<const Signal::Stage*> mains;
    for (const Signal::Stage& stage : planned_[which]) {
      if (is_main(stage)) mains.push_back(&stage);
    }
    const auto serves = [&](const Signal::Stage& stage, std::uint32_t lane) {
      const std::uint32_t bit = 1U << (lane - network.lane_begin[network.lane_link[lane]]);
      for (std::size_t place = 0; place < signal.turns.size(); ++place) {
        const std::uint32_t turn = signal.turns[place];
        if (stage.aspects[place] != Aspect::red &&
            network.turn_from[turn] == network.lane_link[lane] &&
            (network.turn_lanes[turn] & bit) != 0) {
          return true;
        }
      }
      return false;
    };
    std::vector<double> ratios(mains.size(), 0);
    const double hours = seconds(scene.now() - counted_at_) / 3600;
    for (const auto& [lane, before] : lanes_[which]) {
      const auto served = std::ranges::count_if(
          mains, [&serves, at = lane](const Signal::Stage* stage) { return serves(*stage, at); });
      if (served == 0) continue;
      const double queued = std::max(0.0, waiting(scene, lane) - before.waiting);
      const double passed = static_cast<double>(scene.cars[lane] - before.cars) / 100;
      const double flow_pcph = (passed + queued) / hours;
      const double ratio = flow_pcph / network.lane_capacity_pcph[network.lane_link[lane]];
      for (std::size_t stage = 0; stage < mains.size(); ++stage) {
        if (!serves(*mains[stage], lane)) continue;
        ratios[stage] = std::max(ratios[stage], ratio / static_cast<double>(served));
      }
    }
    return ratios;
  }

  /// Cars that stand at the end of a lane.
  static double waiting(const Scene& scene, std::uint32_t lane) {
    const LaneQueues& queues = scene.simulation.queues();
    double cars = 0;
    queues.for_each_on(lane, [&](std::uint32_t slot) {
      const Vehicle& vehicle = queues.vehicle(slot);
      if (vehicle.ready <= scene.now()) cars += vehicle.flow / 100.0;
    });
    return cars;
  }

  void count(const Scene& scene) {
    const Network& network = scene.network();
    lanes_.assign(measure_.signals.size(), {});
    for (std::size_t i = 0; i < measure_.signals.size(); ++i) {
      std::vector<std::uint32_t> links;
      const Signal& signal = scene.simulation.queues().signals().signal(measure_.signals[i]);
      for (const std::uint32_t turn : signal.turns) links.push_back(network.turn_from[turn]);
      links.erase(std::unique(links.begin(), links.end()), links.end());
      for (const std::uint32_t link : links) {
        for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
             ++lane) {
          lanes_[i].push_back({lane, {scene.cars[lane], waiting(scene, lane)}});
        }
      }
    }
  }

  void set(Scene& scene, std::uint32_t row, std::vector<Signal::Stage> stages) const {
    SignalPlans& plans = scene.simulation.queues().signals();
    const SignalKind kind = measure_.mode == SignalMode::actuated       ? SignalKind::actuated
                            : measure_.mode == SignalMode::max_pressure ? SignalKind::max_pressure
                                                                        : SignalKind::fixed;
    plans.set_plan(row, kind, to_micros(measure_.offset_s), std::move(stages));
    plans.set_stage(row, 0, scene.now());
    plans.set_working(row, true);
    scene.simulation.queues().look_again(row, scene.now());
  }

  struct Counted {
    std::uint64_t cars;
    double waiting;
  };
  SignalControl measure_;
  std::vector<std::vector<Signal::Stage>> planned_;                    // [signal]
  std::vector<Before> before_;                                         // [signal]
  std::vector<std::vector<std::pair<std::uint32_t, Counted>>> lanes_;  // [signal] at counted_at_
  Micros counted_at_ = 0;
};

}  // namespace

std::unique_ptr<Control> make_control(const SignalControl& measure) {
  return std::make_unique<SignalPlanControl>(measure);
}

}  // namespace kontwin::traffic
