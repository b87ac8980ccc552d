#include "io/flood/flood_case.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

std::string text_of(const LocalBox& box) {
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(), "x %.10g to %.10g, y %.10g to %.10g", box.min_x_m,
                box.max_x_m, box.min_y_m, box.max_y_m);
  return text.data();
}

void check_on_ground(const FloodCase& flood_case, LocalPoint at, const std::string& what) {
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  const std::string place = place_text(flood_case.turn.on_plane(at));
  if (!shape.contains(at)) {
    throw ScenarioError(what + " at " + place + " lies outside the terrain (" +
                        text_of(flood_case.turn.box_on_plane(shape.box())) + ")");
  }
  if (flood_case.outside.front()[shape.cell_of(at)] != 0) {
    throw ScenarioError(what + " at " + place + " lies where the terrain has no height");
  }
}

void check_lengths(const FloodCase& flood_case) {
  const auto check = [&](Duration length, const char* what) {
    if (length.count() < 0 || length % flood_case.window != Duration{0}) {
      throw ScenarioError(std::string(what) + " of " + std::to_string(to_seconds(length)) +
                          " s is no whole number of windows of " +
                          std::to_string(to_seconds(flood_case.window)) + " s");
    }
  };
  if (flood_case.window.count() <= 0) throw ScenarioError("the window must be longer than 0");
  if (flood_case.length.count() <= 0) throw ScenarioError("the length must be longer than 0");
  if (flood_case.every.count() <= 0) throw ScenarioError("output.every must be longer than 0");
  check(flood_case.length, "the length");
  check(flood_case.every, "output.every");
  check(flood_case.maps_every, "output.maps_every");
  check(flood_case.record_every, "output.record_every");
}

template <typename Things>
void check_names(const Things& things, const std::string& what) {
  std::set<std::string> names;
  for (const auto& thing : things) {
    if (names.insert(thing.name).second) continue;
    throw ScenarioError("two " + what + " are named '" + thing.name + "'");
  }
}

void check_parts(const FloodCase& flood_case) {
  check_lengths(flood_case);
  check_names(flood_case.inflows, "inflows");
  check_names(flood_case.points, "points");
  check_names(flood_case.sections, "sections");
  for (const CaseInflow& inflow : flood_case.inflows) {
    const std::string what = "inflow '" + inflow.name + "'";
    for (const LocalPoint at : inflow.line) check_on_ground(flood_case, at, what);
    check_series(inflow.discharge_m3ps, what);
  }
  for (const StructurePlan& plan : flood_case.options.structures) {
    const std::string what = "flood.structure '" + plan.name + "': ";
    check_on_ground(flood_case, plan.from, what + "'from'");
    if (plan.to) check_on_ground(flood_case, *plan.to, what + "'to'");
  }
  for (const CasePoint& point : flood_case.points) {
    check_on_ground(flood_case, point.at, "point '" + point.name + "'");
  }
  const LocalBox box = flood_case.ground().elevation_m.shape.box();
  for (const CaseSection& section : flood_case.sections) {
    const std::string what = "section '" + section.name + "'";
    if (section.line.size() < 2) throw ScenarioError(what + " needs two points or more");
    if (std::ranges::none_of(section.line, [&](LocalPoint at) { return box.contains(at); })) {
      throw ScenarioError(what + " lies outside the terrain (" +
                          text_of(flood_case.turn.box_on_plane(box)) + ")");
    }
  }
}

}  // namespace

void check_case(const FloodCase& flood_case, const std::filesystem::path& file) {
  try {
    check_parts(flood_case);
  } catch (const ScenarioError& error) {
    throw FileError(file.string(), error.what());
  }
}

}  // namespace kontwin::flood
