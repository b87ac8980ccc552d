// What the traffic engine shows: columns, balances, movers, KPIs.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/traffic_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

using traffic::Micros;
using traffic::seconds;
using traffic::StopLine;
using traffic::Vehicle;
using traffic::VehicleKind;

namespace {

Mover::Kind shown_as(VehicleKind kind) {
  switch (kind) {
    case VehicleKind::motorbike:
    case VehicleKind::bicycle:
      return Mover::Kind::motorbike;
    case VehicleKind::bus:
      return Mover::Kind::bus;
    case VehicleKind::lorry:
      return Mover::Kind::lorry;
    case VehicleKind::ambulance:
      return Mover::Kind::ambulance;
    case VehicleKind::car:
      break;
  }
  return Mover::Kind::car;
}

/// Metres to the outer side of a link's line, which is in the middle of its lanes.
double side_m(const traffic::Network& network, std::uint32_t lane, double lateral_m) {
  const std::uint32_t link = network.lane_link[lane];
  const double width = network.lane_width_m[link];
  const double from_edge = (lane - network.lane_begin[link]) * width + lateral_m;
  const double outwards = 0.5 * network.lanes_of(link) * width - from_edge;
  return network.drives_on_right ? outwards : -outwards;
}

/// A point along a line, so far to its right.
LocalPoint beside(std::span<const LocalPoint> line, double along_m, double right_m) {
  const LocalPoint at = point_along(line, along_m);
  constexpr double ahead_m = 1;
  const LocalPoint from = point_along(line, along_m - ahead_m);
  const LocalPoint to = point_along(line, along_m + ahead_m);
  const double length = std::hypot(to.x_m - from.x_m, to.y_m - from.y_m);
  if (length == 0) return at;
  return {at.x_m + right_m * (to.y_m - from.y_m) / length,
          at.y_m - right_m * (to.x_m - from.x_m) / length};
}

}  // namespace

bool TrafficEngine::Impl::is_delayed(Micros taken, Micros free) const {
  return taken - free > traffic::to_micros(300) && 2 * taken > 3 * free;
}

void TrafficEngine::Impl::write_columns(StateTable& state, double window_s) {
  const auto flow = state.column(Kind::road, road_column::flow_vph);
  const auto speed = state.column(Kind::road, road_column::speed_mps);
  const auto count = state.column(Kind::road, road_column::vehicles);
  const auto queue = state.column(Kind::road, road_column::queue);
  const auto delay = state.column(Kind::junction, junction_column::delay_s);
  traffic::LaneQueues& queues = simulation.queues();
  const Micros at = simulation.now();
  std::vector<double> passes(delay.size(), 0);
  std::ranges::fill(delay, 0);
  for (std::uint32_t link = 0; link < network->links(); ++link) {
    traffic::LaneQueues::Count passed;
    double waiting = 0;
    double vehicles = 0;
    Micros longest_on = 0;
    Micros longest_wait = 0;
    for (std::uint32_t lane = network->lane_begin[link]; lane < network->lane_begin[link + 1];
         ++lane) {
      const traffic::LaneQueues::Count& one = queues.counts()[lane];
      passed.exits += one.exits;
      passed.time_sum += one.time_sum;
      passed.delay_sum += one.delay_sum;
      const StopLine& line = queues.lane(lane);
      if (line.count == 0) continue;
      vehicles += line.count;
      queues.for_each_on(lane, [&](std::uint32_t slot) {
        const Vehicle& vehicle = queues.vehicle(slot);
        if (vehicle.ready > at) return;
        ++waiting;
        longest_on = std::max(longest_on, at - vehicle.entered);
        longest_wait = std::max(longest_wait, at - vehicle.ready);
      });
    }
    flow[link] = passed.exits * 3600.0 / window_s;
    count[link] = vehicles;
    queue[link] = waiting;
    delay_s[link] = 0;
    if (passed.exits > 0) {
      speed[link] = network->length_m[link] * passed.exits / seconds(passed.time_sum);
      delay_s[link] = seconds(passed.delay_sum) / passed.exits;
      delay[network->to[link]] += seconds(passed.delay_sum);
      passes[network->to[link]] += passed.exits;
    } else if (waiting > 0) {
      // Nobody left: at best as fast as the one who has stood longest.
      speed[link] = network->length_m[link] / seconds(longest_on);
      delay_s[link] = seconds(longest_wait);
    } else {
      speed[link] = driven.speed_mps[link];
    }
  }
  for (std::size_t junction = 0; junction < delay.size(); ++junction) {
    if (passes[junction] > 0) delay[junction] /= passes[junction];
  }
  queues.clear_counts();

  const EntityTable& counters = world->entities(Kind::traffic_counter);
  for (std::uint32_t row = 0; row < counters.size(); ++row) {
    const double road = counters.attribute(traffic_counter_attribute::road_row, row);
    if (!(road >= 0 && road < static_cast<double>(network->links()))) continue;
    const auto link = static_cast<std::size_t>(road);
    state.column(Kind::traffic_counter, traffic_counter_column::flow_vph)[row] = flow[link];
    state.column(Kind::traffic_counter, traffic_counter_column::speed_mps)[row] = speed[link];
  }
}

std::vector<Balance> TrafficEngine::balances() const {
  const traffic::Simulation& simulation = impl_->simulation;
  Balance balance;
  balance.quantity = "vehicles";
  balance.unit = "veh";
  balance.entered = static_cast<double>(simulation.entered());
  balance.left = static_cast<double>(simulation.arrived());
  balance.lost = static_cast<double>(simulation.stranded());
  balance.inside = static_cast<double>(simulation.inside());
  return {balance};
}

void TrafficEngine::show(Frame& frame) const {
  const Impl& impl = *impl_;
  const traffic::Network& network = *impl.network;
  const traffic::LaneQueues& queues = impl.simulation.queues();
  const Micros now = impl.simulation.now();
  const auto add = [&](LocalPoint place, std::uint32_t slot) {
    const Mover::Kind kind = shown_as(queues.vehicle(slot).kind);
    const bool asked = (impl.simulation.driver(slot).number & requested_bit) != 0;
    frame.movers.push_back({static_cast<float>(place.x_m), static_cast<float>(place.y_m), kind,
                            static_cast<std::uint8_t>(asked && kind != Mover::Kind::ambulance)});
  };
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const auto shape = network.shape_of(link);
    double shape_m = -1;
    for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
         ++lane) {
      if (queues.lane(lane).count == 0) continue;
      if (shape_m < 0) shape_m = length_m(shape);
      if (const traffic::micro::MicroZone* zone = queues.zone_of(lane)) {
        zone->for_each_on(lane, [&](const traffic::micro::VehiclePlace& at) {
          const double along = std::max(0.0, at.position_m) / network.length_m[link];
          add(beside(shape, along * shape_m, side_m(network, lane, at.lateral_m)), at.vehicle);
        });
        continue;
      }
      double ahead_m = 0;
      queues.for_each_in(queues.lane(lane), [&](std::uint32_t slot) {
        const Vehicle& vehicle = queues.vehicle(slot);
        const double driven = seconds(now - vehicle.entered);
        const double whole = seconds(vehicle.ready - vehicle.entered);
        const double length = network.length_m[link];
        const double along =
            std::clamp(std::min(driven / whole * length, length - ahead_m), 0.0, length);
        add(point_along(shape, along / length * shape_m), slot);
        if (vehicle.ready <= now) ahead_m += vehicle.room / 100.0 * traffic::jam_spacing_m;
      });
    }
  }
  for (const traffic::Simulation::Aside& one : impl.simulation.aside()) {
    add(network.junction_place[one.junction], one.slot);
  }
}

void TrafficEngine::add_kpis(KpiList& kpis) const {
  const Impl& impl = *impl_;
  const traffic::Simulation& simulation = impl.simulation;
  std::uint64_t delayed = impl.delayed;
  double delay_s = impl.delay_sum_s;
  simulation.for_each_vehicle([&](std::uint32_t slot) {
    const auto& driver = simulation.driver(slot);
    const Micros taken = simulation.now() - driver.departed;
    if (impl.is_delayed(taken, driver.free_time)) ++delayed;
    delay_s += std::max(0.0, seconds(taken - driver.free_time));
  });
  const auto add = [&kpis](const char* id, const char* vi, const char* en, const char* unit,
                           double value, Kpi::Better better) {
    kpis.push_back({id, vi, en, unit, value, better});
  };
  add("vehicle_trips", "Số chuyến xe đã khởi hành", "Vehicle trips made", "veh",
      static_cast<double>(simulation.entered()), Kpi::Better::neither);
  add("trips_not_made", "Số chuyến không có đường đi", "Trips not made for want of a way", "veh",
      static_cast<double>(simulation.not_made()), Kpi::Better::lower);
  add("vehicles_delayed", "Số xe bị chậm trễ", "Vehicles delayed", "veh",
      static_cast<double>(delayed), Kpi::Better::lower);
  add("total_delay_h", "Tổng thời gian chậm trễ", "Total delay", "h", delay_s / 3600,
      Kpi::Better::lower);
  add("vehicles_stranded", "Số xe bị mắc kẹt", "Vehicles stranded", "veh",
      static_cast<double>(impl.stranded.size()), Kpi::Better::lower);
}

}  // namespace kontwin
