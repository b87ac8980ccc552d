#include "io/flood/lisflood.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "io/flood/case_raster.hpp"
#include "io/flood/case_times.hpp"
#include "io/flood/ground_cover.hpp"
#include "io/flood/lisflood_boundaries.hpp"
#include "io/flood/lisflood_input.hpp"
#include "io/flood/lisflood_text.hpp"
#include "scenarios/flood/uplands.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double usual_friction = 0.06;  // of LISFLOOD-FP
constexpr double deepest_m = 100;
constexpr RasterFile::Range possible_level_m{-9000, 9000};
/// Of what soaks in, m/s: 1000 mm/h.
constexpr double most_soaking_mps = 1 / 3600.0;
constexpr double most_evaporation_mm = 1000;

class Lisflood {
 public:
  explicit Lisflood(const std::filesystem::path& path) : path_(path), input_(path) {
    case_.notes = input_.notes();
  }

  FloodCase read() {
    case_.name = input_.text("resroot").value_or(path_.stem().string());
    case_.start = undated_start;
    read_times();
    read_scheme();
    LisfloodBoundaries boundaries(input_, case_.start);
    read_ground(boundaries);
    boundaries.add_to(case_);
    read_start();
    read_weather();
    if (const auto file = input_.file("stagefile")) read_stages(*file);
    check_case(case_, path_);
    return std::move(case_);
  }

 private:
  void read_times() {
    constexpr double century_s = 3.2e9;
    const auto sim_time = input_.number("sim_time", 1e-3, century_s);
    if (!sim_time) throw FileError(path_.string(), "the keyword 'sim_time' is missing");
    case_.length = from_seconds(*sim_time);
    const auto every = [&](const std::string& keyword, Duration otherwise) {
      const auto given = input_.number(keyword, 1e-9, century_s);
      return given ? fitted_interval(*given, keyword, case_) : otherwise;
    };
    case_.every = every("massint", whole_part(case_.length, std::chrono::seconds{60}));
    case_.maps_every = every("saveint", Duration{0});
    case_.window = usual_window(case_);
  }

  void read_scheme() {
    FloodOptions& options = case_.options;
    options.closed_edges = true;
    options.initial_stage_warmup_h = 0;
    options.upland_height_m = Uplands::no_uplands_m;
    const bool first = input_.has("fv1");
    if (first || input_.has("fv2") || input_.has("dg2")) {
      options.scheme = FloodScheme::finite_volume;
      options.order = first ? 1 : 2;
    } else {
      options.courant = input_.number("cfl", 0.01, 1).value_or(options.courant);
      options.theta = input_.number("theta", 0.2, 1).value_or(options.theta);
      if (!input_.has("acceleration")) {
        case_.notes.push_back("no 'acceleration', 'fv1' or 'dg2': the inertial scheme is used");
      }
    }
    options.dry_depth_m = input_.number("depththresh", 1e-5, 0.1).value_or(options.dry_depth_m);
  }

  void read_ground(LisfloodBoundaries& boundaries) {
    const auto file = input_.file("demfile");
    if (!file) throw FileError(path_.string(), "the keyword 'DEMfile' is missing");
    GroundOptions options{{*file}};
    Ground ground = flood::read_ground(options);
    boundaries.take_levels(ground);
    case_.plane = ground.plane;
    GroundCover cover;
    cover.manning_n = input_.number("fpfric", 0, 2).value_or(usual_friction);
    if (const auto manning = input_.file("manningfile")) cover.roughness = CaseRaster{*manning};
    add_grid("terrain", std::move(ground), cover, options, case_);
    case_.options.grid = "terrain";
  }

  void read_start() {
    const auto file = input_.file("startfile");
    const bool level = input_.has("startelev");
    if (level && !file) {
      input_.fail("startelev", "says that 'startfile' holds levels, and there is no 'startfile'");
    }
    if (!file) return;
    InitialWater water;
    water.told = level ? InitialWater::Told::level : InitialWater::Told::depth;
    water.raster = read_onto({*file}, case_.plane, case_.ground().elevation_m.shape,
                             level ? possible_level_m : RasterFile::Range{0, deepest_m},
                             level ? "the level" : "the depth");
    case_.initial.push_back(std::move(water));
  }

  void read_weather() {
    if (const auto file = input_.file("rainfall")) {
      case_.forcing.rain_mmph = read_lisflood_series(*file, case_.start);
      note_short("the rain", case_.forcing.rain_mmph, case_);
    }
    constexpr double mmph_of_mps = 1000.0 * 3600;
    std::vector<float>& soaking_mmph = case_.options.soaking_mmph;
    const GridShape& shape = case_.ground().elevation_m.shape;
    if (const auto rate_mps = input_.number("infiltration", 0, most_soaking_mps)) {
      soaking_mmph.assign(shape.cells(), static_cast<float>(*rate_mps * mmph_of_mps));
    }
    if (const auto file = input_.file("infilfile")) {
      const Raster<float> given =
          read_onto({*file}, case_.plane, shape, {0, most_soaking_mps}, "the infiltration");
      soaking_mmph.clear();
      for (const float mps : given.values) {
        soaking_mmph.push_back(std::isnan(mps) ? 0 : mps * static_cast<float>(mmph_of_mps));
      }
    }
    if (const auto file = input_.file("evaporation")) read_evaporation(*file);
  }

  void read_evaporation(const std::filesystem::path& file) {
    const TimeSeries series = read_lisflood_series(file, case_.start);
    const double rate_mm = series.value.front();
    if (std::ranges::any_of(series.value, [&](double value) { return value != rate_mm; })) {
      throw FileError(file.string(), "changes over time, and this program evaporates one amount");
    }
    if (!(rate_mm >= 0 && rate_mm <= most_evaporation_mm)) {
      throw FileError(file.string(), "holds " + std::to_string(rate_mm) +
                                         " mm a day, and must lie between 0 and 1000");
    }
    case_.options.evaporation_mm_per_day = rate_mm;
  }

  void read_stages(const std::filesystem::path& file) {
    const auto lines = read_words(file, false);
    if (lines.empty()) throw FileError(file.string(), "holds no points");
    const double count = number_of(file, lines[0], 0);
    if (count != static_cast<double>(lines.size() - 1)) {
      throw FileError(file.string(), lines[0].number,
                      "says that " + lines[0].words[0] + " points follow, and there are " +
                          std::to_string(lines.size() - 1));
    }
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const LocalPoint at{number_of(file, lines[i], 0), number_of(file, lines[i], 1)};
      const GridShape& shape = case_.ground().elevation_m.shape;
      if (!shape.contains(at) || case_.outside.front()[shape.cell_of(at)] != 0) {
        case_.notes.push_back(file.string() + ":" + std::to_string(lines[i].number) +
                              ": lies where the terrain has no height and was left out");
        continue;
      }
      case_.points.push_back({std::to_string(i), at});
    }
  }

  std::filesystem::path path_;
  LisfloodInput input_;
  FloodCase case_;
};

}  // namespace

FloodCase read_lisflood(const std::filesystem::path& path) { return Lisflood(path).read(); }

}  // namespace kontwin::flood
