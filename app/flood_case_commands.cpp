#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "app/commands.hpp"
#include "app/progress.hpp"
#include "io/flood/case_tables.hpp"
#include "io/flood/flood_case_file.hpp"
#include "io/flood/flood_case_run.hpp"
#include "io/run/run_writer.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// `depth_m-0003h15` and so on: sorted by time.
std::string map_name(Duration after) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(after).count();
  const double seconds = to_seconds(after) - 60 * static_cast<double>(minutes);
  std::string text = std::to_string(minutes / 60);
  text = "depth_m-" + std::string(4 - std::min<std::size_t>(text.size(), 4), '0') + text + "h" +
         (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60);
  if (seconds > 0) text += "m" + std::to_string(std::llround(1000 * seconds)) + "ms";
  return text;
}

}  // namespace

int run_flood(const FloodRunOptions& options) {
  flood::FloodCase flood_case = flood::read_flood_case(options.flood_case);
  auto folder = options.out;
  if (folder.empty()) {
    std::string stem = options.flood_case.stem().string();
    if (stem.ends_with(".flood")) stem.resize(stem.size() - std::string(".flood").size());
    folder = std::filesystem::path("runs") / stem;
  }
  std::filesystem::create_directories(folder);
  auto record = options.record;
  if (record.empty() && flood_case.record_every.count() > 0) record = folder / "run.h5";
  if (!record.empty() && flood_case.record_every.count() == 0) {
    flood_case.record_every = flood_case.every;
  }

  ComputeArena arena(options.threads);
  std::unique_ptr<RunWriter> writer;
  if (!record.empty()) {
    writer = std::make_unique<RunWriter>(
        record, OwnGround{flood_case.plane, flood_case.turn, flood_case.outside});
  }
  const auto begun = std::chrono::steady_clock::now();
  flood::CaseOutcome outcome;
  {
    Progress progress({flood_case.name});
    flood::CaseWatch watch;
    watch.record = writer.get();
    watch.progress = [&](double share) { progress.set(0, share); };
    watch.map = [&](const std::string& grid, const Raster<float>& depth_m, Duration after) {
      flood::write_case_map(folder, flood_case, grid, map_name(after), depth_m);
    };
    try {
      outcome = run_flood_case(flood_case, arena, watch);
    } catch (const ScenarioError& error) {
      throw FileError(options.flood_case.string(), error.what());
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  flood::write_case_tables(folder, flood_case, outcome);
  if (!outcome.stopped.empty()) {
    throw FileError(options.flood_case.string(),
                    outcome.stopped + ". What was noted until then: " + folder.string());
  }
  std::printf("\n%s  %s (%.1f s, %.0f triệu / million cell updates)\n",
              case_text(flood_case, outcome).c_str(), folder.string().c_str(), took.count(),
              static_cast<double>(outcome.cell_updates) / 1e6);
  return 0;
}

int check_flood(const FloodRunOptions& options) {
  const flood::FloodCase flood_case = flood::read_flood_case(options.flood_case);
  for (const TerrainGrid& grid : flood_case.terrain.grids) {
    const LocalBox box = flood_case.turn.box_on_plane(grid.elevation_m.shape.box());
    std::printf("  %s: %zu x %zu ô / cells, %g m; x %.10g – %.10g, y %.10g – %.10g\n",
                grid.name.c_str(), grid.elevation_m.shape.columns, grid.elevation_m.shape.rows,
                grid.elevation_m.shape.cell_m, box.min_x_m, box.max_x_m, box.min_y_m, box.max_y_m);
  }
  if (flood_case.turn.any()) {
    std::printf("  lưới xoay / grid turned: %g° (x %.10g, y %.10g)\n", flood_case.turn.degrees,
                flood_case.turn.about.x_m, flood_case.turn.about.y_m);
  }
  for (const std::string& note : flood_case.notes) {
    std::printf("  lưu ý / note: %s\n", note.c_str());
  }
  try {
    ComputeArena arena(options.threads);
    check_flood_case(flood_case, arena);
  } catch (const ScenarioError& error) {
    throw FileError(options.flood_case.string(), error.what());
  }
  std::printf(
      "%s: %g h, %zu dòng vào / inflows, %zu biên / edges, %zu công trình / structures, %zu điểm / "
      "points, %zu mặt cắt / sections\n",
      flood_case.name.c_str(), to_seconds(flood_case.length) / 3600, flood_case.inflows.size(),
      flood_case.options.edges.size(), flood_case.options.structures.size(),
      flood_case.points.size(), flood_case.sections.size());
  return 0;
}

}  // namespace kontwin
