#include "scenarios/flood/rating.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/river_reach.hpp"
#include "twin/place_error.hpp"

namespace kontwin {

namespace {

constexpr double nearest_river_m = 5000;
constexpr double least_half_width_m = 300;
/// Roughness of a channel that the terrain's cells are too coarse to show (Chow 1959, natural
/// stream, clean, winding).
constexpr double channel_n = 0.035;

}  // namespace

namespace {

flood::RiverSpot spot_on(const World& world, const std::string& river, LocalPoint place) {
  const auto spot = flood::find_river(world, river, place, nearest_river_m);
  if (!spot || (!river.empty() && spot->river->name != river)) {
    throw PlaceError("rating: no river " + (river.empty() ? "" : "'" + river + "' ") +
                         "within 5 km of the gauge",
                     place);
  }
  return *spot;
}

}  // namespace

RatingCurve::RatingCurve(const World& world, const std::string& river, LocalPoint place)
    : RatingCurve(world.terrain(), spot_on(world, river, place)) {}

RatingCurve::RatingCurve(const Terrain& terrain, const flood::RiverSpot& spot)
    : RatingCurve(terrain, *spot.river, spot.along_m) {}

RatingCurve::RatingCurve(const Terrain& terrain, const River& river, double along_m) {
  const flood::Channel channel = flood::channel_at(river, along_m);
  const TerrainGrid& grid = terrain.finest_at(channel.point);
  const GridShape& shape = grid.elevation_m.shape;
  slope_ = channel.slope;

  const bool own_channel = shape.cell_m > 0.5 * channel.width_m;
  const double step_m = std::min(shape.cell_m / 4, 5.0);
  const double half_m = std::max(least_half_width_m, 3 * channel.width_m);
  const auto ground_and_n = [&](double offset_m) {
    const LocalPoint point{channel.point.x_m - offset_m * channel.downstream.y_m,
                           channel.point.y_m + offset_m * channel.downstream.x_m};
    if (own_channel && std::abs(offset_m) <= channel.width_m / 2) {
      return std::pair{channel.bed_m, channel_n};
    }
    if (!shape.contains(point)) return std::pair{1e9, channel_n};
    const std::size_t cell = shape.cell_of(point);
    double ground_m = grid.elevation_m.values[cell];
    // A coarse cell mixes bank and bed: beside the channel it is no lower than the banks.
    if (own_channel) ground_m = std::max(ground_m, channel.bed_m + channel.bank_depth_m);
    return std::pair{ground_m, std::max(0.01, double(grid.manning_n.values[cell]))};
  };
  // From the middle outwards: water reaches a strip over everything between.
  for (const double side : {1.0, -1.0}) {
    double bank_m = -1e9;
    for (double offset_m = step_m / 2; offset_m <= half_m; offset_m += step_m) {
      const auto [ground_m, n] = ground_and_n(side * offset_m);
      bank_m = std::max(bank_m, ground_m);
      if (bank_m > 1e8) break;
      // Inside the channel the lowest strip may lie off the middle: there the ground itself counts.
      const bool in_channel = offset_m <= channel.width_m / 2;
      strips_.push_back({in_channel ? ground_m : bank_m, step_m / n});
    }
  }
  if (strips_.empty()) {
    throw ScenarioError("rating: the terrain does not cover river '" + river.name + "' there");
  }
  bed_m_ = std::ranges::min(strips_, {}, &Strip::wets_at_m).wets_at_m;
}

double RatingCurve::conveyance_m3ps(double stage_m) const {
  double conveyance = 0;
  for (const Strip& strip : strips_) {
    const double depth_m = stage_m - strip.wets_at_m;
    if (depth_m > 0) conveyance += strip.conveyance * depth_m * std::cbrt(depth_m * depth_m);
  }
  return conveyance;
}

double RatingCurve::discharge_m3ps(double stage_m) const {
  if (!std::isfinite(stage_m)) throw ScenarioError("rating: the stage is not a number");
  return conveyance_m3ps(stage_m) * std::sqrt(slope_);
}

double RatingCurve::stage_m(double wanted_m3ps) const {
  if (!std::isfinite(wanted_m3ps) || wanted_m3ps < 0) {
    throw ScenarioError("rating: the discharge is not a number of 0 or more");
  }
  double low_m = bed_m_;
  double high_m = bed_m_ + 1;
  while (discharge_m3ps(high_m) < wanted_m3ps) high_m = bed_m_ + 2 * (high_m - bed_m_);
  for (int halving = 0; halving < 60; ++halving) {
    const double middle_m = 0.5 * (low_m + high_m);
    (discharge_m3ps(middle_m) < wanted_m3ps ? low_m : high_m) = middle_m;
  }
  return high_m;
}

double rating_discharge_m3ps(const World& world, const std::string& river, LocalPoint place,
                             double stage_m) {
  return RatingCurve(world, river, place).discharge_m3ps(stage_m);
}

double rating_stage_m(const World& world, const std::string& river, LocalPoint place,
                      double discharge_m3ps) {
  return RatingCurve(world, river, place).stage_m(discharge_m3ps);
}

}  // namespace kontwin
