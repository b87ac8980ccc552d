#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "app/branch_jobs.hpp"
#include "app/evacuate_commands.hpp"
#include "app/evacuation_plan_text.hpp"
#include "app/open_world.hpp"
#include "app/plan_trials.hpp"
#include "app/scenario_fork.hpp"
#include "io/run/run_file.hpp"
#include "scenarios/evacuation/plan/make_plan.hpp"
#include "scenarios/evacuation/plan/measured_flows.hpp"
#include "scenarios/evacuation/plan/road_closures.hpp"
#include "scenarios/evacuation/plan/timed_network.hpp"
#include "scenarios/file/evacuation_plan_file.hpp"
#include "twin/error.hpp"
#include "twin/time.hpp"

namespace kontwin {

namespace {

/// What is planned for, and the state it starts from.
struct Task {
  std::shared_ptr<const World> world;
  std::vector<OrderedHome> homes;
  std::vector<OrderedHome> hospitals;
  Instant start{};      // of the scenario, or of the run
  Duration ordered{0};  // the first time, after it
  PlanOptions options;
};

Duration after(const EditMoment& at, const std::optional<Instant>& start) {
  if (const auto* length = std::get_if<Duration>(&at)) return *length;
  return start ? std::get<Instant>(at) - *start : Duration{0};
}

void read_orders(Task& task, const Scenario& scenario, const std::filesystem::path& path) {
  // Who is told twice leaves by the first order.
  std::map<EntityRef, Duration> ordered;
  std::optional<Duration> first;
  for (const auto& [at, edit, origin] : scenario.edits) {
    const auto* const order = std::get_if<OrderEvacuation>(&edit);
    if (order == nullptr) continue;
    const Duration moment = after(at, scenario.start);
    first = first ? std::min(*first, moment) : moment;
    const auto tell = [&ordered, moment](EntityRef place) {
      const auto known = ordered.try_emplace(place, moment).first;
      known->second = std::min(known->second, moment);
    };
    for (const std::uint32_t row : order->residences) tell({Kind::residence, row});
    for (const EntityRef place : order->places) tell(place);
  }
  if (!first) throw FileError(path.string(), "không có lệnh sơ tán / orders no evacuation");
  for (const auto& [place, moment] : ordered) {
    auto& places = place.kind == Kind::hospital ? task.hospitals : task.homes;
    places.push_back({place, to_seconds(moment - *first)});
  }
  task.ordered = *first;
  if (scenario.start) task.start = *scenario.start;
}

std::vector<OrderedHome> homes_of(const World& world, const std::vector<std::string>& communes) {
  const auto& codes = world.entities(Kind::residence).commune_code;
  std::vector<std::uint32_t> rows;
  for (const std::string& code : communes) {
    const std::size_t before = rows.size();
    for (std::uint32_t row = 0; row < codes.size(); ++row) {
      if (codes[row] == code && std::ranges::count(rows, row) == 0) rows.push_back(row);
    }
    if (rows.size() == before) {
      throw Error("--communes: không có nhà ở trong / there are no homes in '" + code + "'");
    }
  }
  std::ranges::sort(rows);
  std::vector<OrderedHome> homes;
  homes.reserve(rows.size());
  for (const std::uint32_t row : rows) homes.push_back({{Kind::residence, row}, 0});
  return homes;
}

void set_open(RoadClosures& closures, std::uint32_t road, bool open, double at_s) {
  if (open) {
    closures.open(road);
  } else {
    closures.close(road, at_s);
  }
}

/// Shelters that the scenario opens after the order.
std::vector<std::uint32_t> open_later(const Scenario& scenario, const Task& task) {
  std::vector<std::uint32_t> rows;
  for (const auto& [at, edit, origin] : scenario.edits) {
    const auto* const shelter = std::get_if<SetShelterOpen>(&edit);
    if (shelter == nullptr || !shelter->open) continue;
    if (after(at, scenario.start) > task.ordered) rows.push_back(shelter->shelter);
  }
  return rows;
}

/// Edits that were made before the order change the state,
void apply_early_edits(const Scenario& scenario, const Task& task, StateTable& state) {
  for (const auto& [at, edit, origin] : scenario.edits) {
    if (std::holds_alternative<OrderEvacuation>(edit)) continue;
    if (after(at, scenario.start) > task.ordered) continue;
    apply_to_state(edit, state);
    if (const auto* const debris = std::get_if<SetDebris>(&edit)) {
      state.at({Kind::road, debris->road}, road_column::debris) = debris->blocked ? 1 : 0;
    }
  }
}

/// and those after it close roads.
void apply_late_edits(const Scenario& scenario, const Task& task, RoadClosures& closures) {
  for (const auto& [at, edit, origin] : scenario.edits) {
    const Duration moment = after(at, scenario.start);
    if (moment <= task.ordered) continue;
    const double at_s = to_seconds(moment - task.ordered);
    if (const auto* const road = std::get_if<SetRoadOpen>(&edit)) {
      set_open(closures, road->road, road->open, at_s);
    } else if (const auto* const debris = std::get_if<SetDebris>(&edit)) {
      set_open(closures, debris->road, !debris->blocked, at_s);
    }
  }
}

/// What is learnt from a run in which the scenario has no plan.
struct Seen {
  explicit Seen(const World& world) : closures(world), flows(world) {}
  RoadClosures closures;
  MeasuredFlows flows;
};

/// The run's state at the order; what closes and queues later is put into `seen`.
StateTable read_run(const std::filesystem::path& path, const Task& task, Seen& seen) {
  const RunFile run(path);
  run.require_world(*task.world);
  const Instant ordered = task.start + task.ordered;
  const Instant from = run.header().start;
  const Instant until = run.times().empty() ? from : run.times().back();
  if (ordered < from || ordered > until) {
    throw FileError(path.string(), "không chứa lúc ra lệnh / does not cover the order at " +
                                       format_local(ordered) + ": it lasts from " +
                                       format_local(from) + " to " + format_local(until));
  }
  const std::size_t first = run.nearest_frame(ordered);
  seen.closures.see(run.state(first), 0);
  for (std::size_t frame = first + 1; frame < run.frames(); ++frame) {
    const StateTable state = run.state(frame);
    seen.closures.see(state, std::max(0.0, to_seconds(run.times()[frame] - ordered)));
    seen.flows.see(state);
  }
  return run.state(first);
}

/// Sees a run as read_run() does, while it runs.
class SeeingSink final : public RunSink {
 public:
  SeeingSink(Duration ordered, Seen& seen) : after_(ordered), seen_(seen) {}

  void begin(const Branch& branch) override { ordered_ = branch.start + after_; }
  void frame(const Frame& frame) override {
    if (frame.at > ordered_) {
      if (!began_) seen_.closures.see(at_order, 0);
      began_ = true;
      seen_.closures.see(*frame.state, to_seconds(frame.at - ordered_));
      seen_.flows.see(*frame.state);
    } else {
      at_order = *frame.state;
    }
  }
  void events(std::span<const Event> /*events*/) override {}
  void end(const KpiList& /*kpis*/) override {}

  StateTable at_order;

 private:
  Duration after_;
  Instant ordered_{};
  bool began_ = false;
  Seen& seen_;
};

/// Moments of a scenario that names no start count from that of its run, or of its trials.
void find_start(Scenario& scenario, const EvacuatePlanOptions& options,
                const std::optional<ScenarioFork>& fork) {
  if (scenario.start) return;
  if (!options.run.empty()) {
    scenario.start = RunFile(options.run).header().start;
  } else if (fork) {
    scenario.start = fork->at;
  }
  const bool moments = std::ranges::any_of(
      scenario.edits, [](const auto& one) { return std::holds_alternative<Instant>(one.at); });
  if (moments && !scenario.start) {
    throw FileError(options.scenario.string(),
                    "có thời điểm mà không có 'start': thêm --run / has moments and no 'start' "
                    "that they count from: give --run");
  }
}

ShelterChoice choice_of(const std::string& name) {
  return name == "nearest"    ? ShelterChoice::nearest
         : name == "earliest" ? ShelterChoice::earliest
                              : ShelterChoice::best;
}

/// What the options say of the plan, whatever it is for.
PlanOptions plan_options(const EvacuatePlanOptions& options) {
  PlanOptions made;
  made.seed = options.seed;
  made.choice = choice_of(options.choice);
  made.wave_min = options.wave_min;
  made.contraflow_km = options.contraflow_km;
  made.room_reserve = options.reserve_percent / 100;
  made.safety_min = options.safety_min;
  made.prepared_share = options.prepared_percent / 100;
  return made;
}

}  // namespace

int run_evacuate_plan(const EvacuatePlanOptions& options) {
  if (options.scenario.empty() && options.communes.empty()) {
    throw Error("cần kịch bản hoặc --communes / give a scenario, or --communes");
  }
  if (options.judge > 0 && options.scenario.empty()) {
    throw Error("--judge: cần kịch bản để chạy thử / needs a scenario to be tried on");
  }
  Task task;
  task.world = open_world(options.common);
  task.options = plan_options(options);
  std::optional<Scenario> scenario;
  std::optional<ScenarioFork> fork;
  if (options.scenario.empty()) {
    task.homes = homes_of(*task.world, options.communes);
    task.options.households.compliance = 1;
  } else {
    scenario = read_scenario(options.scenario, *task.world);
    // The vehicles that are asked for stand in place of the scenario's, in its trials, too.
    if (scenario->evacuation && options.buses) {
      scenario->evacuation->buses = static_cast<std::uint32_t>(*options.buses);
    }
    if (scenario->evacuation && options.boats) {
      scenario->evacuation->boats = static_cast<std::uint32_t>(*options.boats);
    }
    if (options.judge > 0) {
      if (!scenario->evacuation) {
        throw FileError(options.scenario.string(), "has no [evacuation] to be tried");
      }
      fork = fork_scenario(options.common, task.world, *scenario, {}, "");
    }
    find_start(*scenario, options, fork);
    if (!scenario->new_roads.empty()) task.world = task.world->with_roads(scenario->new_roads);
    if (scenario->evacuation) task.options.households = *scenario->evacuation;
    task.options.seed = scenario->seed;
    if (task.options.households.buses) task.options.buses = *task.options.households.buses;
    task.options.boats = task.options.households.boats;
    read_orders(task, *scenario, options.scenario);
  }
  if (options.buses) task.options.buses = *options.buses;
  if (options.boats) task.options.boats = *options.boats;
  Seen seen(*task.world);
  RoadClosures& closures = seen.closures;
  StateTable state(*task.world);
  if (!options.run.empty()) {
    if (!scenario) task.start = RunFile(options.run).header().start;
    state = read_run(options.run, task, seen);
  } else if (fork) {
    SeeingSink sink(task.ordered, seen);
    PlanTrials(*scenario, *fork, options.common.threads).show_without_plan(sink);
    state = std::move(sink.at_order);
  }
  if (scenario) apply_early_edits(*scenario, task, state);
  if (options.run.empty() && !fork) closures.see(state, 0);
  if (scenario) {
    apply_late_edits(*scenario, task, closures);
    task.options.open_later = open_later(*scenario, task);
  }
  if (!options.run.empty() || fork) task.options.measured_vph = seen.flows.vehicles_ph();
  task.options.open_until_s = closures.open_until_s();
  const bool any_closes = std::ranges::any_of(
      closures.closes_s(), [](double closes_s) { return closes_s < evacuation::never_s; });
  if (any_closes) task.options.closes_s = closures.closes_s();

  PlannedEvacuation made = make_plan(*task.world, state, task.homes, {}, task.options);
  std::printf("\n%s\n", evacuation_plan_text(made, *task.world).c_str());
  const auto wards = evacuation::plan_wards(*task.world, state, task.hospitals, task.options);
  if (!task.hospitals.empty()) std::printf("%s\n", ward_plan_text(wards, *task.world).c_str());
  made.plan.wards = wards.orders();
  if (scenario && !task.options.households.buses && !options.buses) {
    // As many come as are needed: the few that are assumed here would only be slower.
    std::erase_if(made.plan.rounds, [](const EvacuationPlan::Round& round) {
      return round.vehicle == Mover::Kind::bus;
    });
    made.plan.buses = 0;
  }
  EvacuationPlan proposed =
      plan_with(made.plan, options.routes || options.staged, options.staged, true);
  if (fork) {
    const auto candidates = candidates_of(made.plan);
    const auto judged = evacuation::judge_plans(
        PlanTrials(*scenario, *fork, options.common.threads).run(candidates, options.judge));
    std::printf("\n%s\n", judgement_text(candidates, judged, options.judge).c_str());
    const auto& best = candidates[judged.best].plan;
    // A plan that says nothing leaves all as it is without one.
    proposed = best ? *best : EvacuationPlan{};
  }
  if (options.out.has_parent_path()) std::filesystem::create_directories(options.out.parent_path());
  write_evacuation_plan(proposed, *task.world, options.out);
  std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
