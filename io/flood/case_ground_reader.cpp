#include <algorithm>
#include <cmath>
#include <optional>

#include "io/flood/case_reader.hpp"
#include "io/flood/ground_cover.hpp"
#include "scenarios/file/options_reader.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double usual_building_m = 10;

CaseRaster read_raster(TomlReader& table, std::string_view field) {
  CaseRaster raster{table.resolve(table.required_text(field))};
  raster.band = static_cast<int>(table.whole("band", 1, 100000).value_or(0));
  raster.crs = table.text("crs").value_or("");
  raster.variable = table.text("variable").value_or("");
  return raster;
}

/// The polygons of a file, the ring of the table itself, or the cells of a raster.
CoveredArea read_area(TomlReader& table, const std::string& plane) {
  if (int{table.has("file")} + int{table.has("polygon")} + int{table.has("raster")} != 1) {
    table.fail("", "needs one of 'polygon', 'file' and 'raster'");
  }
  if (table.has("raster")) {
    CaseRaster raster = read_raster(table, "raster");
    const std::string name = raster.path.filename().string();
    return {{}, std::move(raster), name};
  }
  if (table.has("file")) {
    const auto path = table.resolve(table.required_text("file"));
    return {read_polygons(path, plane), {}, path.filename().string()};
  }
  auto ring = table.points("polygon");
  if (ring.size() < 3) table.fail("polygon", "needs three points or more");
  return {{{{std::move(ring)}}}, {}, "line " + std::to_string(table.line())};
}

GroundCover read_cover(TomlReader& root, const std::string& plane) {
  GroundCover cover;
  if (auto table = root.table("roughness")) {
    cover.manning_n =
        table->number("manning_n", possible_roughness.minimum, possible_roughness.maximum)
            .value_or(cover.manning_n);
    if (table->has("file") && table->has("land_cover")) {
      table->fail("land_cover", "stands beside 'file': use one");
    }
    if (table->has("file")) cover.roughness = read_raster(*table, "file");
    if (table->has("land_cover")) cover.classes = read_raster(*table, "land_cover");
    if (table->has("classes")) {
      cover.of_class.clear();
      for (const auto& [number, n] : table->pairs("classes")) {
        if (!(n >= possible_roughness.minimum && n <= possible_roughness.maximum)) {
          table->fail("classes", "a roughness lies between 0 and 2 s/m^(1/3)");
        }
        cover.of_class[static_cast<int>(number)] = static_cast<float>(n);
      }
    }
    for (TomlReader& each : table->tables("area")) {
      CoveredGround on{read_area(each, plane), {}, {}};
      on.manning_n =
          each.required_number("manning_n", possible_roughness.minimum, possible_roughness.maximum);
      each.finish();
      cover.areas.push_back(std::move(on));
    }
    table->finish();
  }
  for (TomlReader& table : root.tables("building")) {
    CoveredGround on{read_area(table, plane), {}, {}};
    on.manning_n =
        table.number("manning_n", possible_roughness.minimum, possible_roughness.maximum);
    on.height_m = table.number("height_m", -100, 1000);
    if (!on.manning_n && !on.height_m) on.height_m = usual_building_m;
    table.finish();
    cover.areas.push_back(std::move(on));
  }
  return cover;
}

std::optional<LocalBox> read_box(TomlReader& table, std::string_view field) {
  if (!table.has(field)) return std::nullopt;
  const auto corners = table.points(field);
  if (corners.size() != 2) table.fail(field, "needs two opposite corners");
  const auto [a, b] = std::pair{corners[0], corners[1]};
  return LocalBox{std::min(a.x_m, b.x_m), std::min(a.y_m, b.y_m), std::max(a.x_m, b.x_m),
                  std::max(a.y_m, b.y_m)};
}

GroundOptions read_ground_options(TomlReader& table) {
  GroundOptions options{read_raster(table, "file")};
  options.cell_m = table.number("cell_m", 1e-3, 1e5).value_or(0);
  options.extent = read_box(table, "extent");
  const std::string holes = table.text("holes").value_or("wall");
  options.fill = holes == "fill";
  if (!options.fill && holes != "wall") {
    table.fail("holes", "'" + holes + "' is neither wall nor fill");
  }
  return options;
}

void read_inset(TomlReader& table, const GroundCover& cover, FloodCase& flood_case) {
  FloodInset inset;
  GroundOptions options = read_ground_options(table);
  options.plane = flood_case.plane;
  inset.name = inset.grid = table.required_text("name");
  if (flood_case.terrain.find(inset.name) != nullptr) {
    table.fail("name", "a grid of this case is named '" + inset.name + "' already");
  }
  FloodOptions scheme = flood_case.options;
  read_water_scheme(table, scheme);
  inset.scheme = scheme.scheme;
  inset.order = scheme.order;
  inset.resample = table.flag("resample").value_or(true);
  add_grid(inset.name, read_ground(options), cover, options, flood_case);
  try {
    inset_shape(flood_case.terrain, flood_case.ground(), inset);
  } catch (const ScenarioError& error) {
    table.fail("file", error.what());
  }
  table.finish();
  flood_case.options.insets.push_back(std::move(inset));
}

}  // namespace

void read_case_ground(TomlReader& root, const FileTerms& /*terms*/, FloodCase& flood_case) {
  auto table = root.table("terrain");
  if (!table) root.fail("", "the table [terrain] is missing");
  GroundOptions options = read_ground_options(*table);
  options.plane = table->text("plane").value_or("");
  table->finish();
  Ground ground = read_ground(options);
  flood_case.plane = ground.plane;
  const GroundCover cover = read_cover(root, flood_case.plane);
  add_grid("terrain", std::move(ground), cover, options, flood_case);
  flood_case.options.grid = "terrain";
  for (TomlReader& inset : root.tables("inset")) read_inset(inset, cover, flood_case);
}

}  // namespace kontwin::flood
