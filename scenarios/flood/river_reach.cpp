#include "scenarios/flood/river_reach.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::flood {

namespace {

/// The bed's fall is taken over this much of the river, to see past single pools.
constexpr double slope_reach_m = 1000;
/// A river of synthetic or rounded geometry ends this near to the one it flows into.
constexpr double mouth_gap_m = 3000;
constexpr double least_slope = 1e-4;
/// Rivers may name each other in a circle by mistake.
constexpr int most_rivers = 50;

/// A river's line, for looking up many places of it.
class Profile {
 public:
  explicit Profile(const River& river) : river_(river) {
    along_m_.push_back(0);
    for (std::size_t i = 1; i < river.line.size(); ++i) {
      along_m_.push_back(along_m_.back() + distance_m(river.line[i - 1], river.line[i]));
    }
  }

  double long_m() const { return along_m_.back(); }

  LocalPoint point(double along_m) const {
    const auto [i, share] = find(along_m);
    const LocalPoint& from = river_.line[i - 1];
    const LocalPoint& to = river_.line[i];
    return {from.x_m + share * (to.x_m - from.x_m), from.y_m + share * (to.y_m - from.y_m)};
  }

  double value(const std::vector<float>& of, double along_m) const {
    const auto [i, share] = find(along_m);
    return of[i - 1] + share * (of[i] - of[i - 1]);
  }

  Channel channel(double along_m) const {
    const double up_m = std::max(0.0, along_m - slope_reach_m / 2);
    const double down_m = std::min(long_m(), along_m + slope_reach_m / 2);
    const LocalPoint before = point(along_m - 1);
    const LocalPoint after = point(along_m + 1);
    const double apart_m = std::max(distance_m(before, after), 1e-9);
    const double fall_m = value(river_.bed_m, up_m) - value(river_.bed_m, down_m);
    return {.point = point(along_m),
            .downstream = {(after.x_m - before.x_m) / apart_m, (after.y_m - before.y_m) / apart_m},
            .bed_m = value(river_.bed_m, along_m),
            .width_m = value(river_.width_m, along_m),
            .bank_depth_m = value(river_.bank_depth_m, along_m),
            .slope = std::max(least_slope, fall_m / std::max(down_m - up_m, 1.0))};
  }

 private:
  struct Place {
    std::size_t after;  // the point after it
    double share;       // of the way there from the point before
  };
  Place find(double along_m) const {
    const auto upper = std::ranges::upper_bound(along_m_, along_m);
    const auto after = std::clamp<std::ptrdiff_t>(upper - along_m_.begin(), 1,
                                                  static_cast<std::ptrdiff_t>(along_m_.size()) - 1);
    const auto i = static_cast<std::size_t>(after);
    const double piece_m = along_m_[i] - along_m_[i - 1];
    const double share = piece_m > 0 ? (along_m - along_m_[i - 1]) / piece_m : 0;
    return {i, std::clamp(share, 0.0, 1.0)};
  }

  const River& river_;
  std::vector<double> along_m_;  // [point]
};

bool well_inside(const GridShape& grid, LocalPoint point, double margin_m) {
  const LocalBox box = grid.box();
  return point.x_m >= box.min_x_m + margin_m && point.x_m < box.max_x_m - margin_m &&
         point.y_m >= box.min_y_m + margin_m && point.y_m < box.max_y_m - margin_m;
}

template <typename Visit>
void visit_channel(const GridShape& grid, const River& river, double from_m, double to_m,
                   Visit visit) {
  const Profile profile(river);
  const double step_m = 0.5 * grid.cell_m;
  for (double along_m = from_m; along_m <= to_m; along_m += step_m) {
    const double width_m = profile.value(river.width_m, along_m);
    if (!well_inside(grid, profile.point(along_m), -width_m)) continue;
    const Channel channel = profile.channel(along_m);
    const double reach_m = std::max(0.0, 0.5 * (channel.width_m - grid.cell_m));
    const LocalPoint across{-channel.downstream.y_m, channel.downstream.x_m};
    const auto sides = static_cast<int>(std::ceil(reach_m / step_m));
    for (int side = -sides; side <= sides; ++side) {
      const double offset_m = sides == 0 ? 0 : reach_m * side / sides;
      const LocalPoint point{channel.point.x_m + offset_m * across.x_m,
                             channel.point.y_m + offset_m * across.y_m};
      if (grid.contains(point)) visit(ChannelCell{grid.cell_of(point), along_m, channel.bed_m});
    }
  }
}

}  // namespace

std::optional<RiverSpot> find_river(const World& world, const std::string& name, LocalPoint place,
                                    double within_m) {
  std::optional<RiverSpot> best;
  const bool known = std::ranges::any_of(
      world.rivers(), [&name](const River& river) { return river.name == name; });
  for (const River& river : world.rivers()) {
    if (river.line.size() < 2 || (known && river.name != name)) continue;
    const Foot foot = nearest_on(river.line, place);
    if (foot.distance_m > within_m || (best && best->distance_m <= foot.distance_m)) continue;
    best = RiverSpot{&river, foot.along_m, foot.distance_m};
  }
  return best;
}

Channel channel_at(const River& river, double along_m) { return Profile(river).channel(along_m); }

std::optional<RiverSpot> mouth_of(const World& world, const River& river) {
  if (river.flows_into.empty() || river.flows_into == river.name) return std::nullopt;
  const bool there = std::ranges::any_of(
      world.rivers(), [&river](const River& other) { return other.name == river.flows_into; });
  if (!there) return std::nullopt;
  return find_river(world, river.flows_into, river.line.back(), mouth_gap_m);
}

std::optional<RiverSpot> entry_into(const World& world, const RiverSpot& from,
                                    const GridShape& grid, double margin_cells) {
  RiverSpot spot = from;
  double run_m = 0;
  for (int rivers = 0; rivers < most_rivers; ++rivers) {
    const Profile profile(*spot.river);
    const double end_m = profile.long_m();
    const double step_m = 0.5 * grid.cell_m;
    for (double along_m = spot.along_m; along_m <= end_m; along_m += step_m) {
      if (!well_inside(grid, profile.point(along_m), margin_cells * grid.cell_m)) {
        continue;
      }
      return RiverSpot{spot.river, along_m, run_m + along_m - spot.along_m};
    }
    run_m += end_m - spot.along_m;
    const auto next = mouth_of(world, *spot.river);
    if (!next) return std::nullopt;
    spot = *next;
  }
  return std::nullopt;
}

std::vector<std::size_t> channel_cells_at(const GridShape& grid, const River& river,
                                          double along_m) {
  std::vector<std::size_t> cells;
  visit_channel(grid, river, along_m, along_m + 0.6 * grid.cell_m,
                [&cells](const ChannelCell& at) { cells.push_back(at.cell); });
  std::ranges::sort(cells);
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

std::vector<ChannelCell> channel_cells_along(const GridShape& grid, const River& river,
                                             double from_m, double to_m) {
  std::vector<ChannelCell> cells;
  visit_channel(grid, river, from_m, to_m,
                [&cells](const ChannelCell& at) { cells.push_back(at); });
  return cells;
}

std::vector<char> channel_mask(const World& world, const GridShape& grid) {
  std::vector<char> mask(grid.cells(), 0);
  for (const River& river : world.rivers()) {
    if (river.line.size() < 2) continue;
    visit_channel(grid, river, 0, length_m(river.line),
                  [&mask](const ChannelCell& at) { mask[at.cell] = 1; });
  }
  return mask;
}

}  // namespace kontwin::flood
