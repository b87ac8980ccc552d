// Movements and signals.
#include <algorithm>
#include <cmath>
#include <set>

#include "io/traffic/gmns_reader.hpp"

namespace kontwin::traffic {

namespace {

/// A phase of a plan, and when it is green within the cycle.
struct Phase {
  std::string plan;
  int ring = 0, barrier = 0;
  double position = 0;
  double least_s = 0, most_s = 0, clearance_s = 0;
  double begin_s = 0, end_s = 0;
  std::vector<std::pair<std::uint32_t, Aspect>> turns;
};

struct Plan {
  std::string id, controller;
  double offset_s = 0;
};

/// Puts the phases of a plan into its cycle: rings side by side, the phases of a ring one after the
/// other, all rings waiting for the longest at each barrier. Returns the length of the cycle.
double arrange(std::vector<Phase*>& phases) {
  std::ranges::stable_sort(phases, [](const Phase* a, const Phase* b) {
    return std::tuple(a->barrier, a->ring, a->position) <
           std::tuple(b->barrier, b->ring, b->position);
  });
  double start_s = 0;
  for (std::size_t i = 0; i < phases.size();) {
    const int barrier = phases[i]->barrier;
    double longest_s = 0;
    std::size_t end = i;
    while (end < phases.size() && phases[end]->barrier == barrier) {
      const int ring = phases[end]->ring;
      double at_s = 0;
      while (end < phases.size() && phases[end]->barrier == barrier && phases[end]->ring == ring) {
        Phase& phase = *phases[end++];
        phase.begin_s = start_s + at_s;
        phase.end_s = phase.begin_s + phase.least_s;
        at_s += phase.least_s + phase.clearance_s;
      }
      longest_s = std::max(longest_s, at_s);
    }
    // The last phase of each ring lasts until its clearance ends with the longest one's.
    for (std::size_t j = i; j < end; ++j) {
      const bool last = j + 1 == end || phases[j + 1]->ring != phases[j]->ring;
      if (last) phases[j]->end_s = start_s + longest_s - phases[j]->clearance_s;
    }
    start_s += longest_s;
    i = end;
  }
  return start_s;
}

/// A stage between each two moments at which a phase begins or ends.
SignalPart signal_of(const Plan& plan, std::vector<Phase*>& phases) {
  SignalPart signal;
  signal.id = plan.controller;
  signal.offset_s = plan.offset_s;
  const double cycle_s = arrange(phases);
  std::set<std::uint32_t> turns;
  std::set<double> moments{0, cycle_s};
  for (const Phase* phase : phases) {
    moments.insert(phase->begin_s);
    moments.insert(phase->end_s);
    for (const auto& [turn, aspect] : phase->turns) turns.insert(turn);
    if (phase->most_s > phase->least_s) signal.kind = SignalKind::actuated;
  }
  signal.turns.assign(turns.begin(), turns.end());
  constexpr double shortest_s = 1e-6;
  for (auto moment = moments.begin(); std::next(moment) != moments.end(); ++moment) {
    const double begin_s = *moment;
    StagePart stage;
    stage.duration_s = *std::next(moment) - begin_s;
    if (stage.duration_s < shortest_s) continue;
    stage.aspects.assign(signal.turns.size(), Aspect::red);
    double stretch = 1;
    for (const Phase* phase : phases) {
      if (begin_s < phase->begin_s || begin_s >= phase->end_s) continue;
      if (phase->least_s > 0) stretch = std::max(stretch, phase->most_s / phase->least_s);
      for (const auto& [turn, aspect] : phase->turns) {
        const auto at = std::ranges::lower_bound(signal.turns, turn) - signal.turns.begin();
        Aspect& shown = stage.aspects[static_cast<std::size_t>(at)];
        shown = std::max(shown, aspect);
      }
    }
    stage.least_s = stage.duration_s;
    stage.most_s = stage.duration_s * stretch;
    signal.stages.push_back(std::move(stage));
  }
  return signal;
}

}  // namespace

std::uint32_t GmnsReader::lane_bits(const CsvTable& movements, std::size_t row,
                                    std::uint32_t link) {
  if (movements.text(row, "start_ib_lane").empty()) return 0;
  const int first = whole_number(movements, row, "start_ib_lane", 1);
  const int last = whole_number(movements, row, "end_ib_lane", first);
  const int lanes = std::min(parts_.links[link].lanes, 32);
  std::uint32_t bits = 0;
  for (int number = first; number <= last; ++number) {
    const auto& known = lane_by_number_[link];
    if (const auto found = known.find(number); found != known.end()) {
      bits |= found->second < 32 ? 1U << found->second : 0;
    } else if (known.empty() && number != 0) {
      // Lanes count from 1 at the left; pockets beside them are below 0, those at the left first.
      const int from_left = std::clamp(number < 0 ? 0 : number - 1, 0, lanes - 1);
      bits |= 1U << (parts_.drives_on_right ? lanes - 1 - from_left : from_left);
    }
  }
  return bits;
}

void GmnsReader::read_movements() {
  const CsvTable movements = table("movement", {"mvmt_id", "ib_link_id", "ob_link_id"});
  const CsvTable links = table("link", {"link_id"});
  std::set<std::string> all_links;
  for (std::size_t row = 0; row < links.rows(); ++row) all_links.insert(links.text(row, "link_id"));
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> turn_by_links;
  for (std::size_t row = 0; row < movements.rows(); ++row) {
    const std::string& id = movements.text(row, "mvmt_id");
    const auto link = [&](const char* column) {
      const auto found = link_by_id_.find(movements.text(row, column));
      if (found != link_by_id_.end()) return found->second;
      if (!all_links.contains(movements.text(row, column))) {
        movements.fail(row, "link '" + movements.text(row, column) + "' of movement '" + id +
                                "' is not there");
      }
      return no_row;
    };
    const std::uint32_t from = link("ib_link_id");
    const std::uint32_t to = link("ob_link_id");
    if (from == no_row || to == no_row) continue;
    const VehicleKinds kinds = uses_.kinds_of(movements.text(row, "allowed_uses"));
    if (kinds == 0) continue;
    if (parts_.links[from].to != parts_.links[to].from) {
      note("movement of other links", "movement " + id, "left out: they do not meet");
      continue;
    }
    const auto [found, is_new] =
        turn_by_links.emplace(std::pair(from, to), static_cast<std::uint32_t>(parts_.turns.size()));
    if (is_new) {
      TurnPart turn;
      turn.from = from;
      turn.to = to;
      turn.allowed = 0;
      parts_.turns.push_back(turn);
    }
    parts_.turns[found->second].allowed |= kinds;
    parts_.turns[found->second].lanes |= lane_bits(movements, row, from);
    turn_by_movement_[id] = found->second;
    const auto control = parts_of(movements.text(row, "ctrl_type"));
    // Who is told to wait does, whatever the road.
    const bool waits = !control.empty() && (control[0] == "YIELD" || control[0] == "STOP" ||
                                            control[0] == "STOP_2_WAY");
    if (waits) parts_.links[from].priority = std::min(parts_.links[from].priority, 0);
  }
}

void GmnsReader::read_signals() {
  const CsvTable phase_movements = table("signal_phase_mvmt", {"timing_phase_id", "mvmt_id"});
  const CsvTable timing =
      table("signal_timing_phase", {"timing_phase_id", "timing_plan_id", "min_green"});
  const CsvTable plan_table = table("signal_timing_plan", {"timing_plan_id", "controller_id"});
  std::map<std::string, Phase> phases;
  for (std::size_t row = 0; row < timing.rows(); ++row) {
    Phase phase;
    phase.plan = timing.text(row, "timing_plan_id");
    phase.ring = whole_number(timing, row, "ring", 1);
    phase.barrier = whole_number(timing, row, "barrier", 1);
    phase.position = timing.number(row, "position").value_or(static_cast<double>(row));
    phase.least_s = timing.required_number(row, "min_green");
    phase.most_s = timing.number(row, "max_green").value_or(phase.least_s);
    phase.clearance_s = timing.number(row, "clearance").value_or(0);
    phases.emplace(timing.text(row, "timing_phase_id"), phase);
  }
  for (std::size_t row = 0; row < phase_movements.rows(); ++row) {
    const std::string& id = phase_movements.text(row, "timing_phase_id");
    const auto phase = phases.find(id);
    if (phase == phases.end()) {
      phase_movements.fail(row, "timing phase '" + id + "' is not there");
    }
    const std::string& movement = phase_movements.text(row, "mvmt_id");
    const auto turn = turn_by_movement_.find(movement);
    if (turn == turn_by_movement_.end()) {
      const bool on_foot = movement.empty();
      if (!on_foot) note("phase without movement", "movement " + movement, "left out");
      continue;
    }
    const auto protection = parts_of(phase_movements.text(row, "protection"));
    const bool exclusive = protection.empty() || protection[0] == "PROTECTED";
    phase->second.turns.emplace_back(turn->second,
                                     exclusive ? Aspect::exclusive : Aspect::permissive);
  }
  std::map<std::string, double> offset_of_plan;
  if (there("signal_coordination")) {
    const CsvTable coordination = table("signal_coordination", {"timing_plan_id"});
    for (std::size_t row = 0; row < coordination.rows(); ++row) {
      offset_of_plan.emplace(coordination.text(row, "timing_plan_id"),
                             coordination.number(row, "offset").value_or(0));
    }
  }
  std::set<std::string> controllers;
  for (std::size_t row = 0; row < plan_table.rows(); ++row) {
    Plan plan{plan_table.text(row, "timing_plan_id"), plan_table.text(row, "controller_id"), 0};
    if (!controllers.insert(plan.controller).second) {
      note("several plans", "signal " + plan.controller, "plan " + plan.id + " left out");
      continue;
    }
    if (const auto found = offset_of_plan.find(plan.id); found != offset_of_plan.end()) {
      plan.offset_s = found->second;
    }
    std::vector<Phase*> own;
    for (auto& [id, phase] : phases) {
      if (phase.plan == plan.id) own.push_back(&phase);
    }
    if (!own.empty()) parts_.signals.push_back(signal_of(plan, own));
  }
}

}  // namespace kontwin::traffic
