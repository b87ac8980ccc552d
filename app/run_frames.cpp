#include "app/run_frames.hpp"

#include "io/flood/case_times.hpp"
#include "twin/error.hpp"

namespace kontwin {

LoadedFrame::LoadedFrame(const RunFile& run, std::size_t frame, LocalPoint origin)
    : state_(run.state(frame)) {
  const auto& fields = run.fields();
  rasters_.reserve(fields.size());  // the views below point into it
  for (const RecordedField& field : fields) {
    auto raster = run.field(frame, field.name, field.grid);
    if (!raster) continue;
    rasters_.push_back(std::move(*raster));
    GridShape shape = field.shape;
    shape.left_m -= origin.x_m;
    shape.bottom_m -= origin.y_m;
    scene_.fields.push_back({field.name, field.grid, shape, rasters_.back().values});
  }
  scene_.at = run.times()[frame];
  if (run.header().start == flood::undated_start) scene_.counted_from = flood::undated_start;
  scene_.state = &state_;
  scene_.movers = run.movers(frame);
  for (const auto& [at, quake] : run.earthquakes()) {
    if (at > scene_.at) continue;
    scene_.epicentres.push_back({quake.epicentre, quake.magnitude, quake.depth_km});
  }
  scene_.title_vi = run.header().title_vi;
  scene_.title_en = run.header().title_en;
  if (scene_.title_en == scene_.title_vi) scene_.title_en.clear();
}

std::size_t frame_at(const RunFile& run, const std::string& text) {
  if (run.frames() == 0) throw FileError(run.path(), "holds no frame");
  if (text.empty()) return run.frames() - 1;
  const auto after = parse_duration(text);
  const auto moment = after ? std::optional(run.header().start + *after) : parse_instant(text);
  if (!moment) {
    throw Error("--at: '" + text +
                "' is neither a time after the start, such as 90min, nor a moment, such as "
                "2025-11-18T03:00:00+07:00");
  }
  if (*moment < run.times().front() || *moment > run.times().back()) {
    throw FileError(run.path(), "goes from " + format_instant(run.times().front()) + " to " +
                                    format_instant(run.times().back()) + "; " +
                                    format_instant(*moment) + " is outside");
  }
  return run.nearest_frame(*moment);
}

}  // namespace kontwin
