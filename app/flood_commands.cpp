#include <cstdio>
#include <string>

#include "app/commands.hpp"
#include "app/run_report.hpp"
#include "io/export/geotiff_export.hpp"
#include "io/export/impact_export.hpp"
#include "io/report/impact_text.hpp"
#include "twin/error.hpp"

namespace kontwin {

int run_flood_maps(const FloodMapsOptions& options) {
  const RunFile run(options.run);
  const auto maps = run.maps();
  if (maps.empty()) {
    throw FileError(options.run.string(),
                    run.header().complete ? "holds no maps: no flood was computed in this run"
                                          : "holds no maps: the run was stopped before its end");
  }
  auto folder = options.out;
  if (folder.empty()) {
    folder = options.run;
    folder.replace_extension();
    folder += "-maps";
  }
  std::filesystem::create_directories(folder);
  const RunHeader& header = run.header();
  for (const RecordedField& map : maps) {
    const auto path = folder / (map.grid + "-" + map.name + ".tif");
    const Raster<float> raster = run.map(map.name, map.grid).raster;
    if (header.plane.empty() && !header.turn.any()) {
      write_geotiff(raster, LocalFrame(header.origin), map.name, run.unit_of(map), path);
    } else {
      write_geotiff(raster, header.plane, map.name, run.unit_of(map), path, header.turn);
    }
    std::printf("  %s\n", path.string().c_str());
  }
  return 0;
}

int run_flood_impacts(const FloodImpactsOptions& options) {
  const RunFile run(options.run);
  if (!run.header().complete) {
    throw FileError(options.run.string(), "the run was stopped before its end");
  }
  if (!options.out.empty()) write_impacts(run, options.out);
  std::printf("\n%s\n", impact_table(run.impacts(), run.end()).c_str());
  if (!options.out.empty()) std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
