#include "scenarios/evacuation/plan/capacity_book.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::evacuation {

namespace {

// Sums of shares do not come out even.
constexpr double slack_units = 1e-9;

}  // namespace

CapacityBook::CapacityBook(const TimedNetwork& network, double step_s, double least_units)
    : network_(network), least_units_(least_units), used_(network.arcs()), next_(network.arcs()) {
  step_s_.reserve(network.arcs());
  for (const double capacity_ps : network.capacity_ps) {
    const double in_step = capacity_ps * step_s;
    step_s_.push_back(
        in_step > 0 && in_step < least_units ? step_s * std::ceil(least_units / in_step) : step_s);
  }
}

double CapacityBook::left(std::uint32_t arc, std::uint32_t step) const {
  const double whole = network_.capacity_ps[arc] * step_s_[arc] + slack_units;
  return step < used_[arc].size() ? whole - used_[arc][step] : whole;
}

double CapacityBook::first_free_s(std::uint32_t arc, double at_s) {
  if (!(network_.capacity_ps[arc] > 0)) return never_s;
  const std::uint32_t asked = step_at(arc, at_s);
  std::vector<std::uint32_t>& next = next_[arc];
  std::uint32_t step = asked;
  while (step < next.size() && next[step] != step) step = next[step];
  // Whoever asks again goes straight there.
  for (std::uint32_t at = asked; at < next.size() && next[at] != at;) {
    const std::uint32_t then = next[at];
    next[at] = step;
    at = then;
  }
  const double entry_s = step == asked ? at_s : step * step_s_[arc];
  return entry_s <= network_.last_entry_s[arc] ? entry_s : never_s;
}

double CapacityBook::last_free_s(std::uint32_t arc, double from_s, double until_s) const {
  until_s = std::min(until_s, network_.last_entry_s[arc]);
  const std::uint32_t first = step_at(arc, from_s);
  for (std::uint32_t step = step_at(arc, until_s); step > first; --step) {
    if (!is_free(arc, step)) continue;
    // The end of a step is the beginning of the next.
    return std::min(until_s, (step + 1.0) * step_s_[arc] - 0.001);
  }
  return step_at(arc, until_s) == first ? until_s : from_s;
}

void CapacityBook::take(std::uint32_t arc, std::uint32_t step, double units) {
  std::vector<double>& used = used_[arc];
  if (step >= used.size()) {
    used.resize(step + 1, 0);
    for (auto at = static_cast<std::uint32_t>(next_[arc].size()); at <= step + 1; ++at) {
      next_[arc].push_back(at);
    }
  }
  used[step] += units;
  if (!is_free(arc, step)) next_[arc][step] = step + 1;
}

}  // namespace kontwin::evacuation
