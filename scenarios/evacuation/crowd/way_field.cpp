#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();

/// Where a position lies between the centres of four cells.
struct Place {
  std::size_t cell;  ///< the south-western one
  float east, north;
  std::int32_t column, row;
};

Place place_of(const WayField::Sheet& sheet, float x, float y) {
  // Half of the rim is as far out as a square of cells reaches.
  const float u =
      std::clamp((x - sheet.x0_m) * sheet.per_m, 0.5F, static_cast<float>(sheet.columns) - 1.5F);
  const float v =
      std::clamp((y - sheet.y0_m) * sheet.per_m, 0.5F, static_cast<float>(sheet.rows) - 1.5F);
  const auto i = static_cast<std::uint32_t>(u), j = static_cast<std::uint32_t>(v);
  return {sheet.begin + std::size_t{j} * sheet.columns + i, u - static_cast<float>(i),
          v - static_cast<float>(j), static_cast<std::int32_t>(i), static_cast<std::int32_t>(j)};
}

struct Weights {
  float south_west, south_east, north_west, north_east;
  float sum() const { return south_west + south_east + north_west + north_east; }
};

Weights bilinear(float east, float north) {
  return {(1 - east) * (1 - north), east * (1 - north), (1 - east) * north, east * north};
}

/// Leaves out corners without a way and those behind a wall, as seen from the nearest corner that
/// has a way.
Weights seen_weights(const WayField& field, const WayField::Sheet& sheet, const Place& place) {
  const std::size_t cell[4] = {place.cell, place.cell + 1, place.cell + sheet.columns,
                               place.cell + sheet.columns + 1};
  const Weights all = bilinear(place.east, place.north);
  const float weight[4] = {all.south_west, all.south_east, all.north_west, all.north_east};
  int nearest = -1;
  for (int k = 0; k < 4; ++k) {
    if (field.distance_m[cell[k]] < no_way && (nearest < 0 || weight[k] > weight[nearest])) {
      nearest = k;
    }
  }
  if (nearest < 0) return {0, 0, 0, 0};
  const auto& links = *field.links;
  const bool south = links[cell[0]] & GroundGrid::east, north = links[cell[2]] & GroundGrid::east;
  const bool west = links[cell[0]] & GroundGrid::north, east = links[cell[1]] & GroundGrid::north;
  // Corner k differs from the nearest by a step along x (bit 0), along y (bit 1) or both.
  const auto linked = [&](int k) {
    const int step = k ^ nearest;
    const bool at_x = (nearest & 2) ? north : south, far_x = (nearest & 2) ? south : north;
    const bool at_y = (nearest & 1) ? east : west, far_y = (nearest & 1) ? west : east;
    if (step == 0) return true;
    if (step == 1) return at_x;
    if (step == 2) return at_y;
    return (at_x && far_y) || (at_y && far_x);
  };
  float seen[4];
  for (int k = 0; k < 4; ++k) {
    seen[k] = linked(k) && field.distance_m[cell[k]] < no_way ? weight[k] : 0;
  }
  // Exactly on the line of other corners the nearest one may have no weight of its own.
  seen[nearest] = std::max(seen[nearest], 1e-6F);
  return {seen[0], seen[1], seen[2], seen[3]};
}

/// The nearest cell with a way within three cells, for those who were pushed into a corner: where
/// they stand among cells that can be walked on, one that can be walked to from there, and not one
/// behind a wall or a slit.
std::size_t rescue_cell(const WayField& field, const WayField::Sheet& sheet, const Place& place) {
  constexpr std::int32_t reach = 3;
  constexpr std::size_t side = 2 * std::size_t{reach} + 1;
  const auto& links = *field.links;
  const auto cell_at = [&sheet, &place](std::int32_t di, std::int32_t dj) {
    const std::int32_t i = place.column + di, j = place.row + dj;
    if (i < 0 || j < 0 || i >= static_cast<std::int32_t>(sheet.columns) ||
        j >= static_cast<std::int32_t>(sheet.rows)) {
      return sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    }
    return sheet.begin + static_cast<std::size_t>(j) * sheet.columns + static_cast<std::size_t>(i);
  };
  const std::size_t nowhere = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
  std::array<bool, side * side> reached{};
  std::array<std::pair<std::int32_t, std::int32_t>, side * side> open;
  std::size_t count = 0;
  const auto open_up = [&](std::int32_t di, std::int32_t dj) {
    if (std::abs(di) > reach || std::abs(dj) > reach || cell_at(di, dj) == nowhere) return;
    const auto column = static_cast<std::size_t>(di + reach),
               row = static_cast<std::size_t>(dj + reach);
    bool& known = reached[row * side + column];
    if (!std::exchange(known, true)) open[count++] = {di, dj};
  };
  for (const std::int32_t dj : {0, 1}) {
    for (const std::int32_t di : {0, 1}) {
      const std::size_t cell = cell_at(di, dj);
      if (cell != nowhere && (links[cell] & GroundGrid::walkable)) open_up(di, dj);
    }
  }
  if (count == 0) {
    for (std::int32_t dj = -reach; dj <= reach; ++dj) {
      for (std::int32_t di = -reach; di <= reach; ++di) open_up(di, dj);
    }
  }
  std::size_t best = field.distance_m.size();
  float best_squared = no_way;
  for (std::size_t next = 0; next < count; ++next) {
    const auto [di, dj] = open[next];
    const std::size_t cell = cell_at(di, dj);
    if (links[cell] & GroundGrid::west) open_up(di - 1, dj);
    if (links[cell] & GroundGrid::east) open_up(di + 1, dj);
    if (links[cell] & GroundGrid::south) open_up(di, dj - 1);
    if (links[cell] & GroundGrid::north) open_up(di, dj + 1);
    const float x = static_cast<float>(di) - place.east, y = static_cast<float>(dj) - place.north;
    if (field.distance_m[cell] == no_way || x * x + y * y >= best_squared) continue;
    best = cell;
    best_squared = x * x + y * y;
  }
  return best;
}

float mix(const std::vector<float>& values, std::size_t cell, std::size_t columns,
          const Weights& weights) {
  // A corner without weight may hold infinity.
  const auto part = [&values](std::size_t i, float weight) {
    return weight > 0 ? weight * values[i] : 0.F;
  };
  return (part(cell, weights.south_west) + part(cell + 1, weights.south_east) +
          part(cell + columns, weights.north_west) + part(cell + columns + 1, weights.north_east)) /
         weights.sum();
}

/// Not of unit length.
WayField::Direction mix(const std::vector<WayField::Direction>& ways, std::size_t cell,
                        std::size_t columns, const Weights& weights) {
  const WayField::Direction *south = &ways[cell], *north = &ways[cell + columns];
  return {weights.south_west * south[0].x + weights.south_east * south[1].x +
              weights.north_west * north[0].x + weights.north_east * north[1].x,
          weights.south_west * south[0].y + weights.south_east * south[1].y +
              weights.north_west * north[0].y + weights.north_east * north[1].y};
}

constexpr float least_length = 1e-3F;

float length_of(WayField::Direction way) { return std::sqrt(way.x * way.x + way.y * way.y); }

}  // namespace

float WayField::distance(std::uint32_t surface, float x, float y) const {
  const Sheet& sheet = sheets[surface];
  const Place place = place_of(sheet, x, y);
  if ((*links)[place.cell] & GroundGrid::whole_square) {
    const Weights all = bilinear(place.east, place.north);
    const float *south = &distance_m[place.cell], *north = south + sheet.columns;
    const float all_m = all.south_west * south[0] + all.south_east * south[1] +
                        all.north_west * north[0] + all.north_east * north[1];
    // Where one of them has no way it is infinity, or not a number.
    if (all_m < no_way) return all_m;
  }
  const Weights weights = seen_weights(*this, sheet, place);
  if (weights.sum() > 0) return mix(distance_m, place.cell, sheet.columns, weights);
  const std::size_t cell = rescue_cell(*this, sheet, place);
  return cell < distance_m.size() ? distance_m[cell] : no_way;
}

WayField::Direction WayField::direction(std::uint32_t surface, float x, float y) const {
  const Sheet& sheet = sheets[surface];
  const Place place = place_of(sheet, x, y);
  Direction to{0, 0};
  float length = 0;
  if ((*links)[place.cell] & GroundGrid::whole_square) {
    // Cells without a way add nothing.
    to = mix(way, place.cell, sheet.columns, bilinear(place.east, place.north));
    length = length_of(to);
  }
  if (length < least_length) {
    const Weights weights = seen_weights(*this, sheet, place);
    if (const float sum = weights.sum(); sum > 0) {
      to = mix(way, place.cell, sheet.columns, weights);
      to = {to.x / sum, to.y / sum};
    } else if (const std::size_t cell = rescue_cell(*this, sheet, place); cell < way.size()) {
      return way[cell];
    }
    length = length_of(to);
  }
  if (length < least_length) return {0, 0};
  return {to.x / length, to.y / length};
}

}  // namespace kontwin::crowd
