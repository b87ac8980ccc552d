#include <cstdio>
#include <fstream>
#include <iomanip>

#include "app/traffic_commands.hpp"
#include "app/traffic_inputs.hpp"
#include "io/traffic/sumo_export.hpp"
#include "scenarios/traffic/equilibrium/dynamic_equilibrium.hpp"
#include "twin/error.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

void write_rounds(const std::filesystem::path& path, const DynamicEquilibrium& found) {
  std::ofstream file(path);
  if (!file) throw FileError(path.string(), "cannot be written");
  file << std::setprecision(10)
       << "round,relative_gap,experienced_h,best_h,driven_h,trips,arrived,without_way,step,"
          "changed\n";
  for (std::size_t i = 0; i < found.rounds().size(); ++i) {
    const EquilibriumRound& round = found.rounds()[i];
    file << i + 1 << ',' << round.gap << ',' << round.experienced_s / 3600 << ','
         << round.best_s / 3600 << ',' << round.driven_s / 3600 << ',' << round.trips << ','
         << round.arrived << ',' << round.without_way << ',' << round.step << ',' << round.changed
         << '\n';
  }
  file.close();
  if (!file) throw FileError(path.string(), "could not be written to its end");
}

}  // namespace

int run_traffic_equilibrium(const TrafficEquilibriumOptions& options) {
  const TrafficInputs inputs(options.network, options.routes, options.edits);
  // Before the work, so that none is lost for want of a place.
  std::filesystem::create_directories(options.out);
  DynamicEquilibriumOptions wanted;
  wanted.gap = options.gap;
  wanted.most_rounds = options.most_rounds;
  wanted.step = options.step;
  wanted.memory = options.memory;
  wanted.run.edits = inputs.edits;
  wanted.run.interval = to_micros(options.interval_min * 60);
  wanted.run.simulation.seed = options.seed;
  wanted.run.simulation.rules.give_way = options.give_way;
  ComputeArena arena(options.threads);
  DynamicEquilibrium equilibrium(inputs.network, inputs.trips, arena, wanted);
  std::printf("Vòng / Round  khe hở / gap   giờ xe / vehicle-hours  đổi đường / changed\n");
  while (equilibrium.round()) {
    const EquilibriumRound& round = equilibrium.rounds().back();
    std::printf("%12zu  %12.5f  %22.1f  %19zu\n", equilibrium.rounds().size(), round.gap,
                round.driven_s / 3600, round.changed);
    std::fflush(stdout);
  }
  const EquilibriumRound& best = equilibrium.rounds()[equilibrium.best_round()];
  if (best.without_way > 0) {
    std::printf("Chuyến không có đường đi / trips without a way: %zu\n", best.without_way);
  }
  write_rounds(options.out / "rounds.csv", equilibrium);
  const std::filesystem::path routes = options.out / "routes.rou.xml";
  write_sumo_routes(routes, equilibrium.best(), *inputs.network);
  const bool reached = best.gap <= options.gap;
  std::printf("Vòng %zu, khe hở %.5f (%s) / round %zu, gap %.5f (%s)\n  %s\n",
              equilibrium.best_round() + 1, best.gap, reached ? "đạt" : "chưa đạt",
              equilibrium.best_round() + 1, best.gap, reached ? "reached" : "not reached",
              routes.string().c_str());
  return 0;
}

}  // namespace kontwin
