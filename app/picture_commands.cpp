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

namespace {

/// Of what a frame is about: the city where water is computed, else the roads that something lies
/// across or that wait for inspection, else the whole world.
Camera camera_on_what_happens(const World& world, const SceneFrame& frame, double width_to_height) {
  if (!frame.fields.empty()) return parse_camera(world, "city", width_to_height);
  std::vector<LocalPoint> places;
  for (const std::size_t column : {road_column::debris, road_column::inspection}) {
    const auto flags = frame.state->column(Kind::road, column);
    for (std::uint32_t road = 0; road < flags.size(); ++road) {
      if (flags[road] == 1) places.push_back(world.place({Kind::road, road}));
    }
  }
  if (places.empty()) return parse_camera(world, "overview", width_to_height);
  LocalBox box{places[0].x_m, places[0].y_m, places[0].x_m, places[0].y_m};
  for (const LocalPoint& at : places) {
    box = {std::min(box.min_x_m, at.x_m), std::min(box.min_y_m, at.y_m),
           std::max(box.max_x_m, at.x_m), std::max(box.max_y_m, at.y_m)};
  }
  constexpr double round_m = 2000;
  box = {box.min_x_m - round_m, box.min_y_m - round_m, box.max_x_m + round_m,
         box.max_y_m + round_m};
  constexpr double whole_province_m = 40e3;
  if (std::max(box.max_x_m - box.min_x_m, box.max_y_m - box.min_y_m) > whole_province_m) {
    return parse_camera(world, "overview", width_to_height);
  }
  return fit(world, box, 0, -45, 1.5, width_to_height);
}

}  // namespace

int run_picture(const PictureOptions& options) {
  check_picture_path(options.out);
  const RunFile run(options.run);
  const auto world = open_world(options.common);
  run.require_world(*world);
  const LoadedFrame frame(run, frame_at(run, options.at));
  const double width_to_height = static_cast<double>(options.width) / options.height;
  const Camera camera = options.camera == "auto"
                            ? camera_on_what_happens(*world, frame.scene(), width_to_height)
                            : parse_camera(*world, options.camera, width_to_height);
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
