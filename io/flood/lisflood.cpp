#include "io/flood/lisflood.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "io/flood/case_raster.hpp"
#include "io/flood/case_times.hpp"
#include "io/flood/ground_cover.hpp"
#include "io/flood/lisflood_text.hpp"
#include "scenarios/flood/uplands.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double usual_friction = 0.06;  // of LISFLOOD-FP
constexpr double deepest_m = 100;
constexpr RasterFile::Range possible_level_m{-9000, 9000};

/// What changes the flow and is not here.
const std::set<std::string, std::less<>> refused{"riverfile",       "multiriverfile",
                                                 "SGCwidth",        "SGCbank",
                                                 "SGCbed",          "SGCn",
                                                 "weirfile",        "weir",
                                                 "porfile",         "routing",
                                                 "dynamicrainfile", "rainfallmask",
                                                 "infiltration",    "infiltrationfile",
                                                 "latlong",         "binarystartfile",
                                                 "startq2d",        "diffusive",
                                                 "damfile",         "overpassfile"};
/// What changes nothing here: names of results, how steps are chosen, the machine.
const std::set<std::string, std::less<>> passed_over{
    "resroot",      "dirroot",           "initial_tstep", "adaptoff",      "elevoff",
    "depthoff",     "qoutput",           "voutput",       "voutput_stage", "checkpoint",
    "cuda",         "overpass",          "gaugefile",     "hazard",        "mint_hk",
    "debug",        "stagefile_off",     "comp_out",      "ascii_out",     "netcdf_out",
    "limitslopes",  "krivodonovathresh", "max_Froude",    "logfile",       "theta",
    "drain_nodata", "nodata_elevation",  "tstep",         "htol",          "dhlin",
    "qlim",         "adaptive",          "saveint_q",     "steady",        "steadytol"};

class Lisflood {
 public:
  explicit Lisflood(const std::filesystem::path& path)
      : path_(path), lines_(read_words(path, true)) {}

  FloodCase read() {
    case_.name = text("resroot").value_or(path_.stem().string());
    case_.start = undated_start;
    look_at_keywords();
    read_times();
    read_scheme();
    read_ground();
    if (const auto file = text("bcifile")) read_boundaries(resolve(*file));
    read_start();
    if (const auto file = text("rainfall")) {
      case_.forcing.rain_mmph = read_lisflood_series(resolve(*file), case_.start);
    }
    if (const auto file = text("stagefile")) read_stages(resolve(*file));
    check_case(case_, path_);
    return std::move(case_);
  }

 private:
  const WordLine* find(const std::string& keyword) const {
    const auto found = std::ranges::find_if(
        lines_, [&](const WordLine& line) { return line.words[0] == keyword; });
    return found == lines_.end() ? nullptr : &*found;
  }
  bool has(const std::string& keyword) const { return find(keyword) != nullptr; }
  std::optional<std::string> text(const std::string& keyword) const {
    const WordLine* const line = find(keyword);
    if (line == nullptr) return std::nullopt;
    if (line->words.size() < 2) fail(line->number, "'" + keyword + "' needs a name behind it");
    return line->words[1];
  }
  std::optional<double> number(const std::string& keyword, double low, double high) const {
    const WordLine* const line = find(keyword);
    if (line == nullptr) return std::nullopt;
    const double value = number_of(path_, *line, 1);
    if (!(value >= low && value <= high)) {
      fail(line->number, "'" + keyword + "' is " + line->words[1] + ", and must lie between " +
                             std::to_string(low) + " and " + std::to_string(high));
    }
    return value;
  }
  [[noreturn]] void fail(long line, const std::string& reason) const {
    throw FileError(path_.string(), line, reason);
  }
  std::filesystem::path resolve(const std::string& name) const {
    return path_.parent_path() / name;
  }

  void look_at_keywords() {
    static const std::set<std::string, std::less<>> used{
        "DEMfile",      "sim_time", "massint",    "saveint",   "fpfric",    "manningfile",
        "bcifile",      "bdyfile",  "startfile",  "startelev", "stagefile", "rainfall",
        "acceleration", "fv1",      "FV1",        "fv2",       "FV2",       "dg2",
        "DG2",          "cfl",      "depththresh"};
    std::set<std::string> seen;
    for (const WordLine& line : lines_) {
      const std::string& keyword = line.words[0];
      if (refused.contains(keyword)) {
        fail(line.number, "'" + keyword + "' changes the flow, and this program does not have it");
      }
      if (!seen.insert(keyword).second) fail(line.number, "'" + keyword + "' stands here twice");
      if (used.contains(keyword) || passed_over.contains(keyword)) continue;
      case_.notes.push_back(path_.string() + ":" + std::to_string(line.number) + ": '" + keyword +
                            "' is not known and was left out");
    }
  }

  void read_times() {
    constexpr double century_s = 3.2e9;
    const auto sim_time = number("sim_time", 1e-3, century_s);
    if (!sim_time) throw FileError(path_.string(), "the keyword 'sim_time' is missing");
    case_.length = from_seconds(*sim_time);
    const auto every = [&](const std::string& keyword, Duration otherwise) {
      const auto given = number(keyword, 1e-3, century_s);
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
    const bool first = has("fv1") || has("FV1");
    const bool second = has("fv2") || has("FV2") || has("dg2") || has("DG2");
    if (first || second) {
      options.scheme = FloodScheme::finite_volume;
      options.order = first ? 1 : 2;
    } else {
      options.courant = number("cfl", 0.01, 1).value_or(options.courant);
      if (!has("acceleration")) {
        case_.notes.push_back("no 'acceleration', 'fv1' or 'dg2': the inertial scheme is used");
      }
    }
    options.dry_depth_m = number("depththresh", 1e-5, 0.1).value_or(options.dry_depth_m);
  }

  void read_ground() {
    const auto file = text("DEMfile");
    if (!file) throw FileError(path_.string(), "the keyword 'DEMfile' is missing");
    GroundOptions options{{resolve(*file)}};
    Ground ground = flood::read_ground(options);
    case_.plane = ground.plane;
    GroundCover cover;
    cover.manning_n = number("fpfric", 0, 2).value_or(usual_friction);
    if (const auto manning = text("manningfile")) cover.roughness = CaseRaster{resolve(*manning)};
    add_grid("terrain", std::move(ground), cover, options, case_);
    case_.options.grid = "terrain";
  }

  /// The series that a line of the boundary file means.
  TimeSeries series_of(const std::filesystem::path& bci, const BciLine& line, double factor) {
    TimeSeries series;
    if (line.kind.ends_with("FIX")) {
      series.at.push_back(case_.start);
      series.value.push_back(std::stod(line.item));
    } else {
      const auto found = bdy_.find(line.item);
      if (found == bdy_.end()) {
        throw FileError(bci.string(), line.line,
                        "there is no series '" + line.item + "' in the bdyfile");
      }
      series = found->second;
    }
    for (double& value : series.value) {
      value *= factor;
      if (line.kind[0] == 'Q' && value < 0) {
        throw FileError(bci.string(), line.line, "its discharge falls below 0");
      }
    }
    return series;
  }

  void read_boundaries(const std::filesystem::path& bci) {
    if (const auto file = text("bdyfile")) bdy_ = read_bdy(resolve(*file), case_.start);
    for (const BciLine& line : read_bci(bci)) {
      if (line.where == 'P') {
        read_point(bci, line);
      } else if (line.kind != "CLOSED") {
        read_side(bci, line);
      }
    }
  }

  void read_point(const std::filesystem::path& bci, const BciLine& line) {
    const double cell_m = case_.ground().elevation_m.shape.cell_m;
    if (line.kind[0] != 'Q') {
      throw FileError(
          bci.string(), line.line,
          "a point source of the kind '" + line.kind + "' is not taken, only QFIX, QVAR");
    }
    const std::string name = (line.kind == "QVAR" ? line.item : std::string("QFIX")) + " line " +
                             std::to_string(line.line);
    case_.inflows.push_back({name, {{line.from, line.to}}, series_of(bci, line, cell_m)});
  }

  void read_side(const std::filesystem::path& bci, const BciLine& line) {
    const GridShape& shape = case_.ground().elevation_m.shape;
    const LocalBox box = shape.box();
    EdgePlan plan;
    plan.side = line.where == 'N'   ? GridSide::north
                : line.where == 'E' ? GridSide::east
                : line.where == 'S' ? GridSide::south
                                    : GridSide::west;
    const bool along_x = line.where == 'N' || line.where == 'S';
    const auto [low, high] = std::minmax(line.from, line.to);
    plan.part = along_x ? std::pair{LocalPoint{low, box.min_y_m}, LocalPoint{high, box.min_y_m}}
                        : std::pair{LocalPoint{box.min_x_m, low}, LocalPoint{box.min_x_m, high}};
    double width_m = 0;
    for (std::size_t i = 0; i < (along_x ? shape.columns : shape.rows); ++i) {
      const LocalPoint center = along_x ? shape.center(i, 0) : shape.center(0, i);
      const double own_m = along_x ? center.x_m : center.y_m;
      if (own_m >= low && own_m <= high) width_m += shape.cell_m;
    }
    if (width_m == 0) {
      throw FileError(bci.string(), line.line, "no cell of that side lies in its part");
    }
    using enum EdgeCondition::Kind;
    if (line.kind == "FREE") {
      plan.kind = line.item.empty() ? transmissive : slope;
      if (plan.kind == slope) plan.slope = std::stod(line.item);
    } else if (line.kind[0] == 'H') {
      plan.kind = stage;
      plan.over_time = series_of(bci, line, 1);
    } else {
      plan.kind = discharge;
      plan.over_time = series_of(bci, line, width_m);
    }
    case_.options.edges.push_back(std::move(plan));
  }

  void read_start() {
    if (has("startfile") && has("startelev")) {
      fail(find("startelev")->number, "stands beside 'startfile': use one");
    }
    const bool level = has("startelev");
    const auto file = text(level ? "startelev" : "startfile");
    if (!file) return;
    InitialWater water;
    water.told = level ? InitialWater::Told::level : InitialWater::Told::depth;
    water.raster = read_onto({resolve(*file)}, case_.plane, case_.ground().elevation_m.shape,
                             level ? possible_level_m : RasterFile::Range{0, deepest_m},
                             level ? "the level" : "the depth");
    case_.initial.push_back(std::move(water));
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
      case_.points.push_back(
          {std::to_string(i), {number_of(file, lines[i], 0), number_of(file, lines[i], 1)}});
    }
  }

  std::filesystem::path path_;
  std::vector<WordLine> lines_;
  std::map<std::string, TimeSeries> bdy_;
  FloodCase case_;
};

}  // namespace

FloodCase read_lisflood(const std::filesystem::path& path) { return Lisflood(path).read(); }

}  // namespace kontwin::flood
