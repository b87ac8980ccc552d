#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "app/commands.hpp"
#include "app/open_world.hpp"
#include "app/run_frames.hpp"
#include "render/picture.hpp"
#include "render/viewer.hpp"
#include "twin/error.hpp"

namespace kontwin {

int run_picture(const PictureOptions& options) {
  check_picture_path(options.out);
  const RunFile run(options.run);
  const auto world = open_world(options.common);
  run.require_world(*world);
  const LoadedFrame frame(run, frame_at(run, options.at));
  const Camera camera =
      parse_camera(*world, options.camera, static_cast<double>(options.width) / options.height);
  SceneFrame scene = frame.scene();
  if (options.colour == "hazard") {
    if (std::ranges::find(scene.fields, "hazard_class", &FieldView::name) == scene.fields.end()) {
      throw FileError(options.run.string(), "holds no hazard classes at that moment");
    }
    scene.colouring = Colouring::hazard;
  }
  render_picture(*world, scene, camera, options.width, options.height, options.out);
  std::printf("  %s  %s\n", format_local(frame.scene().at).c_str(), options.out.string().c_str());
  return 0;
}

int run_view(const ViewOptions& options) {
  // The display that pictures make for themselves would do, but nobody would see it.
  const char* const display = std::getenv("DISPLAY");
  if (display == nullptr || *display == '\0') {
    throw Error("view needs a display and DISPLAY names none; picture draws without one");
  }
  const RunFile run(options.run);
  if (run.frames() == 0) throw FileError(options.run.string(), "holds no frame");
  const auto world = open_world(options.common);
  run.require_world(*world);
  const FrameSource source{
      .times = run.times(),
      .load = [&run](std::size_t frame, const std::function<void(const SceneFrame&)>& show) {
        show(LoadedFrame(run, frame).scene());
      }};
  run_viewer(*world, source, {.camera = options.camera});
  return 0;
}

}  // namespace kontwin
