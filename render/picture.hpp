#pragma once

#include <filesystem>
#include <memory>

#include "render/camera.hpp"
#include "render/scene_data.hpp"

namespace kontwin {

/// Makes pictures of one world; what one picture made of the scene is kept for the next. Works
/// without a display (see render/offscreen.hpp). Use from one thread. The world must outlive it.
/// `turn`, here and below: of its axes on its plane.
class PictureStudio {
 public:
  /// Throws Error when nothing can be drawn on this machine; it says what is missing.
  explicit PictureStudio(const World& world, const GridTurn& turn = {});
  ~PictureStudio();
  PictureStudio(const PictureStudio&) = delete;
  PictureStudio& operator=(const PictureStudio&) = delete;

  /// Writes a PNG of `width_px` by `height_px` (16 to 4096 each). Throws FileError when it cannot
  /// be written.
  void take(const SceneFrame& frame, const Camera& camera, int width_px, int height_px,
            const std::filesystem::path& path);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Throws FileError where take() would refuse a path: before the work of drawing, not after it.
void check_picture_path(const std::filesystem::path& path);

/// One picture. For several of one world, a PictureStudio is faster.
void render_picture(const World& world, const SceneFrame& frame, const Camera& camera, int width_px,
                    int height_px, const std::filesystem::path& path, const GridTurn& turn = {});

}  // namespace kontwin
