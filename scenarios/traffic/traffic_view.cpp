// What the traffic engine shows: columns, balances, movers, KPIs.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/traffic_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

using traffic::Micros;
using traffic::micros_per_second;

namespace {

double seconds(Micros span) { return static_cast<double>(span) / micros_per_second; }

}  // namespace

bool TrafficEngine::Impl::is_delayed(Micros taken, Micros free) const {
  return taken - free > 300 * static_cast<Micros>(micros_per_second) && 2 * taken > 3 * free;
}

void TrafficEngine::Impl::write_columns(StateTable& state, double window_s) {
  const auto flow = state.column(Kind::road, road_column::flow_vph);
  const auto speed = state.column(Kind::road, road_column::speed_mps);
  const auto count = state.column(Kind::road, road_column::vehicles);
  const auto queue = state.column(Kind::road, road_column::queue);
  const auto delay = state.column(Kind::junction, junction_column::delay_s);
  const Micros at = now + static_cast<Micros>(window_s * micros_per_second);
  const traffic::LinkQueues::Counts& counts = queues.counts();
  std::vector<double> passes(delay.size(), 0);
  std::ranges::fill(delay, 0);
  for (std::uint32_t link = 0; link < links.size(); ++link) {
    const std::uint32_t exits = counts.exits[link];
    const std::uint32_t head = queues.head(link);
    flow[link] = exits * 3600.0 / window_s;
    count[link] = queues.count(link);
    double waiting = 0;
    for (std::uint32_t slot = head; slot != no_row && vehicles.ready[slot] <= at;
         slot = vehicles.next[slot]) {
      ++waiting;
    }
    queue[link] = waiting;
    delay_s[link] = 0;
    if (exits > 0) {
      speed[link] = links.length_m[link] * exits / seconds(counts.time_sum[link]);
      delay_s[link] = seconds(counts.delay_sum[link]) / exits;
      delay[links.to[link]] += seconds(counts.delay_sum[link]);
      passes[links.to[link]] += exits;
    } else if (waiting > 0) {
      // Nobody left: at best as fast as the one who has stood longest.
      speed[link] = links.length_m[link] / seconds(at - vehicles.entered_link[head]);
      delay_s[link] = seconds(at - vehicles.ready[head]);
    } else {
      speed[link] = links.speed_mps[link];
    }
  }
  for (std::size_t junction = 0; junction < delay.size(); ++junction) {
    if (passes[junction] > 0) delay[junction] /= passes[junction];
  }
  queues.clear_counts();

  const EntityTable& counters = world->entities(Kind::traffic_counter);
  for (std::uint32_t row = 0; row < counters.size(); ++row) {
    const double road = counters.attribute(traffic_counter_attribute::road_row, row);
    if (!(road >= 0 && road < static_cast<double>(links.size()))) continue;
    const auto link = static_cast<std::size_t>(road);
    state.column(Kind::traffic_counter, traffic_counter_column::flow_vph)[row] = flow[link];
    state.column(Kind::traffic_counter, traffic_counter_column::speed_mps)[row] = speed[link];
  }
}

std::vector<Balance> TrafficEngine::balances() const {
  const Impl& impl = *impl_;
  Balance balance;
  balance.quantity = "vehicles";
  balance.unit = "veh";
  balance.entered = static_cast<double>(impl.entered);
  balance.left = static_cast<double>(impl.arrived);
  balance.lost = static_cast<double>(impl.stranded.size());
  balance.inside = static_cast<double>(impl.queues.count_all() + impl.aside.size());
  return {balance};
}

void TrafficEngine::show(Frame& frame) const {
  const Impl& impl = *impl_;
  const traffic::VehicleTable& vehicles = impl.vehicles;
  const auto add = [&frame, &vehicles](LocalPoint place, std::uint32_t slot) {
    const auto which = vehicles.vehicle_class[slot];
    const bool ambulance = traffic::classes[which].shown_as == Mover::Kind::ambulance;
    frame.movers.push_back(
        {static_cast<float>(place.x_m), static_cast<float>(place.y_m),
         traffic::classes[which].shown_as,
         static_cast<std::uint8_t>(vehicles.requested[slot] != 0 && !ambulance)});
  };
  for (std::uint32_t link = 0; link < impl.links.size(); ++link) {
    if (impl.queues.head(link) == no_row) continue;
    const auto shape = impl.world->roads().shape_of(link);
    const double shape_m = length_m(shape);
    const double car_m = traffic::jam_spacing_m / impl.links.lanes[link];
    double ahead_m = 0;
    for (std::uint32_t slot = impl.queues.head(link); slot != no_row; slot = vehicles.next[slot]) {
      const double driven = seconds(impl.now - vehicles.entered_link[slot]);
      const double whole = seconds(vehicles.ready[slot] - vehicles.entered_link[slot]);
      const double length = impl.links.length_m[link];
      const double along =
          std::clamp(std::min(driven / whole * length, length - ahead_m), 0.0, length);
      add(point_along(shape, along / length * shape_m), slot);
      if (vehicles.ready[slot] <= impl.now) ahead_m += vehicles.size(slot) / 100.0 * car_m;
    }
  }
  const std::vector<LocalPoint>& places = impl.world->entities(Kind::junction).place;
  for (const Impl::Aside& one : impl.aside) add(places[one.junction], one.slot);
}

void TrafficEngine::add_kpis(KpiList& kpis) const {
  const Impl& impl = *impl_;
  std::uint64_t delayed = impl.delayed;
  double delay_s = impl.delay_sum_s;
  impl.for_each_vehicle([&](std::uint32_t slot) {
    const Micros taken = impl.now - impl.vehicles.departed[slot];
    const Micros free = impl.vehicles.free_time[slot];
    if (impl.is_delayed(taken, free)) ++delayed;
    delay_s += std::max(0.0, seconds(taken - free));
  });
  const auto add = [&kpis](const char* id, const char* vi, const char* en, const char* unit,
                           double value, Kpi::Better better) {
    kpis.push_back({id, vi, en, unit, value, better});
  };
  add("vehicle_trips", "Số chuyến xe đã khởi hành", "Vehicle trips made", "veh",
      static_cast<double>(impl.entered), Kpi::Better::neither);
  add("trips_not_made", "Số chuyến không có đường đi", "Trips not made for want of a way", "veh",
      static_cast<double>(impl.not_made), Kpi::Better::lower);
  add("vehicles_delayed", "Số xe bị chậm trễ", "Vehicles delayed", "veh",
      static_cast<double>(delayed), Kpi::Better::lower);
  add("total_delay_h", "Tổng thời gian chậm trễ", "Total delay", "h", delay_s / 3600,
      Kpi::Better::lower);
  add("vehicles_stranded", "Số xe bị mắc kẹt", "Vehicles stranded", "veh",
      static_cast<double>(impl.stranded.size()), Kpi::Better::lower);
}

}  // namespace kontwin
