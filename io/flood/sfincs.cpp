#include "io/flood/sfincs.hpp"

#include <ogr_spatialref.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "io/flood/case_times.hpp"
#include "io/flood/ground_cover.hpp"
#include "io/flood/sfincs_cells.hpp"
#include "io/flood/sfincs_drains.hpp"
#include "io/flood/sfincs_keywords.hpp"
#include "io/flood/sfincs_text.hpp"
#include "io/flood/sfincs_water.hpp"
#include "scenarios/flood/line_faces.hpp"
#include "scenarios/flood/uplands.hpp"

namespace kontwin::flood {

namespace {

constexpr double usual_manning_n = 0.04;    // of SFINCS, as what follows
constexpr double usual_dry_depth_m = 0.05;  // huthresh
constexpr double usual_history_s = 600;     // dthisout
constexpr double most_m = 9000;
constexpr double century_s = 3.2e9;
/// No water stands higher over a thin dam.
constexpr double over_all_m = 1e4;

/// The code of a zone of UTM on WGS 84: `48N`. Nothing where the case names none.
std::optional<int> code_of_zone(const SfincsInput& input) {
  const auto zone = input.text("utmzone");
  if (!zone || *zone == "nil") return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(zone->data(), zone->data() + zone->size(), number);
  const std::string half(end, zone->data() + zone->size());
  const bool north = half == "N" || half == "n";
  if (error != std::errc{} || number < 1 || number > 60 || (!north && half != "S" && half != "s")) {
    input.fail("utmzone", "'utmzone' is '" + *zone + "', and must be a zone of UTM, such as 48N");
  }
  return (north ? 32600 : 32700) + number;
}

std::string known_plane(const SfincsInput& input) {
  auto number = input.number("epsg", 1, 1e6);
  if (!number) {
    if (const auto zone = code_of_zone(input)) number = *zone;
  }
  if (!number) return "";
  const std::string code = std::to_string(static_cast<int>(*number));
  OGRSpatialReference reference;
  if (reference.importFromEPSG(static_cast<int>(*number)) != OGRERR_NONE) {
    input.fail("epsg", "the coordinate system EPSG:" + code + " is not known");
  }
  if (reference.IsGeographic() != 0 || std::abs(reference.GetLinearUnits() - 1) > 1e-9) {
    input.fail("epsg", "EPSG:" + code + " is no plane in metres");
  }
  char* text = nullptr;
  reference.exportToWkt(&text);
  std::string plane = text == nullptr ? "" : text;
  CPLFree(text);
  return plane;
}

class Sfincs {
 public:
  explicit Sfincs(const std::filesystem::path& path) : path_(path), input_(path) {
    case_.notes = check_sfincs_keywords(input_);
  }

  FloodCase read() {
    const auto folder = std::filesystem::absolute(path_).parent_path().filename().string();
    case_.name = path_.stem() == "sfincs" && !folder.empty() ? folder : path_.stem().string();
    read_times();
    const Instant reference = input_.moment("tref").value_or(case_.start);
    read_scheme();
    const SfincsCells cells(input_);
    case_.turn = cells.turn();
    read_ground(cells);
    read_sfincs_water(input_, cells, reference, case_);
    read_sfincs_drains(input_, case_);
    read_walls();
    read_places();
    check_case(case_, path_);
    return std::move(case_);
  }

 private:
  void read_times() {
    case_.dated = true;
    const auto start = input_.moment("tstart");
    const auto stop = input_.moment("tstop");
    if (!start) input_.fail("tstart", "the keyword 'tstart' is missing");
    if (!stop) input_.fail("tstop", "the keyword 'tstop' is missing");
    if (*stop <= *start) input_.fail("tstop", "'tstop' is not later than 'tstart'");
    case_.start = *start;
    case_.length = *stop - *start;
    const auto history_s = input_.number("dthisout", 0, century_s).value_or(usual_history_s);
    case_.every = fitted_interval(history_s > 0 ? history_s : usual_history_s, "dthisout", case_);
    const std::string maps = input_.has("dtmapout") ? "dtmapout" : "dtout";
    const double maps_s = input_.number(maps, 0, century_s).value_or(0);
    if (maps_s > 0) case_.maps_every = fitted_interval(maps_s, maps, case_);
    case_.window = usual_window(case_);
  }

  void read_scheme() {
    FloodOptions& options = case_.options;
    options.grid = "terrain";
    options.closed_edges = true;
    options.initial_stage_warmup_h = 0;
    options.upland_height_m = Uplands::no_uplands_m;
    options.dry_depth_m = input_.number("huthresh", 1e-5, 0.1).value_or(usual_dry_depth_m);
    const bool viscous = input_.flag("viscosity").value_or(true);
    // Without viscosity waves of two cells' length stay, unless theta smooths them.
    const double most_theta = viscous ? options.theta : 1;
    options.theta = std::min(input_.number("theta", 0.2, 1).value_or(options.theta), most_theta);
    options.courant = input_.number("alpha", 0.01, 1).value_or(0.5);
    if (input_.number("advection", 0, 2).value_or(1) != 0) {
      case_.notes.push_back("advection: the inertial scheme, which is used, has none");
    }
    if (input_.flag("coriolis").value_or(true) &&
        input_.number("latitude", -90, 90).value_or(0) != 0) {
      input_.fail("latitude",
                  "'latitude' turns Coriolis' force on, and this program does not have "
                  "it: coriolis = 0 turns it off");
    }
    if (viscous) {
      case_.notes.push_back("viscosity: left out; a 'theta' of 0.9 at most smooths instead");
    }
  }

  void read_ground(const SfincsCells& cells) {
    case_.plane = known_plane(input_);
    const auto file = input_.required_file("depfile");
    Ground ground{cells.read(file, -most_m, most_m), case_.plane, 0};
    ground.holes = static_cast<std::size_t>(
        std::ranges::count(cells.mask(), std::uint8_t{SfincsCells::inactive}));
    GroundCover cover;
    cover.manning_n = input_.number("manning", 0, 2).value_or(usual_manning_n);
    add_grid("terrain", std::move(ground), cover, {{file}}, case_);
    TerrainGrid& grid = case_.terrain.grids.front();
    if (const auto rough = input_.file("manningfile")) {
      const Raster<float> given = cells.read(*rough, 0, 2);
      for (std::size_t cell = 0; cell < given.values.size(); ++cell) {
        if (!std::isnan(given.values[cell])) grid.manning_n.values[cell] = given.values[cell];
      }
      return;
    }
    const auto land = input_.number("manning_land", 0, 2);
    const auto sea = input_.number("manning_sea", 0, 2);
    if (!land && !sea) return;
    if (!land || !sea) {
      input_.fail(land ? "manning_land" : "manning_sea",
                  "'manning_land' and 'manning_sea' need each other");
    }
    const char* const level = input_.has("rgh_lev_land") ? "rgh_lev_land" : "rgh_level_land";
    const double above_m = input_.number(level, -most_m, most_m).value_or(0);
    for (std::size_t cell = 0; cell < grid.manning_n.values.size(); ++cell) {
      const bool is_land = grid.elevation_m.values[cell] > above_m;
      grid.manning_n.values[cell] = static_cast<float>(is_land ? *land : *sea);
    }
  }

  void read_walls() {
    const auto add = [&](const std::filesystem::path& file, SfincsLine line) {
      CaseWall wall{line.name, std::move(line.points), std::move(line.third)};
      if (wall.top_m.empty()) wall.top_m.assign(wall.line.size(), over_all_m);
      if (faces_across(wall.line, case_.ground().elevation_m.shape).empty()) {
        case_.notes.push_back(file.string() + ":" + std::to_string(line.line) + ": '" + wall.name +
                              "' separates no cells and was left out");
        return;
      }
      case_.walls.push_back(std::move(wall));
    };
    if (const auto file = input_.file("thdfile")) {
      for (SfincsLine& line : read_sfincs_lines(*file, 2, case_.turn)) add(*file, std::move(line));
    }
    if (const auto file = input_.file("weirfile")) {
      for (SfincsLine& line : read_sfincs_lines(*file, 3, case_.turn)) add(*file, std::move(line));
      case_.notes.push_back(
          "'weirfile': water over a weir is at most critical, as over a broad "
          "crest; the coefficients are left out");
    }
  }

  void read_places() {
    if (const auto file = input_.file("obsfile")) {
      std::set<std::string> names;
      for (SfincsPoint& point : read_sfincs_points(*file, case_.turn)) {
        if (!lies_on_ground(point.at)) {
          case_.notes.push_back(file->string() + ": '" + point.name +
                                "' lies on no active cell and was left out");
          continue;
        }
        while (!names.insert(point.name).second) point.name += "'";
        case_.points.push_back({point.name, point.at});
      }
    }
    if (const auto file = input_.file("crsfile")) {
      for (SfincsLine& line : read_sfincs_lines(*file, 2, case_.turn)) {
        if (faces_across(line.points, case_.ground().elevation_m.shape).empty()) {
          case_.notes.push_back(file->string() + ":" + std::to_string(line.line) + ": '" +
                                line.name + "' separates no cells and was left out");
          continue;
        }
        case_.sections.push_back({line.name, std::move(line.points)});
      }
    }
  }

  bool lies_on_ground(LocalPoint at) const {
    const GridShape& shape = case_.ground().elevation_m.shape;
    return shape.contains(at) && case_.outside.front()[shape.cell_of(at)] == 0;
  }

  std::filesystem::path path_;
  SfincsInput input_;
  FloodCase case_;
};

}  // namespace

FloodCase read_sfincs(const std::filesystem::path& path) { return Sfincs(path).read(); }

}  // namespace kontwin::flood
