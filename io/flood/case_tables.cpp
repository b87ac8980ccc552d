#include "io/flood/case_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdio>

#include "io/export/geotiff_export.hpp"
#include "io/export/run_places.hpp"
#include "io/file/whole_file.hpp"

namespace kontwin::flood {

namespace {

[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...) {
  std::array<char, 512> text{};
  std::va_list values;
  va_start(values, format);
  std::vsnprintf(text.data(), text.size(), format, values);
  va_end(values);
  return text.data();
}

/// Nine digits hold a float; -0 is 0.
std::string number(double value) { return std::isnan(value) ? "" : formatted("%.9g", value + 0.0); }

struct PointPeak {
  double depth_m = 0, level_m = -HUGE_VAL, deepest_s = 0;
  double speed_mps = 0, fastest_s = 0, arrival_s = std::nan("");
  double last_level_m = 0;
};

PointPeak peak_of(const std::vector<PointValue>& values, const std::vector<double>& time_s,
                  double wet_depth_m) {
  PointPeak peak;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double speed_mps = std::hypot(values[i].east_mps, values[i].north_mps);
    if (values[i].level_m > peak.level_m) {
      peak.depth_m = values[i].depth_m;
      peak.level_m = values[i].level_m;
      peak.deepest_s = time_s[i];
    }
    if (speed_mps > peak.speed_mps) {
      peak.speed_mps = speed_mps;
      peak.fastest_s = time_s[i];
    }
    if (std::isnan(peak.arrival_s) && values[i].depth_m >= wet_depth_m) peak.arrival_s = time_s[i];
    peak.last_level_m = values[i].level_m;
  }
  return peak;
}

std::string points_text(const FloodCase& flood_case, const CaseSeries& series) {
  std::string text = "time_s,point,depth_m,level_m,east_mps,north_mps\n";
  for (std::size_t i = 0; i < series.time_s.size(); ++i) {
    for (std::size_t point = 0; point < series.points.size(); ++point) {
      const PointValue& value = series.points[point][i];
      text += number(series.time_s[i]) + ',' + csv_field(flood_case.points[point].name) + ',' +
              number(value.depth_m) + ',' + number(value.level_m) + ',' + number(value.east_mps) +
              ',' + number(value.north_mps) + '\n';
    }
  }
  return text;
}

std::string maxima_text(const FloodCase& flood_case, const CaseSeries& series) {
  std::string text =
      "point,x,y,maximum_depth_m,maximum_level_m,maximum_level_at_s,maximum_speed_mps,"
      "maximum_speed_at_s,arrival_s,last_level_m\n";
  for (std::size_t point = 0; point < series.points.size(); ++point) {
    const CasePoint& its = flood_case.points[point];
    const PointPeak peak =
        peak_of(series.points[point], series.time_s, flood_case.options.wet_depth_m);
    text += csv_field(its.name);
    const LocalPoint at = flood_case.turn.on_plane(its.at);
    for (const double value : {at.x_m, at.y_m, peak.depth_m, peak.level_m, peak.deepest_s,
                               peak.speed_mps, peak.fastest_s, peak.arrival_s, peak.last_level_m}) {
      text += ',' + number(value);
    }
    text += '\n';
  }
  return text;
}

std::string sections_text(const FloodCase& flood_case, const CaseSeries& series) {
  std::string text = "time_s,section,discharge_m3ps,volume_m3\n";
  std::vector<double> volume_m3(series.sections_m3ps.size(), 0);
  for (std::size_t i = 0; i < series.time_s.size(); ++i) {
    for (std::size_t section = 0; section < volume_m3.size(); ++section) {
      const auto& q = series.sections_m3ps[section];
      if (i > 0) {
        volume_m3[section] += (q[i] + q[i - 1]) / 2 * (series.time_s[i] - series.time_s[i - 1]);
      }
      text += number(series.time_s[i]) + ',' + csv_field(flood_case.sections[section].name) + ',' +
              number(q[i]) + ',' + number(volume_m3[section]) + '\n';
    }
  }
  return text;
}

std::string balance_text(const CaseSeries& series) {
  std::string text = "time_s,initial_m3,entered_m3,left_m3,inside_m3,error_m3\n";
  for (std::size_t i = 0; i < series.time_s.size(); ++i) {
    const Balance& of = series.balance[i];
    text += formatted("%.9g,%.12g,%.12g,%.12g,%.12g,%.3g\n", series.time_s[i], of.initial,
                      of.entered, of.left, of.inside, of.error());
  }
  return text;
}

/// Metres above the datum, where there ever was water to speak of.
Raster<float> levels(const Raster<float>& depth_m, const Raster<float>& ground_m, float dry_m) {
  Raster<float> level(depth_m.shape);
  for (std::size_t cell = 0; cell < level.values.size(); ++cell) {
    const float depth = depth_m.values[cell];
    level.values[cell] =
        depth >= dry_m ? ground_m.values[cell] + depth : std::numeric_limits<float>::quiet_NaN();
  }
  return level;
}

}  // namespace

void write_case_map(const std::filesystem::path& folder, const FloodCase& flood_case,
                    const std::string& grid, const std::string& name, const Raster<float>& map) {
  const std::string stem = grid == flood_case.ground().name ? name : grid + "-" + name;
  // Before the time of a map, as in `depth_m-0003h00`.
  const std::string what = name.substr(0, name.find('-'));
  const std::string unit = what.ends_with("_m2ps")  ? "m²/s"
                           : what.ends_with("_mps") ? "m/s"
                           : what.ends_with("_m")   ? "m"
                           : what.ends_with("_s")   ? "s"
                                                    : "";
  write_geotiff(map, flood_case.plane, name, unit, folder / (stem + ".tif"), flood_case.turn);
}

void write_case_tables(const std::filesystem::path& folder, const FloodCase& flood_case,
                       const CaseOutcome& outcome) {
  const CaseSeries& series = outcome.series;
  if (!series.points.empty()) {
    write_whole_file(folder / "points.csv", points_text(flood_case, series));
    write_whole_file(folder / "points_maxima.csv", maxima_text(flood_case, series));
  }
  if (!series.sections_m3ps.empty()) {
    write_whole_file(folder / "sections.csv", sections_text(flood_case, series));
  }
  write_whole_file(folder / "balance.csv", balance_text(series));
  for (const RunMap& map : outcome.summary.maps) {
    write_case_map(folder, flood_case, map.grid, map.name, map.raster);
    if (map.name != "maximum_depth_m") continue;
    const auto number = static_cast<std::size_t>(std::ranges::find(outcome.grids, map.grid) -
                                                 outcome.grids.begin());
    write_case_map(folder, flood_case, map.grid, "maximum_level_m",
                   levels(map.raster, outcome.ground_m[number],
                          static_cast<float>(flood_case.options.dry_depth_m)));
  }
}

std::string case_text(const FloodCase& flood_case, const CaseOutcome& outcome) {
  const CaseSeries& series = outcome.series;
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  std::string text = formatted("%s: %zu x %zu ô / cells, %g m\n", flood_case.name.c_str(),
                               shape.columns, shape.rows, shape.cell_m);
  for (const std::string& note : flood_case.notes) text += "  lưu ý / note: " + note + '\n';
  if (!series.points.empty()) {
    text += formatted("\n%-20s %12s %12s %12s %12s %12s\n", "Điểm / point", "max h, m", "max z, m",
                      "t(max z), h", "max v, m/s", "đến / arr., h");
    for (std::size_t point = 0; point < series.points.size(); ++point) {
      const PointPeak peak =
          peak_of(series.points[point], series.time_s, flood_case.options.wet_depth_m);
      const std::string arrival =
          std::isnan(peak.arrival_s) ? "–" : formatted("%.3f", peak.arrival_s / 3600);
      text += formatted("%-18s %12.3f %12.3f %12.3f %12.3f %12s\n",
                        flood_case.points[point].name.c_str(), peak.depth_m, peak.level_m,
                        peak.deepest_s / 3600, peak.speed_mps, arrival.c_str());
    }
  }
  for (std::size_t section = 0; section < series.sections_m3ps.size(); ++section) {
    const auto& q = series.sections_m3ps[section];
    const auto most = std::ranges::max_element(q, {}, [](double value) { return std::abs(value); });
    text += formatted("  %s: max Q %.3f m³/s, %.3f h\n", flood_case.sections[section].name.c_str(),
                      *most, series.time_s[static_cast<std::size_t>(most - q.begin())] / 3600);
  }
  for (const Kpi& kpi : outcome.structures) {
    text += formatted("  %s / %s: %.3f %s\n", kpi.label_vi.c_str(), kpi.label_en.c_str(), kpi.value,
                      kpi.unit.c_str());
  }
  const Balance& water = series.balance.back();
  const double handled_m3 = water.initial + water.entered;
  text += formatted(
      "\nNước / water, m³: ban đầu / initial %.6g, vào / in %.6g, ra / out %.6g, còn / stored "
      "%.6g; sai số / error %.2g (%.1e)\n",
      water.initial, water.entered, water.left, water.inside, water.error(),
      handled_m3 > 0 ? std::abs(water.error()) / handled_m3 : 0.0);
  return text;
}

}  // namespace kontwin::flood
