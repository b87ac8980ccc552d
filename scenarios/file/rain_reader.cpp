#include "scenarios/file/rain_reader.hpp"

#include <algorithm>
#include <string>

#include "scenarios/design_storm.hpp"
#include "scenarios/file/read_option.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

double minutes_of(TomlReader& table, std::string_view field, double otherwise_min) {
  const auto length = table.duration(field);
  return length ? to_seconds(*length) / 60 : otherwise_min;
}

RainDepthCurve read_curve(TomlReader& table) {
  const int given =
      int{table.has("tcvn_7957")} + int{table.has("formula")} + int{table.has("depths_mm")};
  if (given != 1) {
    table.fail("", "needs one of 'tcvn_7957', 'formula' and 'depths_mm': the rain of the place");
  }
  if (auto standard = table.table("tcvn_7957")) {
    const double a = standard->required_number("a", 0, 1e6);
    const double c = standard->required_number("c", 0, 10);
    const double b_min = standard->required_number("b", 0, 1000);
    const double n = standard->required_number("n", 0, 1);
    standard->finish();
    const double years = table.required_number("return_period_years", 0.1, 10000);
    return RainDepthCurve::of_tcvn_7957(a, c, b_min, n, years);
  }
  if (auto formula = table.table("formula")) {
    const double a_mmph = formula->required_number("a_mmph", 0, 1e6);
    const double b_min = formula->required_number("b_min", 0, 1000);
    const double n = formula->required_number("n", 0, 1);
    formula->finish();
    return RainDepthCurve::of_formula(a_mmph, b_min, n);
  }
  return RainDepthCurve::of_points(table.pairs("depths_mm"));
}

TimeSeries read_design(TomlReader table, const FileTerms& terms) {
  DesignStorm storm;
  const std::string shape = table.text("shape").value_or("alternating_block");
  if (shape == "chicago") {
    storm.shape = DesignStorm::Shape::chicago;
  } else if (shape != "alternating_block") {
    table.fail("shape", "'" + shape + "' is neither alternating_block nor chicago");
  }
  auto start = terms.start;
  if (table.has("start")) {
    // As everywhere in a case, a time after its start stands for a moment.
    const auto after = start ? parse_duration(table.text("start").value_or("")) : std::nullopt;
    start = after ? *start + *after : table.instant("start");
  }
  if (!start) table.fail("", "the field 'start' is missing");
  storm.start = *start;
  storm.duration_min = minutes_of(table, "duration", storm.duration_min);
  storm.step_min = minutes_of(table, "step", storm.step_min);
  read_option(table, "peak", storm.peak, 0.01, 0.99);
  read_option(table, "area_factor", storm.area_factor, 0.01, 1);
  try {
    TimeSeries series = design_storm(storm, read_curve(table));
    // A series holds its first value before it: before the storm it is dry.
    const Instant dry = storm.start - from_seconds(60 * storm.step_min);
    series.at.insert(series.at.begin(), std::min(dry, terms.start.value_or(dry)));
    series.value.insert(series.value.begin(), 0);
    table.number("return_period_years", 0.1, 10000);
    table.text("source");
    table.finish();
    return series;
  } catch (const ScenarioError& error) {
    table.fail("", error.what());
  }
}

}  // namespace

void read_rain(TomlReader table, const FileTerms& terms, const RainRasterFiles& read_rasters,
               Forcing& forcing) {
  const int given =
      int{table.has("mm_per_hour")} + int{table.has("design")} + int{table.has("rasters")};
  if (given > 1) table.fail("", "gives rain in two ways: say one of mm_per_hour, design, rasters");
  forcing.rain_mmph = terms.series(table, "mm_per_hour");
  for (const double mmph : forcing.rain_mmph.value) {
    if (mmph < 0) table.fail("mm_per_hour", "each value must be 0 or more");
  }
  if (auto design = table.table("design")) forcing.rain_mmph = read_design(*design, terms);
  if (table.has("rasters")) {
    std::vector<std::pair<Instant, std::filesystem::path>> files;
    for (const auto& [moment, file] : table.moments("rasters", terms.start)) {
      files.emplace_back(moment, table.resolve(file));
    }
    if (files.empty()) table.fail("rasters", "is empty: a list of [moment, file]");
    if (!read_rasters) table.fail("rasters", "cannot be read here");
    forcing.rain_raster = std::make_shared<const RainRaster>(read_rasters(files));
  }
  table.text("note");
  table.finish();
}

}  // namespace kontwin
