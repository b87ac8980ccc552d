// How the region engine grows with the people who leave: a town of blocks of 100, all of whom are
// ordered to leave at once, with few buses, boats and ambulances to fetch those who cannot by
// themselves; two hours, with the traffic engine and without. The work a person must not grow with
// the number of people.
#include <benchmark/benchmark.h>

#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {
namespace {

/// Roads on which everyone arrives at once, so that the evacuation engine is seen alone.
class AtOnce final : public TravelService {
 public:
  AtOnce(const TravelService& roads, Duration takes) : roads_(roads), takes_(takes) {}
  void request(const TripRequest& trip) override {
    outcomes_.push_back(
        {trip.traveller, TripOutcome::Result::arrived, trip.depart + takes_, trip.to});
  }
  std::vector<TripOutcome> take_outcomes() override { return std::exchange(outcomes_, {}); }
  std::vector<double> travel_times_to(std::span<const std::uint32_t> targets,
                                      Mover::Kind vehicle) const override {
    return roads_.travel_times_to(targets, vehicle);
  }
  std::vector<double> link_times(Mover::Kind vehicle) const override {
    return roads_.link_times(vehicle);
  }
  void for_each_on(
      std::span<const std::uint32_t> /*roads*/,
      const std::function<void(std::uint64_t, std::uint32_t)>& /*visit*/) const override {}

 private:
  const TravelService& roads_;
  Duration takes_;
  std::vector<TripOutcome> outcomes_;
};

void evacuate(benchmark::State& bench, bool with_traffic) {
  const auto size = static_cast<std::size_t>(bench.range(0));
  WorldParts parts = town_parts(size);
  const double people = 100 * static_cast<double>(size * size);
  for (double& places :
       parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places]) {
    places = people;
  }
  const auto world = World::seal(std::move(parts));
  EvacuationOptions options;
  options.departure_median_min = 15;
  options.buses = 40;
  options.ambulances = 10;
  options.boats = 10;
  options.warning = {evacuation::WarningChannel::siren, evacuation::WarningChannel::sms};
  double safe = 0;
  for (auto _ : bench) {
    Branch branch = branch_of(world);
    StateTable state = branch.state;
    ComputeArena arena(2);
    TrafficEngine traffic(branch, arena, no_background());
    AtOnce at_once(traffic, std::chrono::minutes(5));
    TravelService& roads = with_traffic ? static_cast<TravelService&>(traffic) : at_once;
    EvacuationEngine engine(branch, roads, options);
    OrderEvacuation order;
    for (std::uint32_t row = 0; row < state.rows(Kind::residence); ++row) {
      order.residences.push_back(row);
    }
    engine.apply(order, state, branch.start);
    Instant now = branch.start;
    for (int minute = 0; minute < 120; ++minute) {
      engine.advance(state, now, now + branch.window);
      if (with_traffic) traffic.advance(state, now, now + branch.window);
      now += branch.window;
    }
    safe = 0;
    for (const double here : state.column(Kind::shelter, shelter_column::occupants)) safe += here;
    benchmark::DoNotOptimize(safe);
  }
  bench.counters["safe"] = safe;
  bench.counters["people"] = benchmark::Counter(people * static_cast<double>(bench.iterations()),
                                                benchmark::Counter::kIsRate);
}

void people_who_leave(benchmark::State& bench) { evacuate(bench, false); }
void people_who_leave_with_traffic(benchmark::State& bench) { evacuate(bench, true); }

BENCHMARK(people_who_leave)
    ->Arg(10)
    ->Arg(20)
    ->Arg(40)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(people_who_leave_with_traffic)->Arg(20)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
