#pragma once

#include <functional>
#include <string>
#include <vector>

#include "render/camera.hpp"
#include "render/scene_data.hpp"

namespace kontwin {

/// Where a viewer gets its frames from.
struct FrameSource {
  /// The moments, rising; at least one.
  std::vector<Instant> times;
  /// Loads one and hands it to `show`; what it hands over need not live longer.
  std::function<void(std::size_t frame, const std::function<void(const SceneFrame&)>& show)> load;
};

struct ViewerOptions {
  std::string camera = "overview";  ///< as parse_camera takes it
  Placing placing = {};             ///< of the world
  int width_px = 1280;
  int height_px = 720;
  std::size_t first_frame = 0;
  bool playing = false;
  double frames_a_second = 2;  ///< of the run, while it plays
  long most_pictures = 0;      ///< ends by itself after so many; 0: when it is closed
  /// Moves the camera by itself: where it is in each picture. Then pictures follow each other as
  /// fast as they are drawn, as a benchmark wants them.
  std::function<Camera(long picture)> path{};
};

/// Opens a window on a world and its frames, and returns the number of pictures drawn when it is
/// closed. The help on `h` lists the keys. The window opens on DISPLAY, or, where that is not set,
/// on an Xvfb of our own (for tests). Throws Error when no window can be opened.
long run_viewer(const World& world, const FrameSource& source, const ViewerOptions& options);

}  // namespace kontwin
