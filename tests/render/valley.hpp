#pragma once

#include <cmath>
#include <memory>

#include "render/scene_data.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

/// A town of 5 x 5 junctions in a valley: its own 20 m grid inside a 100 m grid of hills 8 km wide,
/// with a river along the south of the town (`Đăk Thử`) and a commune named `Xã Đăk Hà`.
inline std::shared_ptr<const World> valley() {
  WorldParts parts = town_parts(5);
  auto terrain = std::make_shared<Terrain>();
  const GridShape wide{
      .left_m = -3400, .bottom_m = -3400, .cell_m = 100, .columns = 80, .rows = 80};
  Raster<float> hills(wide);
  Raster<float> cover(wide, 0.1F);
  for (std::size_t row = 0; row < wide.rows; ++row) {
    for (std::size_t column = 0; column < wide.columns; ++column) {
      const LocalPoint at = wide.center(column, row);
      const double out_m = std::max(0.0, std::hypot(at.x_m - 600, at.y_m - 600) - 900);
      hills.at(column, row) = static_cast<float>(100 + out_m * 0.2);
    }
  }
  terrain->grids.push_back({"province", std::move(hills), std::move(cover)});
  terrain->grids.push_back(parts.terrain->grids.front());
  parts.terrain = std::move(terrain);
  parts.extent = wide.box();
  parts.rivers.push_back({.name = "Đăk Thử",
                          .flows_into = "",
                          .line = {{-3000, 100}, {600, 60}, {4000, 100}},
                          .bed_m = {98, 97, 96},
                          .width_m = {60, 60, 60},
                          .bank_depth_m = {3, 3, 3}});
  parts.admin_units.push_back({.code = "T1",
                               .name = "Xã Đăk Hà",
                               .level = AdminLevel::commune,
                               .valid_from = {},
                               .valid_until = {},
                               .parent_code = "",
                               .successor_code = "",
                               .center = {600, 1500},
                               .outline = {},
                               .population = 9000});
  return World::seal(std::move(parts));
}

/// A moment in a world, with what its frame points into.
struct Moment {
  std::vector<float> depth_m;
  StateTable state;
  SceneFrame frame;

  explicit Moment(const World& world) : state(world) {
    frame.at = *parse_instant("2025-11-18T03:00:00+07:00");
    frame.state = &state;
    frame.title_vi = "Thử nghiệm";
    frame.title_en = "A test";
  }
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;

  /// Water of this depth over the southern half of the grid `town`.
  void flood(const World& world, float depth) {
    const GridShape shape = world.terrain().find("town")->elevation_m.shape;
    depth_m.assign(shape.cells(), 0);
    for (std::size_t cell = 0; cell < shape.cells() / 2; ++cell) depth_m[cell] = depth;
    frame.fields.push_back({"water_depth_m", "town", shape, depth_m});
  }
};

}  // namespace kontwin::testing
