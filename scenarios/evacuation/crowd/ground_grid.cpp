#include "scenarios/evacuation/crowd/ground_grid.hpp"

#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr std::uint32_t rim = 2;
constexpr double most_cells = 2e8;
constexpr double into_wall_m = 1e-3;

/// One sheet in double precision while it is filled.
struct Raster {
  double x0_m, y0_m, per_m;
  std::int64_t columns, rows;
  std::uint8_t* links;
  float* clearance_m;

  std::uint8_t& at(std::int64_t i, std::int64_t j) const { return links[j * columns + i]; }
  std::int64_t column(double x_m) const {
    return static_cast<std::int64_t>(std::floor((x_m - x0_m) * per_m));
  }
  std::int64_t row(double y_m) const {
    return static_cast<std::int64_t>(std::floor((y_m - y0_m) * per_m));
  }
  std::int64_t hold_column(std::int64_t i) const {
    return std::clamp<std::int64_t>(i, 0, columns - 1);
  }
  std::int64_t hold_row(std::int64_t j) const { return std::clamp<std::int64_t>(j, 0, rows - 1); }
};

/// Sets or clears `walkable` of all cells whose centre is inside (even-odd rule over all rings).
void paint(const Raster& raster, const Polygon& shape, LocalPoint origin, bool stands) {
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(raster.rows));
  for_each_edge(shape, [&](const Segment& edge) {
    LocalPoint low{edge.a.x_m - origin.x_m, edge.a.y_m - origin.y_m};
    LocalPoint high{edge.b.x_m - origin.x_m, edge.b.y_m - origin.y_m};
    if (low.y_m > high.y_m) std::swap(low, high);
    for (auto j = std::max<std::int64_t>(raster.row(low.y_m), 0);
         j < std::min(raster.row(high.y_m) + 2, raster.rows); ++j) {
      const double y = raster.y0_m + static_cast<double>(j) / raster.per_m;
      if (y < low.y_m || y >= high.y_m) continue;
      crossings[static_cast<std::size_t>(j)].push_back(
          low.x_m + (high.x_m - low.x_m) * (y - low.y_m) / (high.y_m - low.y_m));
    }
  });
  for (std::int64_t j = 0; j < raster.rows; ++j) {
    auto& row = crossings[static_cast<std::size_t>(j)];
    std::ranges::sort(row);
    for (std::size_t k = 0; k + 1 < row.size(); k += 2) {
      const auto last = std::min(raster.column(row[k + 1]), raster.columns - 1);
      for (auto i = std::max<std::int64_t>(raster.column(row[k]) + 1, 0); i <= last; ++i) {
        raster.at(i, j) = stands ? GroundGrid::walkable : 0;
      }
    }
  }
}

void link_neighbours(const Raster& raster) {
  for (std::int64_t j = 1; j + 1 < raster.rows; ++j) {
    for (std::int64_t i = 1; i + 1 < raster.columns; ++i) {
      std::uint8_t& cell = raster.at(i, j);
      if (!(cell & GroundGrid::walkable)) continue;
      const auto link = [&](std::int64_t di, std::int64_t dj, std::uint8_t bit) {
        if (raster.at(i + di, j + dj) & GroundGrid::walkable) cell |= bit;
      };
      link(-1, 0, GroundGrid::west);
      link(1, 0, GroundGrid::east);
      link(0, -1, GroundGrid::south);
      link(0, 1, GroundGrid::north);
    }
  }
}

/// Cuts the links that a wall runs through, also where the wall is thinner than a cell.
void cut_links(const Raster& raster, const Segment& wall) {
  const auto unlink = [&raster](std::int64_t i, std::int64_t j, int di, std::uint8_t there,
                                std::uint8_t back) {
    if (i < 0 || j < 0 || i + 1 >= raster.columns || j + 1 >= raster.rows) return;
    raster.at(i, j) &= static_cast<std::uint8_t>(~there);
    raster.at(i + di, j + 1 - di) &= static_cast<std::uint8_t>(~back);
  };
  const auto [bottom, top] = std::minmax(wall.a.y_m, wall.b.y_m);
  for (auto j = raster.hold_row(raster.row(bottom)); j <= raster.hold_row(raster.row(top) + 1);
       ++j) {
    const double y = raster.y0_m + static_cast<double>(j) / raster.per_m;
    if (y < bottom || y >= top) continue;
    const double x =
        wall.a.x_m + (wall.b.x_m - wall.a.x_m) * (y - wall.a.y_m) / (wall.b.y_m - wall.a.y_m);
    unlink(raster.column(x), j, 1, GroundGrid::east, GroundGrid::west);
  }
  const auto [left, right] = std::minmax(wall.a.x_m, wall.b.x_m);
  for (auto i = raster.hold_column(raster.column(left));
       i <= raster.hold_column(raster.column(right) + 1); ++i) {
    const double x = raster.x0_m + static_cast<double>(i) / raster.per_m;
    if (x < left || x >= right) continue;
    const double y =
        wall.a.y_m + (wall.b.y_m - wall.a.y_m) * (x - wall.a.x_m) / (wall.b.x_m - wall.a.x_m);
    unlink(i, raster.row(y), 0, GroundGrid::north, GroundGrid::south);
  }
}

void measure_clearance(const Raster& raster, const Segment& wall) {
  constexpr double reach_m = GroundGrid::most_clearance_m;
  const auto [left, right] = std::minmax(wall.a.x_m, wall.b.x_m);
  const auto [bottom, top] = std::minmax(wall.a.y_m, wall.b.y_m);
  const bool level = left == right || bottom == top;
  for (auto j = raster.hold_row(raster.row(bottom - reach_m));
       j <= raster.hold_row(raster.row(top + reach_m) + 1); ++j) {
    const double y = raster.y0_m + static_cast<double>(j) / raster.per_m;
    double from_m = left, to_m = right;
    if (!level) {
      // Only the part of a slanting wall that is within reach of this row.
      const double per_y = (wall.b.x_m - wall.a.x_m) / (wall.b.y_m - wall.a.y_m);
      const double low = wall.a.x_m + (std::max(y - reach_m, bottom) - wall.a.y_m) * per_y;
      const double high = wall.a.x_m + (std::min(y + reach_m, top) - wall.a.y_m) * per_y;
      std::tie(from_m, to_m) = std::minmax(low, high);
    }
    const auto last = raster.hold_column(raster.column(to_m + reach_m) + 1);
    for (auto i = raster.hold_column(raster.column(from_m - reach_m)); i <= last; ++i) {
      const LocalPoint centre{raster.x0_m + static_cast<double>(i) / raster.per_m, y};
      float& clearance_m = raster.clearance_m[j * raster.columns + i];
      clearance_m = std::min(clearance_m, static_cast<float>(distance_m(wall, centre)));
    }
  }
}

void mark_whole_squares(const Raster& raster) {
  for (std::int64_t j = 0; j + 1 < raster.rows; ++j) {
    for (std::int64_t i = 0; i + 1 < raster.columns; ++i) {
      constexpr std::uint8_t here = GroundGrid::east | GroundGrid::north;
      if ((raster.at(i, j) & here) == here && (raster.at(i + 1, j) & GroundGrid::north) &&
          (raster.at(i, j + 1) & GroundGrid::east)) {
        raster.at(i, j) |= GroundGrid::whole_square;
      }
    }
  }
}

}  // namespace

std::vector<WayField::Sheet> lay_sheets(const Building& building, LocalPoint origin,
                                        double cell_m) {
  std::vector<WayField::Sheet> sheets;
  double cells = 0;
  for (const Surface& surface : building.surfaces) {
    const LocalBox box = box_of(surface.shape);
    const double h_m = cell_that_sees_passages_m(surface.shape, cell_m);
    const double columns = std::ceil((box.max_x_m - box.min_x_m) / h_m) + 2 * rim;
    const double rows = std::ceil((box.max_y_m - box.min_y_m) / h_m) + 2 * rim;
    if (!(cells + columns * rows < most_cells)) {
      throw ScenarioError("surface '" + surface.id +
                          "': " + std::to_string(std::llround(box.max_x_m - box.min_x_m)) + " x " +
                          std::to_string(std::llround(box.max_y_m - box.min_y_m)) +
                          " m takes too many cells of " + std::to_string(h_m) +
                          " m: are its coordinates metres?");
    }
    sheets.push_back({static_cast<float>(box.min_x_m - origin.x_m - (rim - 0.5) * h_m),
                      static_cast<float>(box.min_y_m - origin.y_m - (rim - 0.5) * h_m),
                      static_cast<float>(1 / h_m), static_cast<std::uint32_t>(columns),
                      static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(cells)});
    cells += columns * rows;
  }
  return sheets;
}

GroundGrid grid_between(const Building& building, const Passable& passable, LocalPoint origin,
                        std::vector<WayField::Sheet> sheets,
                        const std::vector<std::vector<Segment>>& walls) {
  GroundGrid grid;
  grid.sheets = std::move(sheets);
  const std::size_t cells =
      grid.sheets.empty() ? 0
                          : grid.sheets.back().begin +
                                std::size_t{grid.sheets.back().columns} * grid.sheets.back().rows;
  auto links = std::make_shared<std::vector<std::uint8_t>>(cells);
  grid.clearance_m.assign(cells, GroundGrid::most_clearance_m);
  grid.slits.resize(grid.sheets.size());
  for (std::size_t s = 0; s < grid.sheets.size(); ++s) {
    const WayField::Sheet& sheet = grid.sheets[s];
    const Raster raster{sheet.x0_m,
                        sheet.y0_m,
                        sheet.per_m,
                        sheet.columns,
                        sheet.rows,
                        links->data() + sheet.begin,
                        grid.clearance_m.data() + sheet.begin};
    paint(raster, building.surfaces[s].shape, origin, true);
    for (std::size_t b = 0; b < building.blockages.size(); ++b) {
      if (passable.blockages[b] && building.blockages[b].surface == s) {
        paint(raster, building.blockages[b].shape, origin, false);
      }
    }
    link_neighbours(raster);
    for (const Segment& wall : walls[s]) {
      const Segment local{{wall.a.x_m - origin.x_m, wall.a.y_m - origin.y_m},
                          {wall.b.x_m - origin.x_m, wall.b.y_m - origin.y_m}};
      cut_links(raster, local);
      measure_clearance(raster, local);
    }
    for (const Segment& slit : slits_of(building, passable, static_cast<std::uint32_t>(s))) {
      const Segment local{{slit.a.x_m - origin.x_m, slit.a.y_m - origin.y_m},
                          {slit.b.x_m - origin.x_m, slit.b.y_m - origin.y_m}};
      // A little into the walls, or a link between them and the slit might be rounded past both.
      const double into = into_wall_m / local.length_m();
      cut_links(raster, {local.at(-into), local.at(1 + into)});
      grid.slits[s].push_back(local);
    }
    mark_whole_squares(raster);
  }
  grid.links = std::move(links);
  return grid;
}

}  // namespace kontwin::crowd
