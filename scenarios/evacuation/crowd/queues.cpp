#include "scenarios/evacuation/crowd/queues.hpp"

#include <algorithm>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

constexpr double slow_mps = 0.4;
constexpr double reach_m = 15;
constexpr double busy_window_s = 10;

}  // namespace

QueueWatch::QueueWatch(const Ground& ground) : gaps_(ground.building().surfaces.size()) {
  const Building& building = ground.building();
  const auto add = [this](const auto& gap, bool is_exit) {
    QueueRecord record;
    record.id = gap.id;
    record.is_exit = is_exit;
    record.width_m = distance_m(gap.a, gap.b);
    gaps_[gap.surface].push_back(
        {gap.surface, static_cast<std::uint32_t>(records_.size()), gap.a, gap.b});
    records_.push_back(std::move(record));
  };
  for (const Exit& exit : building.exits) add(exit, true);
  for (const Opening& opening : building.openings) {
    add(opening, false);
    if (opening.beyond != opening.surface) {
      gaps_[opening.beyond].push_back(
          {opening.beyond, static_cast<std::uint32_t>(records_.size() - 1), opening.a, opening.b});
    }
  }
}

void QueueWatch::look(double time_s, double step_s, std::span<const Person> people,
                      std::span<const PersonState> states) {
  std::vector<std::uint64_t> heads(records_.size());
  for (std::size_t p = 0; p < states.size(); ++p) {
    const PersonState& state = states[p];
    if (state.status != Status::walking || state.speed_mps >= slow_mps) continue;
    const Gap* nearest = nullptr;
    double nearest_m = reach_m;
    for (const Gap& gap : gaps_[state.surface]) {
      const double away_m = distance_m(Segment{gap.a, gap.b}, state.place);
      if (away_m >= nearest_m) continue;
      nearest_m = away_m;
      nearest = &gap;
    }
    if (nearest != nullptr) heads[nearest->record] += people[p].heads;
  }
  for (std::size_t i = 0; i < records_.size(); ++i) {
    QueueRecord& record = records_[i];
    record.waited_person_s += static_cast<double>(heads[i]) * step_s;
    if (heads[i] > record.longest) {
      record.longest = heads[i];
      record.longest_at_s = time_s;
    }
    if (record.length.empty() ? heads[i] > 0 : record.length.back().second != heads[i]) {
      record.length.emplace_back(time_s, heads[i]);
    }
  }
}

std::vector<QueueRecord> QueueWatch::records(std::span<const Person> people,
                                             std::span<const PersonState> states) const {
  std::vector<QueueRecord> all = records_;
  std::vector<std::vector<std::pair<double, std::uint64_t>>> passed(all.size());
  for (std::size_t p = 0; p < states.size(); ++p) {
    if (states[p].status != Status::out || states[p].exit == none) continue;
    passed[states[p].exit].emplace_back(states[p].ended_s, people[p].heads);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& times = passed[i];
    std::ranges::sort(times);
    std::uint64_t window = 0;
    std::size_t first = 0;
    for (const auto& [time_s, heads] : times) {
      all[i].passed += heads;
      window += heads;
      while (times[first].first <= time_s - busy_window_s) window -= times[first++].second;
      all[i].busiest_ppsm = std::max(all[i].busiest_ppsm,
                                     static_cast<double>(window) / busy_window_s / all[i].width_m);
    }
    if (!times.empty()) {
      all[i].first_s = times.front().first;
      all[i].last_s = times.back().first;
    }
  }
  return all;
}

}  // namespace kontwin::crowd
