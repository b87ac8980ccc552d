#pragma once

#include <osg/Image>

#include <string>

#include "render/scene.hpp"

namespace kontwin {

/// A graphics context that draws into memory. The display is DISPLAY's where that can be used, else
/// an Xvfb of our own, started for the first context of the process and kept to its end. Use from
/// one thread.
class Offscreen {
 public:
  /// Throws Error, which says what is missing, when there is no display and none can be started.
  Offscreen();
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  /// Draws a scene from a camera. Drawn at twice the size and brought down by means of four, which
  /// smooths edges, lines and textures alike. Throws Error when the size is not within 16 to 4096.
  osg::ref_ptr<osg::Image> draw(Scene& scene, const Camera& camera, int width_px, int height_px);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The display for windows and pictures: DISPLAY, or that of the process's own Xvfb, which is
/// started when needed. Throws Error when there is none and `program` cannot be started.
std::string display_name(const std::string& program = "Xvfb");

}  // namespace kontwin
