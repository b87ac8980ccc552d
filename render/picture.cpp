#include "render/picture.hpp"

#include <osgDB/WriteFile>

#include "render/offscreen.hpp"
#include "render/scene.hpp"
#include "twin/error.hpp"

namespace kontwin {

struct PictureStudio::Parts {
  explicit Parts(const World& world) : scene(world, Effort::still) {}

  // The scene goes before the context it was drawn in.
  Offscreen offscreen;
  Scene scene;
};

PictureStudio::PictureStudio(const World& world) : parts_(std::make_unique<Parts>(world)) {}

PictureStudio::~PictureStudio() = default;

void PictureStudio::take(const SceneFrame& frame, const Camera& camera, int width_px, int height_px,
                         const std::filesystem::path& path) {
  parts_->scene.show(frame);
  const auto image = parts_->offscreen.draw(parts_->scene, camera, width_px, height_px);
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path())) {
    throw FileError(path.string(), "the folder does not exist");
  }
  if (path.extension() != ".png") throw FileError(path.string(), "a picture's name ends in .png");
  if (!osgDB::writeImageFile(*image, path.string())) {
    throw FileError(path.string(), "cannot be written");
  }
}

void render_picture(const World& world, const SceneFrame& frame, const Camera& camera, int width_px,
                    int height_px, const std::filesystem::path& path) {
  PictureStudio(world).take(frame, camera, width_px, height_px, path);
}

}  // namespace kontwin
