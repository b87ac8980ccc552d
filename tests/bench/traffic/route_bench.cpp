// Ways of single vehicles over a town of 18,224 links.
#include <benchmark/benchmark.h>

#include "scenarios/traffic/route_book.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::testing {
namespace {

struct Town {
  std::shared_ptr<const Network> network;
  LinkState links;
  Guides guides;
  ComputeArena arena{1};
  RouteBook book;
  std::vector<double> delay_s;

  Town()
      : network(varied(grid(68)).seal()),
        links(*network),
        guides(*network),
        book(*network, links, guides, arena, std::vector<double>(vehicle_kinds, 50)),
        delay_s(network->links()) {
    RandomStream random(3, 1);
    for (double& one : delay_s) one = random.uniform() < 0.3 ? random.uniform(5, 60) : 0;
    book.refresh(delay_s);
  }
  static Drawing varied(Drawing drawing) {
    RandomStream random(3, 2);
    constexpr double speeds_kmh[] = {30, 40, 50, 60};
    for (LinkPart& link : drawing.parts.links) {
      link.free_speed_mps = speeds_kmh[random.below(4)] / 3.6;
    }
    return drawing;
  }
};

Town& town() {
  static Town made;
  return made;
}

/// A way of its own for each of many vehicles, as those do who have no route.
void RouteOfOneVehicle(benchmark::State& state) {
  Town& in = town();
  const bool informed = state.range(0) != 0;
  RandomStream random(5, 1);
  const auto pick = [&] { return static_cast<std::uint32_t>(random.below(in.network->links())); };
  in.book.route(0, {Destination::Kind::link, 1}, VehicleKind::car, informed);  // makes the bounds
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        in.book.route(pick(), {Destination::Kind::link, pick()}, VehicleKind::car, informed));
  }
  state.counters["routes_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(RouteOfOneVehicle)->ArgName("informed")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace kontwin::traffic::testing
