#pragma once

#include <string>
#include <vector>

#include "io/run/run_file.hpp"
#include "render/scene_data.hpp"

namespace kontwin {

/// One frame of a run, held in memory as it is drawn.
class LoadedFrame {
 public:
  /// `origin`: the (0, 0) of the world that it is drawn in. Throws FileError when the frame cannot
  /// be read.
  LoadedFrame(const RunFile& run, std::size_t frame, LocalPoint origin = {});
  LoadedFrame(const LoadedFrame&) = delete;
  LoadedFrame& operator=(const LoadedFrame&) = delete;

  const SceneFrame& scene() const { return scene_; }

 private:
  StateTable state_;
  std::vector<Raster<float>> rasters_;
  SceneFrame scene_;
};

/// The frame of a run that `text` means: a moment, a length of time after the start, or, when
/// empty, the last one. Throws Error for anything else, and FileError for a moment outside the run.
std::size_t frame_at(const RunFile& run, const std::string& text);

}  // namespace kontwin
