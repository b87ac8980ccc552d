#include <cmath>

#include "io/crowd/crowd_toml.hpp"
#include "io/crowd/geometry_files.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

std::string where(const TomlReader& table) {
  return table.path().string() + ":" + std::to_string(table.line());
}

OpenTime times(TomlReader& table, std::string_view from, std::string_view until) {
  OpenTime time{seconds(table, from).value_or(0), seconds(table, until).value_or(never_s)};
  if (time.opens_s > time.closes_s) {
    table.fail(until, "comes before '" + std::string(from) + "'");
  }
  return time;
}

LocalPoint required_point(TomlReader& table, std::string_view field) {
  const auto numbers = table.numbers(field);
  if (numbers.size() != 2) {
    table.fail(table.has(field) ? field : "", "'" + std::string(field) + "' must be [x, y]");
  }
  return {numbers[0], numbers[1]};
}

Surface read_surface(TomlReader& table) {
  Surface surface;
  surface.id = table.required_text("id");
  surface.shape = polygon(table);
  surface.height_m = table.number("height_m", -500, 9000).value_or(0);
  const std::string kind = table.text("kind").value_or("floor");
  if (kind == "stairs" || kind == "ramp") {
    surface.kind = kind == "ramp" ? Surface::Kind::ramp : Surface::Kind::stairs;
    surface.low = required_point(table, "low");
    surface.high = required_point(table, "high");
    surface.rise_m = table.required_number("rise_m", 0, 500);
  } else if (kind != "floor") {
    table.fail("kind", "'" + kind + "' is none of floor, stairs, ramp");
  }
  table.finish();
  return surface;
}

DrawnGap read_gap(TomlReader& table, bool is_exit) {
  DrawnGap gap;
  gap.where = where(table);
  gap.id = table.required_text("id");
  gap.is_exit = is_exit;
  const auto line = table.points("line");
  if (line.size() != 2) {
    table.fail(table.has("line") ? "line" : "", "'line' must be two points: [[x, y], [x, y]]");
  }
  gap.a = line[0];
  gap.b = line[1];
  if (is_exit) {
    if (const auto surface = table.text("surface")) gap.surfaces = {*surface};
    gap.emergency_only = table.flag("emergency_only").value_or(false);
  } else {
    gap.surfaces = table.texts("joins");
  }
  gap.flow_limit_ppsm = table.number("flow_limit_ppsm", 1e-3, 100).value_or(never_s);
  gap.open = times(table, "opens", "closes");
  table.finish();
  return gap;
}

DrawnPatch read_patch(TomlReader& table, DrawnPatch::Kind kind) {
  DrawnPatch patch;
  patch.kind = kind;
  patch.where = where(table);
  if (kind != DrawnPatch::Kind::obstacle) patch.id = table.required_text("id");
  patch.shape = polygon(table);
  patch.surface = table.text("surface").value_or("");
  if (kind == DrawnPatch::Kind::blockage) patch.blocks = times(table, "from", "until");
  table.finish();
  return patch;
}

void read_geometry(TomlReader& table, DrawnPlace& place, double& cell_m) {
  cell_m = table.number("cell_m", 0.05, 2).value_or(cell_m);
  Coordinates coordinates;
  coordinates.kind = Coordinates::Kind::as_said;
  const auto kind = table.text("coordinates");
  if (kind == "metres" || kind == "vn2000") {
    coordinates.kind = Coordinates::Kind::metres;
  } else if (kind == "wgs84") {
    coordinates.kind = Coordinates::Kind::wgs84;
  } else if (kind) {
    table.fail("coordinates", "'" + *kind + "' is none of metres, vn2000, wgs84");
  }
  if (const auto origin = table.place("origin")) coordinates.frame = LocalFrame(*origin);
  for (const std::string& file : table.texts("files")) {
    read_place(table.resolve(file), coordinates, place);
  }
  table.finish();
}

}  // namespace

std::optional<double> seconds(TomlReader& table, std::string_view field) {
  if (table.is_text(field)) {
    return to_seconds(*table.duration(field));
  }
  return table.number(field, 0, 1e7);
}

std::optional<Spread> spread(TomlReader& table, std::string_view field, double least, double most) {
  if (table.is_number(field)) return Spread::fixed(table.required_number(field, least, most));
  std::optional<TomlReader> found = table.table(field);
  if (!found) return std::nullopt;
  TomlReader& given = *found;
  Spread result{Spread::Kind::uniform, 0, 0, given.number("min", least, most).value_or(least),
                given.number("max", least, most).value_or(most)};
  if (result.least > result.most) given.fail("min", "lies above 'max'");
  if (const auto mean = given.number("mean", least, most)) {
    result.kind = Spread::Kind::normal;
    result.centre = *mean;
    result.deviation = given.required_number("deviation", 0, 1e6);
  } else if (const auto median = given.number("median", 1e-9, most)) {
    result.kind = Spread::Kind::lognormal;
    result.centre = *median;
    result.deviation = std::log(given.required_number("spread", 1, 100));
  } else if (!given.has("min") || !given.has("max")) {
    table.fail(field, "must be a number or one of {mean, deviation}, {median, spread}, {min, max}");
  }
  given.finish();
  return result;
}

Polygon polygon(TomlReader& table) {
  if (const auto r = table.numbers("rectangle"); !r.empty()) {
    if (r.size() != 4 || r[0] >= r[2] || r[1] >= r[3]) {
      table.fail("rectangle", "must be [x0, y0, x1, y1] with x0 < x1 and y0 < y1");
    }
    return {{{r[0], r[1]}, {r[2], r[1]}, {r[2], r[3]}, {r[0], r[3]}}, table.rings("holes")};
  }
  Polygon shape{table.points("polygon"), table.rings("holes")};
  if (shape.outer.size() < 3) {
    table.fail(table.has("polygon") ? "polygon" : "",
               "needs 'polygon' of three corners or more, or 'rectangle'");
  }
  return shape;
}

std::uint32_t surface_of(TomlReader& table, const Building& building, LocalPoint point) {
  if (const auto id = table.text("surface")) {
    return index_of(table, "surface", building.surfaces, *id, "surface");
  }
  std::uint32_t found = none;
  for (std::uint32_t i = 0; i < building.surfaces.size(); ++i) {
    if (!contains(building.surfaces[i].shape, point)) continue;
    if (found != none) table.fail("", "lies over two surfaces: say which with 'surface'");
    found = i;
  }
  if (found == none) table.fail("", "lies on no surface");
  return found;
}

DrawnPlace read_drawn_place(TomlReader& root, double& cell_m) {
  DrawnPlace place;
  if (auto geometry = root.table("geometry")) read_geometry(*geometry, place, cell_m);
  for (TomlReader& table : root.tables("surface")) {
    std::string at = where(table);
    place.add(read_surface(table), std::move(at));
  }
  for (TomlReader& table : root.tables("opening")) place.gaps.push_back(read_gap(table, false));
  for (TomlReader& table : root.tables("exit")) place.gaps.push_back(read_gap(table, true));
  for (TomlReader& table : root.tables("area")) {
    place.patches.push_back(read_patch(table, DrawnPatch::Kind::area));
  }
  for (TomlReader& table : root.tables("blockage")) {
    place.patches.push_back(read_patch(table, DrawnPatch::Kind::blockage));
  }
  for (TomlReader& table : root.tables("obstacle")) {
    place.patches.push_back(read_patch(table, DrawnPatch::Kind::obstacle));
  }
  for (TomlReader& table : root.tables("wall")) {
    DrawnWall wall{where(table), table.points("line"), table.text("surface").value_or("")};
    if (wall.line.size() < 2) table.fail("", "'line' must be two points or more");
    table.finish();
    place.walls.push_back(std::move(wall));
  }
  return place;
}

}  // namespace kontwin::crowd
