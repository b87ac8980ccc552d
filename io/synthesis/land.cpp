#include "io/synthesis/land.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/synthesis/admin_units.hpp"
#include "io/synthesis/asset_folder.hpp"
#include "io/synthesis/river_courses.hpp"
#include "io/synthesis/terrain_heights.hpp"
#include "io/synthesis/terrain_synthesis.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// world.toml, whose every error names the line.
class WorldToml {
 public:
  explicit WorldToml(const std::filesystem::path& path) : path_(path.string()) {
    try {
      root_ = toml::parse_file(path_);
    } catch (const toml::parse_error& error) {
      const auto line = static_cast<long>(error.source().begin.line);
      if (line == 0) throw FileError(path_, std::string(error.description()));
      throw FileError(path_, line, std::string(error.description()));
    }
  }

  const toml::table& root() const { return root_; }

  const toml::table& table(const std::string& name) const {
    const toml::table* found = root_[name].as_table();
    if (found == nullptr) throw FileError(path_, "has no table [" + name + "]");
    return *found;
  }

  double number(const toml::table& in, const std::string& key, double above,
                double up_to = 1e9) const {
    const auto value = in[key].value<double>();
    const auto line = static_cast<long>(in.source().begin.line);
    if (!value) throw FileError(path_, line, "'" + key + "' is missing or not a number");
    if (!(*value > above) || !(*value <= up_to)) {
      throw FileError(path_, line, "'" + key + "' is out of range");
    }
    return *value;
  }

  std::string text(const toml::table& in, const std::string& key) const {
    const auto value = in[key].value<std::string>();
    if (!value || value->empty()) {
      throw FileError(path_, static_cast<long>(in.source().begin.line),
                      "'" + key + "' is missing or empty");
    }
    return *value;
  }

  [[noreturn]] void fail(const toml::table& in, const std::string& reason) const {
    throw FileError(path_, static_cast<long>(in.source().begin.line), reason);
  }

 private:
  std::string path_;
  toml::table root_;
};

/// The smallest grid of a cell size over a box, its sides a multiple of `multiple` cells.
GridShape grid_over(const LocalBox& box, double cell_m, std::size_t multiple) {
  GridShape shape{.left_m = std::floor(box.min_x_m / cell_m) * cell_m,
                  .bottom_m = std::floor(box.min_y_m / cell_m) * cell_m,
                  .cell_m = cell_m};
  const auto count = [&](double side_m) {
    const auto cells = static_cast<std::size_t>(std::ceil(side_m / cell_m));
    return (cells + multiple - 1) / multiple * multiple;
  };
  shape.columns = count(box.max_x_m - shape.left_m);
  shape.rows = count(box.max_y_m - shape.bottom_m);
  return shape;
}

LocalBox box_of(const std::vector<LocalPoint>& points, double margin_m) {
  constexpr double far = std::numeric_limits<double>::infinity();
  LocalBox box{far, far, -far, -far};
  for (const LocalPoint point : points) {
    box.min_x_m = std::min(box.min_x_m, point.x_m - margin_m);
    box.min_y_m = std::min(box.min_y_m, point.y_m - margin_m);
    box.max_x_m = std::max(box.max_x_m, point.x_m + margin_m);
    box.max_y_m = std::max(box.max_y_m, point.y_m + margin_m);
  }
  return box;
}

std::vector<LocalPoint> read_outline(const AssetFolder& folder, const LocalFrame& frame) {
  const CsvTable table = folder.table("outline.csv", {"lat", "lon"});
  std::vector<LocalPoint> ring;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    (void)folder.source(table, row);
    (void)AssetFolder::provenance(table, row);
    ring.push_back(frame.to_local(AssetFolder::place(table, row)));
  }
  if (ring.size() < 3) {
    throw FileError(folder.path("outline.csv").string(), "a ring needs at least three points");
  }
  return ring;
}

std::vector<Lake> read_lakes(const AssetFolder& folder, const LocalFrame& frame) {
  const CsvTable table = folder.table("reservoirs.csv", {"lat", "lon", "full_level_m"});
  std::vector<Lake> lakes;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    lakes.push_back({frame.to_local(AssetFolder::place(table, row)),
                     table.required_number(row, "full_level_m")});
  }
  return lakes;
}

TerrainPlan read_plan(const WorldToml& toml, const std::vector<LocalPoint>& outline,
                      const LocalFrame& frame) {
  const toml::table& province = toml.table("province");
  TerrainPlan plan;
  plan.seed = static_cast<std::uint64_t>(toml.number(province, "seed", -1));
  plan.province = grid_over(box_of(outline, toml.number(province, "margin_m", -1, 1e5)),
                            toml.number(province, "cell_m", 1, 1e4), 8);
  if (plan.province.cells() > 20'000'000) {
    toml.fail(province, "'cell_m' is too small for so large an outline");
  }
  const toml::array* const insets = toml.root()["inset"].as_array();
  for (std::size_t i = 0; insets != nullptr && i < insets->size(); ++i) {
    const toml::table* const inset = (*insets)[i].as_table();
    if (inset == nullptr) toml.fail(toml.root(), "an [[inset]] is not a table");
    const double west = toml.number(*inset, "west", -181, 180);
    const double east = toml.number(*inset, "east", west, 180);
    const double south = toml.number(*inset, "south", -91, 90);
    const double north = toml.number(*inset, "north", south, 90);
    const GridShape shape =
        grid_over(box_of({frame.to_local({west, south}), frame.to_local({east, south}),
                          frame.to_local({west, north}), frame.to_local({east, north})},
                         0),
                  toml.number(*inset, "cell_m", 0.5, plan.province.cell_m), 1);
    const LocalBox box = shape.box();
    const LocalBox whole = plan.province.box();
    if (!whole.contains({box.min_x_m, box.min_y_m}) ||
        !whole.contains({box.max_x_m, box.max_y_m})) {
      toml.fail(*inset, "the inset lies outside the province's grid");
    }
    plan.insets.push_back({toml.text(*inset, "name"), shape});
  }
  return plan;
}

}  // namespace

void add_land(const std::filesystem::path& folder_path, WorldParts& parts) {
  const AssetFolder folder(folder_path, parts);
  const WorldToml toml(folder.path("world.toml"));
  const toml::table& origin = toml.table("origin");
  parts.name = toml.text(toml.root(), "name");
  parts.frame = LocalFrame(
      {toml.number(origin, "lon", -180.001, 180), toml.number(origin, "lat", -90.001, 90)});

  const std::vector<LocalPoint> outline = read_outline(folder, parts.frame);
  parts.admin_units = read_admin_units(folder, parts.frame);
  // The outline is that of the unit the folder is about: its first province.
  const auto province =
      std::ranges::find(parts.admin_units, AdminLevel::province, &AdminUnit::level);
  if (province != parts.admin_units.end()) province->outline = outline;

  std::vector<RiverCourse> courses = read_river_courses(folder, parts.frame);
  const TerrainPlan plan = read_plan(toml, outline, parts.frame);
  parts.extent = plan.province.box();
  parts.terrain = std::make_shared<const Terrain>(synthesize_terrain(
      plan, courses, read_known_heights(folder, parts.frame), read_lakes(folder, parts.frame)));
  parts.rivers.clear();
  for (RiverCourse& course : courses) parts.rivers.push_back(std::move(course.river));
}

}  // namespace kontwin
