#include <cstdio>

#include "app/commands.hpp"
#include "app/open_world.hpp"
#include "io/report/terminal_text.hpp"
#include "io/world/build_world.hpp"
#include "twin/error.hpp"
#include "twin/world.hpp"
#include "twin/world_check.hpp"

namespace kontwin {

namespace {

void print_entities(const World& world) {
  std::printf("\n  %s %9s %9s %9s %9s\n", padded("", 42).c_str(), "số lượng", "fact", "derived",
              "synthetic");
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = world.entities(kind);
    std::array<std::size_t, 3> by_provenance{};
    for (const Provenance provenance : table.provenance) {
      ++by_provenance[static_cast<std::size_t>(provenance)];
    }
    const std::string name =
        std::string(names_of(kind).vietnamese) + " / " + std::string(names_of(kind).english);
    std::printf("  %s %9zu %9zu %9zu %9zu\n", padded(name, 42).c_str(), table.size(),
                by_provenance[0], by_provenance[1], by_provenance[2]);
  }
  std::printf("  %s %9zu\n", padded("Tổng / Total", 42).c_str(), world.size());
}

void print_land(const World& world) {
  std::printf("\n  Địa hình / Terrain\n");
  for (const TerrainGrid& grid : world.terrain().grids) {
    const GridShape& shape = grid.elevation_m.shape;
    std::printf("    %s %4.0f m, %zu × %zu\n", padded(grid.name, 20).c_str(), shape.cell_m,
                shape.columns, shape.rows);
  }
  double road_km = 0;
  for (std::size_t link = 0; link < world.roads().links(); ++link) {
    const std::uint32_t back = world.roads().opposite[link];
    if (back != no_row && back < link) continue;
    road_km += world.entities(Kind::road).attribute(road_attribute::length_m, link) / 1000;
  }
  std::printf("  Đường / Roads: %.0f km, %zu đoạn có hướng / directed links\n", road_km,
              world.roads().links());
  std::printf("  Sông / Rivers: %zu\n", world.rivers().size());
  std::printf("  Đơn vị hành chính / Administrative units: %zu\n", world.admin_units().size());
  std::printf("\n  Nguồn / Sources\n");
  for (const Source& source : world.sources()) {
    std::printf("    %s %s [%s]\n", padded(source.id, 20).c_str(), source.title.c_str(),
                source.license.c_str());
  }
}

}  // namespace

int run_world_build(const WorldOptions& options) {
  WorldOptions rebuilt = options;
  rebuilt.common.rebuild = true;
  const auto world = open_world(rebuilt.common);
  const auto kept = cached_world_path(world_folder(options.common), options.common.cache);
  if (!exists(kept)) throw FileError(kept.string(), "the world was built but not kept there");
  std::printf("  %s: %zu thực thể / entities, %zu đoạn đường / links\n  %s\n",
              world->name().c_str(), world->size(), world->roads().links(),
              world->content_hash().c_str());
  return 0;
}

int run_world_info(const WorldOptions& options) {
  const auto world = open_world(options.common);
  std::printf("  %s  %s\n", world->name().c_str(), world->content_hash().c_str());
  print_entities(*world);
  print_land(*world);
  return 0;
}

int run_world_check(const WorldOptions& options) {
  const auto folder = world_folder(options.common);
  ImportReport report;
  // Not through the cache: a world that cannot be sealed is never in it, and it is such a world
  // that its maker wants to see checked.
  const auto problems = check_parts(read_world_folder(folder, {}, &report));
  print_import(report);
  for (const WorldProblem& problem : problems) {
    std::printf("  %-8s %s: %s / %s\n", std::string(name_of(problem.severity)).c_str(),
                problem.where.c_str(), problem.reason_vi.c_str(), problem.reason_en.c_str());
  }
  const bool fit = can_run(problems);
  std::printf("  %zu vấn đề / problems; %s\n", problems.size(),
              fit ? "chạy được / can run" : "không chạy được / cannot run");
  return fit ? 0 : 1;
}

}  // namespace kontwin
