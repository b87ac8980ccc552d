#include "tests/support/small_world.hpp"

#include <array>
#include <limits>
#include <string>

namespace kontwin::testing {

namespace {

EntityRecord record(Kind kind, std::size_t number, LocalPoint place,
                    std::vector<double> attributes) {
  const std::string id = "test-" + std::to_string(number);
  return {.urn = make_urn(kind, id),
          .name = std::string(names_of(kind).english) + " " + id,
          .place = place,
          .provenance = Provenance::synthetic,
          .source = 0,
          .commune_code = "T1",
          .attributes = std::move(attributes)};
}

}  // namespace

WorldParts empty_parts(std::size_t columns, std::size_t rows, double cell_m, float elevation_m) {
  WorldParts parts;
  parts.name = "test";
  parts.sources.push_back({"test", "made for tests", "own work"});
  const GridShape shape{
      .left_m = 0, .bottom_m = 0, .cell_m = cell_m, .columns = columns, .rows = rows};
  parts.extent = shape.box();
  auto terrain = std::make_shared<Terrain>();
  terrain->grids.push_back(
      {"town", Raster<float>(shape, elevation_m), Raster<float>(shape, 0.035F)});
  parts.terrain = std::move(terrain);
  return parts;
}

std::uint32_t junction(WorldParts& parts, LocalPoint place) {
  const std::size_t number = parts.entities[index_of(Kind::junction)].size();
  return parts.add(Kind::junction, record(Kind::junction, number, place, {}));
}

std::uint32_t link(WorldParts& parts, std::uint32_t from, std::uint32_t to, double speed_mps,
                   double capacity_vph, double lanes) {
  const auto& places = parts.entities[index_of(Kind::junction)].place;
  const std::array shape{places[from], places[to]};
  const LocalPoint middle = point_along(shape, distance_m(shape[0], shape[1]) / 2);
  return parts.add_road(record(Kind::road, parts.roads.links(), middle,
                               {length_m(shape), lanes, speed_mps, capacity_vph, 3.5 * lanes,
                                static_cast<double>(RoadClass::street), 0, 0}),
                        from, to, shape, "");
}

WorldParts town_parts(std::size_t size) {
  constexpr double spacing_m = 200;
  constexpr double margin_m = 200;
  const double side_m = spacing_m * static_cast<double>(size - 1) + 2 * margin_m;
  const auto cells = static_cast<std::size_t>(side_m / 20);
  WorldParts parts = empty_parts(cells, cells, 20);

  const auto row_of = [size](std::size_t column, std::size_t row) {
    return static_cast<std::uint32_t>(row * size + column);
  };
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 0; column < size; ++column) {
      junction(parts, {margin_m + spacing_m * static_cast<double>(column),
                       margin_m + spacing_m * static_cast<double>(row)});
    }
  }
  const auto both_ways = [&parts](std::uint32_t a, std::uint32_t b) {
    const std::uint32_t there = link(parts, a, b);
    const std::uint32_t back = link(parts, b, a);
    parts.roads.opposite[there] = back;
    parts.roads.opposite[back] = there;
  };
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 0; column < size; ++column) {
      if (column + 1 < size) both_ways(row_of(column, row), row_of(column + 1, row));
      if (row + 1 < size) both_ways(row_of(column, row), row_of(column, row + 1));
    }
  }

  const auto place_of = [&parts](std::uint32_t row) {
    return parts.entities[index_of(Kind::junction)].place[row];
  };
  const std::uint32_t center = row_of(size / 2, size / 2);
  const std::uint32_t south_west = row_of(0, 0);
  const std::uint32_t north_east = row_of(size - 1, size - 1);
  const auto add = [&](Kind kind, std::size_t number, std::uint32_t at,
                       std::vector<double> attributes) {
    parts.add(kind, record(kind, number, place_of(at), std::move(attributes)));
  };
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  add(Kind::river_gauge, 0, south_west, {101, 102, 103, 104, 99});
  add(Kind::rain_gauge, 0, center, {});
  add(Kind::traffic_counter, 0, center, {0});
  add(Kind::hospital, 0, center, {200, double(center), 1});
  add(Kind::school, 0, center, {400, double(center)});
  add(Kind::shelter, 0, north_east, {500, double(north_east)});
  add(Kind::shelter, 1, row_of(0, size - 1), {2000, double(row_of(0, size - 1))});
  add(Kind::reservoir, 0, south_west, {110, 90, 108, 1e6, 1e5, unknown});
  for (std::uint32_t at = 0; at < size * size; ++at) {
    add(Kind::residence, at, at, {100, 25, double(at)});
  }
  return parts;
}

std::shared_ptr<const World> town(std::size_t size) { return World::seal(town_parts(size)); }

}  // namespace kontwin::testing
