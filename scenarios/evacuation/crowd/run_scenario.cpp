#include "scenarios/evacuation/crowd/run_scenario.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

constexpr double look_every_s = 1;
constexpr double crowding_every_s = 5;
constexpr double water_every_s = 10;

void set_water(const CrowdScenario& scenario, double time_s, CrowdSimulation& simulation) {
  const Ground& ground = simulation.ground();
  const GroundGrid& grid = ground.grid();
  std::vector<float> depth_m(grid.cells()), speed_mps(grid.cells());
  for (std::uint32_t s = 0; s < grid.sheets.size(); ++s) {
    const WayField::Sheet& sheet = grid.sheets[s];
    for (std::uint32_t j = 0; j < sheet.rows; ++j) {
      for (std::uint32_t i = 0; i < sheet.columns; ++i) {
        const std::size_t cell = sheet.begin + std::size_t{j} * sheet.columns + i;
        const float z_m = ground.height(s, sheet.x0_m + static_cast<float>(i) / sheet.per_m,
                                        sheet.y0_m + static_cast<float>(j) / sheet.per_m);
        for (const WaterRise& water : scenario.water) {
          const auto over_m = static_cast<float>(water.at(time_s)) - z_m;
          if (over_m <= depth_m[cell]) continue;
          depth_m[cell] = over_m;
          speed_mps[cell] = static_cast<float>(water.speed_mps);
        }
      }
    }
  }
  simulation.set_water(std::move(depth_m), std::move(speed_mps));
}

std::string why_not_out(const CrowdSimulation& simulation, std::size_t number, Status status) {
  switch (status) {
    case Status::stuck:
      return simulation.why_stuck(number);
    case Status::caught:
      return simulation.why_caught(number);
    case Status::waiting:
      return "had not set out when the run ended";
    case Status::walking:
      return "was still on the way when the run ended";
    case Status::out:
      break;
  }
  return {};
}

}  // namespace

double WaterRise::at(double time_s) const {
  if (level_m.empty()) return -never_s;
  if (time_s <= level_m.front().first) return level_m.front().second;
  for (std::size_t i = 1; i < level_m.size(); ++i) {
    const auto [from_s, low_m] = level_m[i - 1];
    const auto [to_s, high_m] = level_m[i];
    if (time_s < to_s) return low_m + (high_m - low_m) * (time_s - from_s) / (to_s - from_s);
  }
  return level_m.back().second;
}

CrowdOutcome run_crowd(const CrowdScenario& scenario, std::uint64_t seed, ComputeArena& arena,
                       const CrowdFrame& frame) {
  CrowdOutcome outcome;
  outcome.seed = seed;
  Ground ground(scenario.building, scenario.cell_m);
  outcome.people = draw_people(ground, scenario.groups, seed);
  for (std::uint32_t g = 0; g < scenario.groups.size(); ++g) {
    outcome.group.insert(outcome.group.end(), scenario.groups[g].bodies, g);
  }
  outcome.density = DensityMap::over(ground);
  CrowdSimulation simulation(std::move(ground), outcome.people, scenario.options, arena);
  QueueWatch queues(simulation.ground());
  std::vector<std::size_t> lines, areas;
  for (const MeasureLine& line : scenario.lines) lines.push_back(simulation.measure(line));
  for (const MeasureArea& area : scenario.areas) areas.push_back(simulation.measure(area));

  outcome.states.resize(outcome.people.size());
  const auto look = [&] {
    for (std::size_t p = 0; p < outcome.states.size(); ++p) {
      outcome.states[p] = simulation.state(p);
    }
  };
  double next_frame_s = 0, next_crowding_s = 0, next_water_s = 0, next_look_s = 0;
  const auto due = [&](double& next_s, double every_s) {
    if (every_s <= 0 || simulation.now_s() < next_s - 1e-6) return false;
    next_s += every_s;
    return true;
  };
  double last_look_s = 0;
  while (true) {
    if (!scenario.water.empty() && due(next_water_s, water_every_s)) {
      set_water(scenario, simulation.now_s(), simulation);
    }
    if (due(next_look_s, look_every_s)) {
      look();
      queues.look(simulation.now_s(), simulation.now_s() - last_look_s, outcome.people,
                  outcome.states);
      last_look_s = simulation.now_s();
      if (due(next_crowding_s, crowding_every_s)) {
        outcome.density.look(outcome.people, outcome.states);
      }
    }
    if (frame && due(next_frame_s, scenario.frames_every_s)) frame(simulation.now_s(), simulation);
    if (!simulation.anybody_moves() || simulation.now_s() >= scenario.end_s - 1e-6) break;
    double until_s = std::min(scenario.end_s, next_look_s);
    if (frame && scenario.frames_every_s > 0) until_s = std::min(until_s, next_frame_s);
    const double before_s = simulation.now_s();
    simulation.advance(until_s);
    if (simulation.now_s() <= before_s) break;
  }
  look();
  if (frame && scenario.frames_every_s > 0) frame(simulation.now_s(), simulation);
  outcome.ended_s = simulation.now_s();
  outcome.count = simulation.count();
  outcome.queues = queues.records(outcome.people, outcome.states);
  for (std::size_t p = 0; p < outcome.states.size(); ++p) {
    outcome.why.push_back(why_not_out(simulation, p, outcome.states[p].status));
  }
  for (const std::size_t line : lines) outcome.lines.push_back(simulation.line(line));
  for (const std::size_t area : areas) outcome.areas.push_back(simulation.area(area));
  return outcome;
}

double time_of_share_s(const CrowdOutcome& outcome, double share) {
  std::vector<std::pair<double, std::uint64_t>> out;
  std::uint64_t all = 0;
  for (std::size_t p = 0; p < outcome.states.size(); ++p) {
    all += outcome.people[p].heads;
    if (outcome.states[p].status == Status::out) {
      out.emplace_back(outcome.states[p].ended_s, outcome.people[p].heads);
    }
  }
  std::ranges::sort(out);
  std::uint64_t left = 0;
  for (const auto& [time_s, heads] : out) {
    left += heads;
    if (static_cast<double>(left) >= share * static_cast<double>(all) - 1e-9) return time_s;
  }
  return all == 0 ? 0 : never_s;
}

MeanInterval mean_interval(const std::vector<double>& values) {
  MeanInterval result;
  double sum = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++result.count;
  }
  if (result.count == 0) return result;
  const auto n = static_cast<double>(result.count);
  result.mean = sum / n;
  if (result.count < 2) return result;
  double squares = 0;
  for (const double value : values) {
    if (std::isfinite(value)) squares += (value - result.mean) * (value - result.mean);
  }
  // Student's t at 97.5 % by the expansion of Cornish and Fisher; within 1 % from 3 degrees on.
  const double f = n - 1, z = 1.959964;
  const double t = f == 1 ? 12.7062
                   : f == 2
                       ? 4.3027
                       : z + (z * z * z + z) / (4 * f) +
                             (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * f * f) +
                             (3 * std::pow(z, 7) + 19 * std::pow(z, 5) + 17 * z * z * z - 15 * z) /
                                 (384 * f * f * f);
  result.half_width = t * std::sqrt(squares / f / n);
  return result;
}

}  // namespace kontwin::crowd
