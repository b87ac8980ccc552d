#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/traffic/traffic_engine.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using testing::branch_of;
using testing::corridor;
using testing::TrafficRun;

// One lane, 15 m/s, 1800 cars an hour, 7.5 m a waiting car: jam waves of 5 m/s.
constexpr double speed_mps = 15;
constexpr double capacity_vph = 1800;
constexpr double jam_density_pkm = 1000 / 7.5;
const double wave_mps = 1 / (jam_density_pkm / 1000 / (capacity_vph / 3600) - 1 / speed_mps);

const char* const newell = "Newell 1993, A simplified theory of kinematic waves in highway traffic";

struct Measured {
  double density_pkm, flow_vph;
};

/// The middle one of three links at so much demand and so much capacity after it, when steady.
Measured measure(double demand_vph, double outlet_share) {
  TrafficRun run(branch_of(World::seal(corridor({600, 1500, 600}, speed_mps, capacity_vph))));
  run.set_road(2, road_column::capacity_factor, outlet_share);
  run.send(0, 3, static_cast<int>(demand_vph * 1.5), 3600 / demand_vph);
  Measured sum{0, 0};
  run.run(85, {}, [&](int minute) {
    if (minute < 65) return;
    sum.density_pkm += run.road(1, road_column::vehicles) / 1.5 / 20;
    sum.flow_vph += run.road(1, road_column::flow_vph) / 20;
  });
  return sum;
}

TEST(TrafficValidation, ALinkFollowsItsFundamentalDiagram) {
  Curve theory{"theory (triangular)",
               {{0, 0}, {capacity_vph / 3.6 / speed_mps, capacity_vph}, {jam_density_pkm, 0}},
               true};
  Curve points{"measured", {}, false};
  double worst_free = 0;
  // No headway divides a minute, so that the counts at its end are taken at all phases.
  for (const double demand : {317.0, 623.0, 911.0, 1213.0, 1511.0}) {
    const Measured at = measure(demand, 1);
    points.points.emplace_back(at.density_pkm, at.flow_vph);
    worst_free =
        std::max(worst_free, std::abs(at.flow_vph / (at.density_pkm * speed_mps * 3.6) - 1));
    worst_free = std::max(worst_free, std::abs(at.flow_vph / demand - 1));
  }
  expect_at_most({"traffic", "Free branch: flow = density x free speed, largest error", "", newell},
                 worst_free, 0.02);

  const Measured full = measure(2400, 1);
  points.points.emplace_back(full.density_pkm, full.flow_vph);
  expect_within({"traffic", "Capacity of a link under more demand", "veh/h", newell}, full.flow_vph,
                capacity_vph, 0.01);

  double worst_jam = 0;
  for (const double share : {0.1, 0.25, 0.4, 0.55, 0.7, 0.85}) {
    const Measured at = measure(1800, share);
    points.points.emplace_back(at.density_pkm, at.flow_vph);
    const double flow_ps = share * capacity_vph / 3600;
    const double expected = jam_density_pkm - 1000 * flow_ps / wave_mps;
    worst_jam = std::max(worst_jam, std::abs(at.density_pkm / expected - 1));
    worst_jam = std::max(worst_jam, std::abs(at.flow_vph / (share * capacity_vph) - 1));
  }
  expect_at_most(
      {"traffic", "Congested branch: density = jam density - flow / wave speed, largest error", "",
       newell},
      worst_jam, 0.03);
  plot("traffic", "fundamental-diagram", "Fundamental diagram of one link", "density, veh/km",
       "flow, veh/h", {theory, points});
}

TEST(TrafficValidation, AQueueDissolvesAtTheSpeedOfItsJamWave) {
  // Ten full links of 300 m behind an outlet that opens after an hour.
  Branch branch = branch_of(World::seal(
      corridor({300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300}, speed_mps, capacity_vph)));
  branch.window = std::chrono::seconds{5};
  TrafficRun run(std::move(branch));
  constexpr std::uint32_t outlet = 10;
  run.set_road(outlet, road_column::capacity_factor, 1e-4);
  run.send(0, 11, 600, 2);
  run.run(720);
  for (std::uint32_t link = 0; link < outlet; ++link) {
    EXPECT_EQ(run.road(link, road_column::vehicles), 40);
  }
  run.set_road(outlet, road_column::capacity_factor, 1);
  std::vector<double> moved_s(outlet, 0);
  run.run(200, {}, [&](int window) {
    for (std::uint32_t link = 0; link < outlet; ++link) {
      if (moved_s[link] == 0 && run.road(link, road_column::flow_vph) > 0) {
        moved_s[link] = 5.0 * window + 2.5;
      }
    }
  });
  const double measured = 300.0 * (outlet - 1) / (moved_s[0] - moved_s[outlet - 1]);
  expect_within({"traffic", "Jam wave of a dissolving queue over 2.7 km", "m/s",
                 "Lighthill and Whitham 1955, On kinematic waves II; Newell 1993"},
                measured, wave_mps, 0.02);
}

TEST(TrafficValidation, AQueueAtABottleneckGrowsAndEmptiesAsCounted) {
  // 1800 an hour for 20 minutes into 1200 an hour: 200 wait at most, and 50 vehicle hours are lost.
  constexpr double arrivals = 1800, service = 1200, lasts_h = 1.0 / 3;
  TrafficRun run(branch_of(World::seal(corridor({6000, 500}, speed_mps, capacity_vph))));
  run.set_road(1, road_column::capacity_factor, service / capacity_vph);
  run.send(0, 2, static_cast<int>(arrivals * lasts_h), 3600 / arrivals);
  double longest_s = 0;
  run.engine.record_trips(true);
  run.run(60);
  const double free_s = 6500 / speed_mps;
  double delay_s = 0;
  for (const auto& trip : run.engine.trips()) {
    const double delay = trip.arrived_s - trip.departed_s - free_s;
    delay_s += delay;
    longest_s = std::max(longest_s, delay);
  }
  ASSERT_EQ(run.engine.trips().size(), 600U);
  const char* const source = "Newell 1982, Applications of queueing theory, ch. 2 (D/D/1)";
  expect_within({"traffic", "Bottleneck: total delay", "veh h", source}, delay_s / 3600,
                (arrivals - service) * lasts_h / 2 * lasts_h * arrivals / service, 0.01);
  expect_within({"traffic", "Bottleneck: longest delay", "s", source}, longest_s,
                (arrivals - service) * lasts_h / service * 3600, 0.01);
}

}  // namespace
}  // namespace kontwin::validation
