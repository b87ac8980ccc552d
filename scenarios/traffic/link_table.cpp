#include "scenarios/traffic/link_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "twin/geometry.hpp"

namespace kontwin::traffic {

namespace {

double known(double value, double otherwise) { return std::isfinite(value) ? value : otherwise; }

Micros headway(double pcph) { return static_cast<Micros>(3600 * micros_per_second / pcph + 0.5); }

// The plan at which a link's capacity_vph was given: two phases, half of the time each.
constexpr double reference_cycle_s = 90;
constexpr double lost_s_per_phase = 4;

/// The capacity of an approach with this green share, as a share of what it has in the reference
/// plan: saturation flow times effective green (Webster 1958).
double plan_factor(double cycle_s, double green_share) {
  const double effective = std::max(0.02, green_share - lost_s_per_phase / cycle_s);
  return effective / (0.5 - lost_s_per_phase / reference_cycle_s);
}

/// The direction a link arrives from, radians.
double heading(const RoadNetwork& roads, std::uint32_t link) {
  const auto shape = roads.shape_of(link);
  if (shape.size() < 2) return 0;
  const LocalPoint a = shape[shape.size() - 2];
  const LocalPoint b = shape.back();
  return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m);
}

}  // namespace

LinkTable::LinkTable(const World& world, double dark_signal_capacity)
    : from(world.roads().from),
      to(world.roads().to),
      opposite(world.roads().opposite),
      dark_signal_capacity_(dark_signal_capacity) {
  const EntityTable& roads = world.entities(Kind::road);
  const std::size_t count = from.size();
  opposite.resize(count, no_row);
  for (std::size_t link = 0; link < count; ++link) {
    const auto attribute = [&roads, link](std::size_t which, double otherwise, double least) {
      return std::max(least, known(roads.attribute(which, link), otherwise));
    };
    length_m.push_back(attribute(road_attribute::length_m, 100, 1));
    lanes.push_back(attribute(road_attribute::lanes, 1, 0.5));
    free_speed_mps.push_back(attribute(road_attribute::free_speed_mps, 30 / 3.6, 0.5));
    capacity_pcph.push_back(attribute(road_attribute::capacity_vph, 900 * lanes.back(), 1));
    const double jam_density = lanes.back() / jam_spacing_m;
    storage.push_back(static_cast<CarHundredths>(
        std::max(100.0, std::round(100 * length_m.back() * jam_density))));
    // Newell 1993: at capacity the room is full with vehicles and holes; where the capacity is too
    // high for the jam density, waves run back as fast as vehicles drive.
    const double flow = capacity_pcph.back() / 3600;
    const double drive_s = length_m.back() / free_speed_mps.back();
    const double wave_s = length_m.back() * jam_density / flow - drive_s;
    hole_delay.push_back(static_cast<Micros>(std::max(wave_s, drive_s) * micros_per_second));
  }
  speed_mps = free_speed_mps;
  entry_headway.assign(count, 0);
  exit_headway.assign(count, 0);
  may_enter.assign(count, 0b111);
  blocked.assign(count, 0);
  signal_factor.assign(count, 1);
  inputs_.resize(count);
  for (std::uint32_t link = 0; link < count; ++link) {
    set(link, {1, 1, free_speed_mps[link], 0, 0, 1});
  }

  const EntityTable& signals = world.entities(Kind::signal);
  std::vector<std::vector<std::uint32_t>> arriving(world.entities(Kind::junction).size());
  for (std::uint32_t link = 0; link < count; ++link) arriving[to[link]].push_back(link);
  for (std::uint32_t row = 0; row < signals.size(); ++row) {
    const std::uint32_t junction = world.junction_of({Kind::signal, row});
    if (junction == no_row || arriving[junction].empty()) continue;
    Signal signal{row, {}, {}};
    const double first = heading(world.roads(), arriving[junction].front());
    for (const std::uint32_t link : arriving[junction]) {
      // On the axis of the first approach, either way: within 45 degrees.
      const double along = std::abs(std::cos(heading(world.roads(), link) - first));
      (along > std::sqrt(0.5) ? signal.first_pair : signal.others).push_back(link);
    }
    signals_.push_back(std::move(signal));
  }
}

void LinkTable::read_signals(const StateTable& state) {
  for (const Signal& signal : signals_) {
    const EntityRef ref{Kind::signal, signal.row};
    const double green = state.at(ref, signal_column::green_share);
    const double cycle = known(state.at(ref, signal_column::cycle_s), reference_cycle_s);
    double first = 1;
    double others = 1;
    if (state.at(ref, signal_column::working) == 0) {
      first = others = dark_signal_capacity_;
    } else if (std::isfinite(green)) {
      first = plan_factor(std::max(cycle, 20.0), green);
      others = plan_factor(std::max(cycle, 20.0), 1 - green);
    }
    for (const std::uint32_t link : signal.first_pair) signal_factor[link] = first;
    for (const std::uint32_t link : signal.others) signal_factor[link] = others;
  }
}

void LinkTable::set(std::uint32_t link, const Inputs& now) {
  inputs_[link] = now;
  const double depth = known(now.water_m, 0);
  double speed = std::max(0.5, known(now.limit_mps, free_speed_mps[link]));
  if (depth > 0) speed = std::min(speed, flooded_speed_mps(depth));
  speed_mps[link] = speed;

  const double share = std::clamp(known(now.capacity_factor, 1), 0.0, 1.0);
  const bool nobody = now.debris == 1 || share == 0;
  // Those who are past an obstacle drive on as usual.
  const double capacity = capacity_pcph[link] * (share > 0 ? share : 1);
  entry_headway[link] = headway(capacity);
  exit_headway[link] = headway(capacity * now.signal_factor);

  std::uint8_t stopped = nobody ? 0b111 : 0;
  for (std::size_t group = 0; group < wade_groups; ++group) {
    if (depth > wade_depth_m[group]) stopped |= static_cast<std::uint8_t>(1U << group);
  }
  blocked[link] = stopped;
  may_enter[link] = now.open == 0 ? 0 : static_cast<std::uint8_t>(0b111U & ~stopped);
}

const LinkTable::Changes& LinkTable::update(const StateTable& state) {
  read_signals(state);
  const auto open = state.column(Kind::road, road_column::open);
  const auto factor = state.column(Kind::road, road_column::capacity_factor);
  const auto limit = state.column(Kind::road, road_column::speed_limit_mps);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  changes_.altered.clear();
  changes_.shut.clear();
  changes_.newly_blocked.clear();
  changes_.groups = 0;
  for (std::uint32_t link = 0; link < size(); ++link) {
    // Not known means as usual: unequal to itself, NaN would look like a change in every window.
    const Inputs now{
        known(open[link], 1),   known(factor[link], 1), known(limit[link], free_speed_mps[link]),
        known(debris[link], 0), known(water[link], 0),  signal_factor[link]};
    if (now == inputs_[link]) continue;
    const std::uint8_t entered = may_enter[link];
    const std::uint8_t passed = blocked[link];
    set(link, now);
    changes_.altered.push_back(link);
    changes_.groups |= static_cast<std::uint8_t>(entered ^ may_enter[link]);
    if ((entered & ~may_enter[link]) != 0) changes_.shut.push_back(link);
    if ((blocked[link] & ~passed) != 0) changes_.newly_blocked.push_back(link);
  }
  return changes_;
}

}  // namespace kontwin::traffic
