#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "scenarios/traffic/micro/car_following.hpp"
#include "scenarios/traffic/micro/lane_change.hpp"
#include "tests/scenarios/traffic/micro/micro_run.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace testing;
using traffic::micro::Driver;
using traffic::micro::idm_acceleration;
using traffic::micro::idm_wished_gap_m;
using traffic::micro::LaneChangeOptions;

constexpr double speed_limit_mps = 13.89;
constexpr double car_m = 5;

std::vector<VehicleType> with_car(const VehicleType& car_type) {
  const auto standard = traffic::standard_vehicle_types();
  std::vector<VehicleType> types(standard.begin(), standard.end());
  types[car] = car_type;
  return types;
}
VehicleType standard_car() { return traffic::standard_vehicle_types()[car]; }

const char* const idm_paper =
    "Treiber, Hennecke and Helbing 2000, Congested traffic states in empirical observations and "
    "microscopic simulations";

TEST(MicroTrafficValidation, IntelligentDriversFollowAtTheirEquilibriumGap) {
  double worst = 0;
  Curve theory{"(s0 + v T) / sqrt(1 - (v / v0)^4)", {}, true};
  Curve points{"measured", {}, false};
  const VehicleType type = standard_car();
  const Driver driver{speed_limit_mps, type.reaction_s, type.gap_m, type.acceleration_mps2, 2};
  for (double v = 0.5; v < speed_limit_mps; v += 0.5) {
    theory.points.emplace_back(v, traffic::micro::idm_equilibrium_gap_m(driver, v));
  }
  for (const double speed : {1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 12.0, 13.0}) {
    MicroRun run(straight_road({20000}, speed_limit_mps));
    ASSERT_TRUE(run.try_enter(0, car, speed));
    run.zone.hold_to_speed(0, speed);
    while (run.next < 5) run.run(0.5, [&] { run.try_enter(0, car, speed); });
    run.run(900);
    const auto places = run.places();
    for (std::size_t i = 1; i < places.size(); ++i) {
      const double gap = places[i - 1].position_m - car_m - places[i].position_m;
      const double at = places[i].speed_mps;
      points.points.emplace_back(at, gap);
      worst =
          std::max(worst, std::abs(gap / traffic::micro::idm_equilibrium_gap_m(driver, at) - 1));
      worst = std::max(worst, std::abs(at / speed - 1));
    }
  }
  expect_at_most({"traffic, microscopic",
                  "Gap of intelligent drivers at 1 to 13 m/s behind a steady leader, largest error",
                  "", idm_paper},
                 worst, 0.01);
  plot("traffic, microscopic", "idm-gap", "Gaps of intelligent drivers in a platoon", "speed, m/s",
       "gap, m", {theory, points});
}

/// How the model's acceleration answers to gap, own and the leader's speed, at an equilibrium.
struct Response {
  double to_gap, to_speed, to_leader;
};
Response response(const Driver& driver, double speed) {
  const double gap = traffic::micro::idm_equilibrium_gap_m(driver, speed);
  const double root = 2 * std::sqrt(driver.acceleration_mps2 * driver.comfortable_mps2);
  const double wished = driver.standing_gap_m + speed * driver.time_gap_s;
  const double a = driver.acceleration_mps2;
  const double by_closeness = 2 * a * wished / (gap * gap);
  return {2 * a * wished * wished / (gap * gap * gap),
          -4 * a * std::pow(speed, 3) / std::pow(driver.wished_mps, 4) -
              by_closeness * (driver.time_gap_s + speed / root),
          by_closeness * speed / root};
}

/// Amplitude of a wave in the speeds of successive vehicles of a platoon whose leader's speed
/// swings, over that of the vehicle before, at the equilibrium speed.
double measured_growth(const VehicleType& type, double comfortable, double speed, double period_s) {
  MicroOptions options;
  options.step_s = 0.1;
  options.comfortable_mps2 = comfortable;
  MicroRun run(straight_road({60000}, speed_limit_mps), options, with_car(type));
  constexpr std::uint32_t platoon = 14;
  const auto leader_wish = [&](double t_s) {
    return speed * (1 + 0.01 * std::sin(2 * std::numbers::pi * t_s / period_s));
  };
  run.try_enter(0, car, speed);
  run.zone.hold_to_speed(0, speed);
  while (run.next < platoon) run.run(options.step_s, [&] { run.try_enter(0, car, speed); });
  run.run(600);
  std::vector<std::complex<double>> wave(platoon);
  const double settle_s = 20 * period_s;
  const double from_s = run.time_s();
  run.run(settle_s + 10 * period_s, [&] {
    const double t_s = run.time_s() - from_s;
    run.zone.hold_to_speed(0, leader_wish(t_s));
    if (t_s < settle_s) return;
    const auto places = run.places();
    for (std::size_t i = 0; i < platoon; ++i) {
      wave[i] += places[i].speed_mps * std::polar(1.0, -2 * std::numbers::pi * t_s / period_s);
    }
  });
  // From the third to the last: by the whole platoon and not by one pair.
  return std::pow(std::abs(wave[platoon - 1]) / std::abs(wave[2]), 1.0 / (platoon - 3));
}

TEST(MicroTrafficValidation, PlatoonsOfIntelligentDriversAreStringStableWhereTheCriterionSaysSo) {
  const char* const source =
      "Treiber and Kesting 2013, Traffic Flow Dynamics, chapter 15: string stable where v_e' <= "
      "(a_l - a_v) / 2";
  constexpr double speed = 8, comfortable = 1.5, period_s = 40;
  for (const bool stable : {true, false}) {
    VehicleType type = standard_car();
    type.acceleration_mps2 = stable ? 3 : 0.6;
    const Driver driver{speed_limit_mps, type.reaction_s, type.gap_m, type.acceleration_mps2,
                        comfortable};
    const Response at = response(driver, speed);
    const double slope = -at.to_gap / (at.to_speed + at.to_leader);
    EXPECT_EQ(slope <= 0.5 * (at.to_leader - at.to_speed), stable);
    const std::complex<double> turn(0, 2 * std::numbers::pi / period_s);
    const double expected = std::abs((at.to_gap + turn * at.to_leader) /
                                     (turn * turn - turn * at.to_speed + at.to_gap));
    EXPECT_EQ(expected <= 1, stable);
    const double measured = measured_growth(type, comfortable, speed, period_s);
    EXPECT_EQ(measured <= 1, stable);
    expect_within({"traffic, microscopic",
                   stable ? "Growth a vehicle of a wave in a string-stable platoon"
                          : "Growth a vehicle of a wave in a string-unstable platoon",
                   "", source},
                  measured, expected, 0.01);
  }
}

/// A queue of cars of Krauss's drivers without dawdling that starts at a moment: when each has
/// reached half the limit, and when it passes a place far down the road.
struct StartingQueue {
  std::vector<double> half_speed_s, stood_m;
  double flow_pcph = 0;
};
StartingQueue starting_queue(std::size_t cars) {
  VehicleType type = standard_car();
  type.imperfection = 0;
  MicroOptions options;
  options.following = CarFollowing::krauss;
  options.step_s = 1;  // the model's own: the reaction time
  NetworkParts parts = straight_road({1000, 4000}, speed_limit_mps);
  parts.junctions[1].control = JunctionControl::signal;
  add_turns(parts, 1);
  add_signal(parts, 1, 0, 30, 30);
  MicroRun run(std::move(parts), options, with_car(type));
  bool green = false;
  run.zone.ask().aspect = [&](std::uint32_t, Micros) {
    return green ? Aspect::exclusive : Aspect::red;
  };
  run.run(900, [&] {
    if (run.next < cars) run.try_enter(0, car, 5);
  });
  StartingQueue queue;
  queue.half_speed_s.assign(cars, 0);
  for (std::uint32_t i = 0; i < cars; ++i) queue.stood_m.push_back(run.zone.place_of(i).position_m);
  green = true;
  run.run(600, [&] {
    for (const VehiclePlace& place : run.places()) {
      double& at = queue.half_speed_s[place.vehicle];
      // Between two steps, by the acceleration that led there.
      const double over = place.speed_mps - speed_limit_mps / 2;
      if (at == 0 && over >= 0) at = run.time_s() - over / place.acceleration_mps2;
    }
  });
  const std::size_t first = cars / 4;
  const double took_s = traffic::seconds(run.left[cars - 1].at - run.left[first].at);
  queue.flow_pcph = 3600 * static_cast<double>(cars - 1 - first) / took_s;
  return queue;
}

TEST(MicroTrafficValidation, KraussDriversReachTheirCapacityAndStartInAJamWave) {
  const StartingQueue queue = starting_queue(120);
  const char* const source =
      "Krauss 1998, Microscopic modeling of traffic flow: 3600 / (tau + spacing / v)";
  expect_within({"traffic, microscopic",
                 "Capacity of a lane of Krauss drivers (13.89 m/s, 1 s, 7.5 m, no dawdling)",
                 "veh/h", source},
                queue.flow_pcph, 3600 / (1 + 7.5 / speed_limit_mps), 0.01);
  const std::size_t first = 30, last = 110;
  const double wave = (queue.stood_m[first] - queue.stood_m[last]) /
                      (queue.half_speed_s[last] - queue.half_speed_s[first]);
  expect_within({"traffic, microscopic", "Jam wave of a starting queue of Krauss drivers", "m/s",
                 "Newell 2002, A simplified car-following theory: spacing / reaction time"},
                wave, 7.5, 0.01);
}

/// What MOBIL decides for a car among others of one type on a road of two lanes, from places alone.
class Mobil {
 public:
  Mobil(const Driver& driver, const LaneChangeOptions& options)
      : driver_(driver), options_(options) {}

  /// Left minus right side of both criteria for a change to the other lane, whichever is smaller.
  double margin(const std::vector<VehiclePlace>& all, const VehiclePlace& me) const {
    const std::uint32_t other = 1 - me.lane;
    const double own = behind(me, neighbour(all, me, me.lane, true));
    const double own_after = behind(me, neighbour(all, me, other, true));
    double gain = own_after - own;
    double safety = 100;
    const VehiclePlace* const follower = neighbour(all, me, other, false);
    const VehiclePlace* const old = neighbour(all, me, me.lane, false);
    if (follower != nullptr) {
      if (me.position_m - car_m - follower->position_m < 0) return -100;
      const double after = behind(*follower, &me);
      safety = after + options_.safe_deceleration_mps2;
      gain += options_.politeness * (after - behind(*follower, neighbour(all, me, other, true)));
    }
    if (old != nullptr) {
      gain += options_.politeness *
              (behind(*old, neighbour(all, me, me.lane, true)) - behind(*old, &me));
    }
    const VehiclePlace* const leader = neighbour(all, me, other, true);
    if (leader != nullptr && leader->position_m - car_m < me.position_m) return -100;
    const double bias = (other == 0 ? 1 : -1) * options_.keep_outer_bias_mps2;
    return std::min(safety, gain + bias - options_.threshold_mps2);
  }

 private:
  static const VehiclePlace* neighbour(const std::vector<VehiclePlace>& all, const VehiclePlace& me,
                                       std::uint32_t lane, bool ahead) {
    const VehiclePlace* best = nullptr;
    for (const VehiclePlace& it : all) {
      if (it.lane != lane || it.vehicle == me.vehicle) continue;
      if (ahead ? it.position_m < me.position_m : it.position_m > me.position_m) continue;
      if (std::abs(it.position_m - me.position_m) - car_m > traffic::micro::sight_m) continue;
      const bool nearer = best == nullptr || (ahead ? it.position_m < best->position_m
                                                    : it.position_m > best->position_m);
      if (nearer) best = &it;
    }
    return best;
  }
  double behind(const VehiclePlace& who, const VehiclePlace* leader) const {
    Driver driver = driver_;
    driver.wished_mps = wished_mps[who.vehicle];
    if (leader == nullptr) return idm_acceleration(driver, who.speed_mps, 1e9, 0);
    return idm_acceleration(driver, who.speed_mps, leader->position_m - car_m - who.position_m,
                            leader->speed_mps);
  }

  Driver driver_;
  LaneChangeOptions options_;

 public:
  std::vector<double> wished_mps;  ///< [vehicle]
};

TEST(MicroTrafficValidation, LaneChangesAreThoseOfMobilOnBothSidesOfItsThresholds) {
  MicroOptions options;
  options.lane_change.interval_s = options.step_s;
  options.lane_change.politeness = 0.3;
  options.lane_change.keep_outer_bias_mps2 = 0.2;
  // The threshold and the braking that the paper uses.
  options.lane_change.threshold_mps2 = 0.1;
  options.lane_change.safe_deceleration_mps2 = 4;
  const VehicleType type = standard_car();
  MicroRun run(straight_road({30000}, 33, 2), options, with_car(type));
  const Driver driver{33, type.reaction_s, type.gap_m, type.acceleration_mps2, 2};
  Mobil mobil(driver, options.lane_change);
  constexpr std::uint32_t cars = 14;
  const auto wish = [](std::uint32_t vehicle) { return 9.0 + (vehicle * 7 % 13); };
  for (std::uint32_t i = 0; i < cars; ++i) mobil.wished_mps.push_back(wish(i));
  std::vector<double> changed_s(cars, -100);
  int decisions = 0, changes = 0, wrong = 0, near = 0;
  std::vector<VehiclePlace> before;
  run.run(900, [&] {
    if (run.next < cars && run.zone.steps() % 8 == 0 && run.try_enter(run.next % 2, car, 9)) {
      run.zone.hold_to_speed(run.next - 1, wish(run.next - 1));
    }
    const auto now = run.places();
    // What the last step did, against what the places before it ask for. One change a step, as one
    // changes what the next one sees.
    std::vector<std::uint32_t> moved;
    for (const VehiclePlace& was : before) {
      const VehiclePlace is = run.zone.place_of(was.vehicle);
      if (is.lane != was.lane) moved.push_back(was.vehicle);
    }
    for (const VehiclePlace& was : before) {
      const bool did = std::ranges::find(moved, was.vehicle) != moved.end();
      const bool settled = run.time_s() - options.step_s - changed_s[was.vehicle] >= 3;
      if (was.position_m < car_m || !settled || (moved.size() > 1 && did)) continue;
      const double margin = mobil.margin(before, was);
      ++decisions;
      changes += did ? 1 : 0;
      near += std::abs(margin) < 0.1 ? 1 : 0;
      if (std::abs(margin) > 1e-6 && did != (margin > 0)) ++wrong;
    }
    for (const std::uint32_t vehicle : moved) changed_s[vehicle] = run.time_s() - options.step_s;
    before = now;
  });
  EXPECT_GT(changes, 15);
  EXPECT_GT(near, 100);
  EXPECT_GT(decisions, 5000);
  expect_at_most({"traffic, microscopic",
                  "Decisions on a lane change that differ from MOBIL's two criteria", "",
                  "Kesting, Treiber and Helbing 2007, General lane-changing model MOBIL for "
                  "car-following models, eqs. 2 and 3"},
                 wrong, 0);
}

/// A lane of 3.5 m before a signal with 30 s of green in 60 s, always full; who passed when.
struct Discharge {
  struct Passed {
    std::uint32_t type;
    double in_green_s, speed_mps;
    int cycle;
  };
  std::vector<Passed> passed;
  std::vector<double> green_s;  ///< [cycle] of green used: until the last one passed
};
Discharge discharge(double motorbike_share, int cycles, const MicroOptions& options = {}) {
  NetworkParts parts = straight_road({600, 300}, speed_limit_mps);
  parts.junctions[1].control = JunctionControl::signal;
  add_turns(parts, 1);
  add_signal(parts, 1, 0, 30, 30);
  const auto network = Network::seal(std::move(parts));
  MicroZone zone(network, {0}, traffic::standard_vehicle_types(), options);
  zone.ask().next_turn = [](std::uint32_t, std::uint32_t) { return 0U; };
  constexpr double cycle_s = 60, filling_s = 1800;
  zone.ask().aspect = [](std::uint32_t, Micros now) {
    const double at = std::fmod(traffic::seconds(now), cycle_s);
    return at >= 30 && traffic::seconds(now) > filling_s ? Aspect::exclusive : Aspect::red;
  };
  std::vector<std::uint32_t> type_of;
  Discharge result;
  const double end_s = filling_s + cycle_s * cycles;
  while (traffic::seconds(zone.now()) < end_s) {
    const auto next = static_cast<std::uint32_t>(type_of.size());
    // Each cycle's mix is its own around the share, so that the two kinds can be told apart.
    const double share = motorbike_share * (0.8 + 0.4 * RandomStream(5, next / 40).uniform());
    const std::uint32_t type = RandomStream(3, next).uniform() < share ? motorbike : car;
    if (zone.may_enter(0, type, 5)) {
      zone.enter({next, next, type, 0, 5, 1, zone.now()});
      type_of.push_back(type);
    }
    zone.advance(zone.now() + to_micros(options.step_s));
    for (const Leaving& gone : zone.leaving()) {
      const double at = traffic::seconds(gone.at) - filling_s;
      const int cycle = static_cast<int>(at / cycle_s);
      result.passed.push_back(
          {type_of[gone.vehicle], at - cycle * cycle_s - 30, gone.speed_mps, cycle});
    }
  }
  EXPECT_EQ(zone.overruns(), 0U);
  return result;
}

/// Vehicles an hour of green once the queue flows: from 10 s of green to its end.
double saturation_flow(const Discharge& of, int cycles) {
  double count = 0;
  for (const auto& passed : of.passed) {
    if (passed.in_green_s >= 10 && passed.in_green_s < 30) ++count;
  }
  return 3600 * count / (20.0 * cycles);
}

TEST(MicroTrafficValidation, AQueueOfCarsDischargesAtTheSaturationFlow) {
  constexpr int cycles = 30;
  expect_within({"traffic, microscopic", "Saturation flow of a lane of cars at a signal", "veh/h",
                 "Highway Capacity Manual 2000, chapter 16: base rate of 1900 pc/h and lane"},
                saturation_flow(discharge(0, cycles), cycles), 1900, 0.1);
}

TEST(MicroTrafficValidation, MotorbikesTakeTheShareOfACarThatIsCountedInHanoi) {
  constexpr int cycles = 120;
  const Discharge mixed = discharge(0.8, cycles);
  const Discharge cars = discharge(0, 30);
  // Seconds of green a vehicle takes, by least squares over green periods: those from 10 s on, as
  // t = a n_motorbikes + b n_cars (Chu 2003). Riders who filtered to the front are gone by then.
  double mm = 0, mc = 0, cc = 0, tm = 0, tc = 0;
  double speed_sum[2] = {0, 0}, count[2] = {0, 0};
  for (int cycle = 0; cycle < cycles; ++cycle) {
    double n[2] = {0, 0};
    for (const auto& passed : mixed.passed) {
      if (passed.cycle != cycle || passed.in_green_s < 4 || passed.in_green_s >= 30) continue;
      ++n[passed.type];
      speed_sum[passed.type] += passed.speed_mps;
      ++count[passed.type];
    }
    mm += n[0] * n[0];
    mc += n[0] * n[1];
    cc += n[1] * n[1];
    tm += 26 * n[0];
    tc += 26 * n[1];
  }
  const double determinant = mm * cc - mc * mc;
  const double per_motorbike = (tm * cc - tc * mc) / determinant;
  const double per_car = (tc * mm - tm * mc) / determinant;
  const double speed_ratio = (speed_sum[1] / count[1]) / (speed_sum[0] / count[0]);
  const char* const hanoi =
      "Cao and Sano 2012, Estimating capacity and motorcycle equivalent units on urban roads in "
      "Hanoi: a car is 3.4 motorcycles; Chu, Sano and Matsumoto 2005: 0.25 to 0.3";
  expect_within(
      {"traffic, microscopic",
       "Share of a car that a motorbike takes of the green of a mixed queue", "pcu", hanoi},
      per_motorbike / per_car, 1 / 3.4, 0.2);
  expect_within({"traffic, microscopic",
                 "Dynamic car unit of a motorbike in the discharge, (Vc / Vm) / (Ac / Am)", "pcu",
                 "Chandra and Sikdar 2000, Factors affecting PCU in mixed traffic situations, with "
                 "their projected areas of 5.39 and 1.20 m2"},
                speed_ratio / (5.39 / 1.20), 0.25, 0.2);
  const double mixed_flow = saturation_flow(mixed, cycles);
  const double cars_flow = saturation_flow(cars, 30);
  EXPECT_GT(mixed_flow, 1.5 * cars_flow);
}

}  // namespace
}  // namespace kontwin::validation
