#include "render/picture.hpp"

#include <osgDB/Registry>

#include <sstream>

#include "io/file/whole_file.hpp"
#include "render/offscreen.hpp"
#include "render/scene.hpp"
#include "twin/error.hpp"

namespace kontwin {

struct PictureStudio::Parts {
  Parts(const World& world, const GridTurn& turn) : scene(world, Effort::still, turn) {}

  // The scene goes before the context it was drawn in.
  Offscreen offscreen;
  Scene scene;
};

PictureStudio::PictureStudio(const World& world, const GridTurn& turn)
    : parts_(std::make_unique<Parts>(world, turn)) {}

PictureStudio::~PictureStudio() = default;

void PictureStudio::take(const SceneFrame& frame, const Camera& camera, int width_px, int height_px,
                         const std::filesystem::path& path) {
  check_picture_path(path);
  parts_->scene.show(frame);
  const auto image = parts_->offscreen.draw(parts_->scene, camera, width_px, height_px);
  osgDB::ReaderWriter* const png = osgDB::Registry::instance()->getReaderWriterForExtension("png");
  if (png == nullptr) throw Error("OpenSceneGraph's PNG plugin is missing");
  std::ostringstream bytes;
  const auto result = png->writeImage(*image, bytes);
  if (!result.success()) {
    throw FileError(path.string(), "cannot be drawn as PNG: " + result.message());
  }
  write_whole_file(path, std::move(bytes).str());
}

void check_picture_path(const std::filesystem::path& path) {
  if (path.extension() != ".png") throw FileError(path.string(), "a picture's name ends in .png");
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path())) {
    throw FileError(path.string(), "the folder does not exist");
  }
}

void render_picture(const World& world, const SceneFrame& frame, const Camera& camera, int width_px,
                    int height_px, const std::filesystem::path& path, const GridTurn& turn) {
  PictureStudio(world, turn).take(frame, camera, width_px, height_px, path);
}

}  // namespace kontwin
