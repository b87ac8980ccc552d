#pragma once

#include <memory>

#include "app/commands.hpp"
#include "io/run/run_file.hpp"
#include "render/camera.hpp"

namespace kontwin {

/// The world that pictures of a run show, and how it lies on its plane.
struct DrawnRun {
  std::shared_ptr<const World> world;
  Placing placing;
};

/// The world that a run was made in, from the command's folder or the cache; of a run on a terrain
/// of its own (a flood case) that terrain, with (0, 0) in the corner of its grid, for pictures
/// compute in single precision. Throws FileError where the run was made in another world.
DrawnRun world_of(const RunFile& run, const CommonOptions& options);

}  // namespace kontwin
