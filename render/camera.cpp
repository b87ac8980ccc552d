#include "render/camera.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr GeoPoint kon_tum_city{108.0045, 14.3445};
constexpr GeoPoint mang_den{108.286, 14.602};

struct Vector {
  double x = 0, y = 0, z = 0;
};

double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

/// The axes of a camera: to its right, up, and forward.
struct Axes {
  Vector right, up, forward;
};

Axes axes_of(double heading_deg, double pitch_deg) {
  const double heading = heading_deg * radians;
  const double pitch = pitch_deg * radians;
  return {
      {std::cos(heading), -std::sin(heading), 0},
      {-std::sin(heading) * std::sin(pitch), -std::cos(heading) * std::sin(pitch), std::cos(pitch)},
      {std::sin(heading) * std::cos(pitch), std::cos(heading) * std::cos(pitch), std::sin(pitch)}};
}

LocalPoint middle(const LocalBox& box) {
  return {(box.min_x_m + box.max_x_m) / 2, (box.min_y_m + box.max_y_m) / 2};
}

/// The known place where the terrain has it in an inset; else the middle of the finest grid.
LocalPoint place_or_finest(const World& world, GeoPoint known) {
  const LocalPoint place = world.frame().to_local(known);
  const auto& grids = world.terrain().grids;
  if (world.terrain().grids.front().elevation_m.shape.contains(place)) return place;
  return middle(grids.back().elevation_m.shape.box());
}

std::string numbers_of(bool on_plane) {
  return on_plane ? "X,Y,HEIGHT,HEADING,PITCH" : "LON,LAT,HEIGHT,HEADING,PITCH";
}

double number(std::string_view text, std::string_view whole, bool on_plane) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    throw Error("camera `" + std::string(whole) + "`: `" + std::string(text) +
                "` is not a number; a camera is overview, city, mang-den or " +
                numbers_of(on_plane));
  }
  return value;
}

}  // namespace

Camera look_at(const World& world, LocalPoint target, double distance_m, double heading_deg,
               double pitch_deg, double exaggeration) {
  const Axes axes = axes_of(heading_deg, pitch_deg);
  Camera camera;
  camera.eye = {target.x_m - axes.forward.x * distance_m, target.y_m - axes.forward.y * distance_m};
  camera.eye_height_m =
      world.terrain().elevation_m(target) * exaggeration - axes.forward.z * distance_m;
  camera.heading_deg = heading_deg;
  camera.pitch_deg = pitch_deg;
  camera.exaggeration = exaggeration;
  camera.focus_m = distance_m;
  return camera;
}

Camera fit(const World& world, const LocalBox& box, double heading_deg, double pitch_deg,
           double exaggeration, double width_to_height) {
  const Axes axes = axes_of(heading_deg, pitch_deg);
  const LocalPoint center = middle(box);
  const double half_height = std::tan(Camera{}.field_of_view_deg / 2 * radians) * 0.94;
  const double half_width = half_height * width_to_height;
  const double ground_m = world.terrain().elevation_m(center) * exaggeration;
  // Each corner must lie inside the four planes of the view: forward * half >= |across|. Sliding
  // the eye along the view and up the picture solves for the tightest distance and centring.
  std::array<LocalPoint, 4> corners{LocalPoint{box.min_x_m, box.min_y_m},
                                    {box.max_x_m, box.min_y_m},
                                    {box.min_x_m, box.max_y_m},
                                    {box.max_x_m, box.max_y_m}};
  double left = -1e30, right = -1e30, low = -1e30, high = -1e30;
  for (const LocalPoint corner : corners) {
    const double z = world.terrain().elevation_m(corner) * exaggeration - ground_m;
    const Vector offset{corner.x_m - center.x_m, corner.y_m - center.y_m, z};
    const double x = dot(offset, axes.right);
    const double y = dot(offset, axes.up);
    const double depth = dot(offset, axes.forward);
    right = std::max(right, x - half_width * depth);
    left = std::max(left, -x - half_width * depth);
    high = std::max(high, y - half_height * depth);
    low = std::max(low, -y - half_height * depth);
  }
  const double distance_m =
      std::max((left + right) / (2 * half_width), (low + high) / (2 * half_height));
  const double shift_right = (right - left) / 2;
  const double shift_up = (high - low) / 2;
  Camera camera = look_at(world, center, distance_m, heading_deg, pitch_deg, exaggeration);
  camera.eye.x_m += axes.right.x * shift_right + axes.up.x * shift_up;
  camera.eye.y_m += axes.right.y * shift_right + axes.up.y * shift_up;
  camera.eye_height_m += axes.up.z * shift_up;
  return camera;
}

const std::vector<std::string>& camera_presets() {
  static const std::vector<std::string> names{"overview", "city", "mang-den"};
  return names;
}

Camera parse_camera(const World& world, std::string_view text, double width_to_height,
                    const Placing& placing) {
  if (text == "overview") {
    LocalBox box = world.terrain().grids.front().elevation_m.shape.box();
    const double size_m = std::max(box.max_x_m - box.min_x_m, box.max_y_m - box.min_y_m);
    for (const AdminUnit& unit : world.admin_units()) {
      if (unit.level != AdminLevel::province || unit.outline.empty()) continue;
      box = {1e30, 1e30, -1e30, -1e30};
      for (const LocalPoint point : unit.outline) {
        box.min_x_m = std::min(box.min_x_m, point.x_m);
        box.max_x_m = std::max(box.max_x_m, point.x_m);
        box.min_y_m = std::min(box.min_y_m, point.y_m);
        box.max_y_m = std::max(box.max_y_m, point.y_m);
      }
    }
    return fit(world, box, placing.heading_deg(0), -52, size_m > 30'000 ? 2.5 : 1.5,
               width_to_height);
  }
  if (text == "city") {
    return look_at(world, place_or_finest(world, kon_tum_city), 4'700, placing.heading_deg(38), -19,
                   1.5);
  }
  if (text == "mang-den") {
    return look_at(world, place_or_finest(world, mang_den), 5'600, placing.heading_deg(20), -21,
                   1.5);
  }
  std::array<double, 5> values{};
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    if (count == values.size()) {
      throw Error("camera `" + std::string(text) + "`: more than five numbers");
    }
    values[count++] = number(text.substr(begin, comma - begin), text, placing.on_plane);
    begin = comma + 1;
  }
  if (count != values.size()) {
    throw Error("camera `" + std::string(text) + "`: " + std::to_string(count) + " numbers where " +
                numbers_of(placing.on_plane) + " are five");
  }
  if (values[4] < -89.9 || values[4] > 89.9) {
    throw Error("camera `" + std::string(text) + "`: the pitch must be between -89.9 and 89.9");
  }
  Camera camera;
  if (placing.on_plane) {
    const LocalPoint along = placing.turn.along_axes({values[0], values[1]});
    camera.eye = {along.x_m - placing.origin.x_m, along.y_m - placing.origin.y_m};
  } else {
    camera.eye = world.frame().to_local({values[0], values[1]});
  }
  camera.eye_height_m = values[2];
  camera.heading_deg = placing.heading_deg(values[3]);
  camera.pitch_deg = values[4];
  const double above_m = values[2] - world.terrain().elevation_m(camera.eye);
  camera.focus_m = std::max(200.0, above_m / std::max(0.1, -std::sin(values[4] * radians)));
  return camera;
}

}  // namespace kontwin
