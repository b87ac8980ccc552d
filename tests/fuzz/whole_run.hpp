#pragma once

#include <algorithm>
#include <filesystem>

#include "io/run/run_file.hpp"

namespace kontwin::fuzz {

/// Opens a run and reads everything in it; of many frames, the first three and the last.
inline void read_whole_run(const std::filesystem::path& path) {
  const RunFile run(path);
  for (const Kind kind : all_kinds()) run.urns(kind);
  run.ground();
  run.earthquakes();
  run.events();
  run.kpis();
  for (std::size_t i = 0; i < std::min<std::size_t>(run.frames(), 4); ++i) {
    const std::size_t frame = i < 3 ? i : run.frames() - 1;
    run.nearest_frame(run.times()[frame]);
    run.state(frame);
    run.movers(frame);
    run.balances(frame);
    for (const RecordedField& field : run.fields()) run.field(frame, field.name, field.grid);
  }
}

}  // namespace kontwin::fuzz
