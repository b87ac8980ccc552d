#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "app/commands.hpp"
#include "app/drawn_run.hpp"
#include "app/run_frames.hpp"
#include "render/hud.hpp"
#include "render/picture.hpp"
#include "render/viewer.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// What a frame is about, where nothing else is asked for: an earthquake, else slopes that are
/// warned of, unless there is water; else depth.
Colouring colouring_of_what_happens(const SceneFrame& frame) {
  if (!frame.fields.empty()) return Colouring::depth;
  if (!frame.epicentres.empty()) return Colouring::shaking;
  const auto level = frame.state->column(Kind::road, road_column::slope_level);
  const bool warned = std::ranges::any_of(level, [](double value) { return value >= 1; });
  return warned ? Colouring::landslide : Colouring::depth;
}

Colouring colouring_of(const PictureOptions& options, const SceneFrame& frame) {
  if (options.colour == "depth") return Colouring::depth;
  if (options.colour == "landslide") return Colouring::landslide;
  if (options.colour == "shaking") return Colouring::shaking;
  if (options.colour != "hazard") return colouring_of_what_happens(frame);
  if (std::ranges::find(frame.fields, "hazard_class", &FieldView::name) == frame.fields.end()) {
    throw FileError(options.run.string(), "holds no hazard classes at that moment");
  }
  return Colouring::hazard;
}

/// Of what a frame is about: the city where water is computed, else the roads that something lies
/// across or that wait for inspection and where earthquakes began, else the whole world.
Camera camera_on_what_happens(const DrawnRun& drawn, const SceneFrame& frame,
                              double width_to_height) {
  const World& world = *drawn.world;
  if (drawn.placing.on_plane) {
    return parse_camera(world, "overview", width_to_height, drawn.placing);
  }
  if (!frame.fields.empty()) return parse_camera(world, "city", width_to_height);
  std::vector<LocalPoint> places;
  for (const std::size_t column : {road_column::debris, road_column::inspection}) {
    const auto flags = frame.state->column(Kind::road, column);
    for (std::uint32_t road = 0; road < flags.size(); ++road) {
      if (flags[road] == 1) places.push_back(world.place({Kind::road, road}));
    }
  }
  if (places.empty()) return parse_camera(world, "overview", width_to_height);
  for (const Epicentre& one : frame.epicentres) places.push_back(one.place);
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
  const DrawnRun drawn = world_of(run, options.common);
  const World& world = *drawn.world;
  const LoadedFrame frame(run, frame_at(run, options.at), drawn.placing.origin);
  const double width_to_height = static_cast<double>(options.width) / options.height;
  const Camera camera = options.camera == "auto"
                            ? camera_on_what_happens(drawn, frame.scene(), width_to_height)
                            : parse_camera(world, options.camera, width_to_height, drawn.placing);
  SceneFrame scene = frame.scene();
  scene.colouring = colouring_of(options, scene);
  render_picture(world, scene, camera, options.width, options.height, options.out,
                 drawn.placing.turn);
  std::printf("  %s  %s\n", moment_text(scene).c_str(), options.out.string().c_str());
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
  const DrawnRun drawn = world_of(run, options.common);
  const FrameSource source{
      .times = run.times(),
      .load = [&](std::size_t frame, const std::function<void(const SceneFrame&)>& show) {
        show(LoadedFrame(run, frame, drawn.placing.origin).scene());
      }};
  run_viewer(*drawn.world, source, {.camera = options.camera, .placing = drawn.placing});
  return 0;
}

}  // namespace kontwin
