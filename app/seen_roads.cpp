#include "app/seen_roads.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "io/run/run_file.hpp"
#include "twin/error.hpp"
#include "twin/time.hpp"

namespace kontwin {

namespace {

void set_open(RoadClosures& closures, std::uint32_t road, bool open, double at_s) {
  if (open) {
    closures.open(road);
  } else {
    closures.close(road, at_s);
  }
}

/// Sees a run as see_run() does, while it runs.
class SeeingSink final : public RunSink {
 public:
  SeeingSink(Duration ordered, SeenRoads& seen) : after_(ordered), seen_(seen) {}

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
  SeenRoads& seen_;
};

}  // namespace

StateTable see_run(const std::filesystem::path& path, const EvacuationTask& task, SeenRoads& seen) {
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

StateTable see_trial(const PlanTrials& trials, const EvacuationTask& task, SeenRoads& seen) {
  SeeingSink sink(task.ordered, seen);
  trials.show_without_plan(sink);
  return std::move(sink.at_order);
}

void apply_early_edits(const Scenario& scenario, const EvacuationTask& task, StateTable& state) {
  for (const auto& [at, edit, origin] : scenario.edits) {
    if (std::holds_alternative<OrderEvacuation>(edit)) continue;
    if (after_start(at, scenario.start) > task.ordered) continue;
    apply_to_state(edit, state);
    if (const auto* const debris = std::get_if<SetDebris>(&edit)) {
      state.at({Kind::road, debris->road}, road_column::debris) = debris->blocked ? 1 : 0;
    }
  }
}

void apply_late_edits(const Scenario& scenario, const EvacuationTask& task,
                      RoadClosures& closures) {
  for (const auto& [at, edit, origin] : scenario.edits) {
    const Duration moment = after_start(at, scenario.start);
    if (moment <= task.ordered) continue;
    const double at_s = to_seconds(moment - task.ordered);
    if (const auto* const road = std::get_if<SetRoadOpen>(&edit)) {
      set_open(closures, road->road, road->open, at_s);
    } else if (const auto* const debris = std::get_if<SetDebris>(&edit)) {
      set_open(closures, debris->road, !debris->blocked, at_s);
    }
  }
}

std::vector<std::uint32_t> open_later(const Scenario& scenario, const EvacuationTask& task) {
  std::vector<std::uint32_t> rows;
  for (const auto& [at, edit, origin] : scenario.edits) {
    const auto* const shelter = std::get_if<SetShelterOpen>(&edit);
    if (shelter == nullptr || !shelter->open) continue;
    if (after_start(at, scenario.start) > task.ordered) rows.push_back(shelter->shelter);
  }
  return rows;
}

}  // namespace kontwin
