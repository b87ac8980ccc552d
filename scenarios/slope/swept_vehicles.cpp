#include "scenarios/slope/swept_vehicles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "scenarios/flood/stability.hpp"
#include "scenarios/slope/fleet.hpp"
#include "scenarios/slope/road_deck.hpp"
#include "twin/random.hpp"

namespace kontwin::slope {

namespace {

constexpr std::uint64_t purpose = 0x53574550;  // of the random streams
constexpr double reach_m = 150;                // of the window round a link
constexpr int followed_s = 120;
constexpr int least_followed_s = 10;  // a vehicle that has not begun to slide by then stands
constexpr std::size_t most_bodies = 60;
constexpr double least_depth_m = 0.1;  // shallower water moves nobody
constexpr double deck_thick_m = 1;     // from a bridge's carriageway down to what holds it: assumed
constexpr double parked_apart_m = 5;

LocalBox box_of(std::span<const LocalPoint> line) {
  LocalBox box{line.front().x_m, line.front().y_m, line.front().x_m, line.front().y_m};
  for (const LocalPoint& at : line) {
    box = {std::min(box.min_x_m, at.x_m), std::min(box.min_y_m, at.y_m),
           std::max(box.max_x_m, at.x_m), std::max(box.max_y_m, at.y_m)};
  }
  return box;
}

LocalBox wider(const LocalBox& box, double by_m) {
  return {box.min_x_m - by_m, box.min_y_m - by_m, box.max_x_m + by_m, box.max_y_m + by_m};
}

bool touch(const LocalBox& a, const LocalBox& b) {
  return a.min_x_m <= b.max_x_m && a.max_x_m >= b.min_x_m && a.min_y_m <= b.max_y_m &&
         a.max_y_m >= b.min_y_m;
}

}  // namespace

/// Vehicles in their water, and what became of them.
struct SweptVehicles::Case {
  EntityRef from;
  std::optional<WaterWindow> water;
  WaterWindow raised;  // with the ground as high as the deck that they stand on
  std::vector<FloodVehicle> kinds;
  std::vector<StandingVehicle> standing;
  std::vector<SweptVehicle> swept;
};

SweptVehicles::SweptVehicles(const World& world, const WaterField& water,
                             const SlopeOptions& options, std::uint64_t seed, ComputeArena& arena)
    : world_(world),
      water_(water),
      options_(options),
      seed_(seed),
      arena_(arena),
      tried_roads_(world.roads().links(), 0),
      tried_parkings_(world.entities(Kind::parking).size(), 0),
      gone_(tried_parkings_.size(), 0) {
  for (std::uint32_t road = 0; road < world.roads().links(); ++road) {
    box_.push_back(box_of(world.roads().shape_of(road)));
    const std::uint32_t back = world.roads().opposite[road];
    if (world.entities(Kind::road).attribute(road_attribute::bridge, road) == 1 &&
        (back == no_row || road < back)) {
      bridges_.push_back(road);
    }
  }
}

void SweptVehicles::look_at(Kind kind, std::span<const double> stopped,
                            std::span<const double> count, std::vector<Try>& tries) {
  auto& tried = kind == Kind::road ? tried_roads_ : tried_parkings_;
  for (std::uint32_t row = 0; row < tried.size(); ++row) {
    if (!(stopped[row] > 0)) continue;
    const unsigned now = static_cast<unsigned>(stopped[row]) & flood::every_vehicle;
    const unsigned before = tried[row];
    if ((now & ~before) == 0) continue;
    tried[row] |= now;
    double there = count[row];
    if (kind == Kind::parking) there -= static_cast<double>(gone_[row]);
    if (!looked_ || !(there >= 0.5)) continue;
    tries.push_back({{kind, row}, before, static_cast<std::size_t>(std::llround(there))});
  }
}

std::vector<SweptVehicles::Try> SweptVehicles::find(const StateTable& state) {
  std::vector<Try> tries;
  look_at(Kind::road, state.column(Kind::road, common_column::impassable_for),
          state.column(Kind::road, road_column::vehicles), tries);
  look_at(Kind::parking, state.column(Kind::parking, common_column::impassable_for),
          state.column(Kind::parking, parking_column::occupied), tries);
  looked_ = true;
  return tries;
}

std::vector<StandingVehicle> SweptVehicles::standing(const Try& one,
                                                     std::vector<FloodVehicle>& kinds) const {
  RandomStream random(
      seed_, one.from.row,
      purpose + (one.from.kind == Kind::road ? 0 : 1) + (std::uint64_t{one.before} << 32U));
  const std::size_t count = std::min(one.count, most_bodies);
  std::vector<StandingVehicle> vehicles;
  const bool on_road = one.from.kind == Kind::road;
  // What kind stands at a parking depends on nothing before: it did not leave.
  const unsigned stopped = on_road ? one.before : 0;
  const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(double(count))));
  for (std::size_t i = 0; i < count; ++i) {
    const FloodVehicle kind = draw_kind(stopped, options_.motorbike_share, random);
    StandingVehicle vehicle{flood_vehicle_types[static_cast<std::size_t>(kind)], {}, 0};
    if (on_road) {
      const auto line = world_.roads().shape_of(one.from.row);
      const double whole_m = length_m(line);
      const double along_m = (double(i) + random.uniform()) / double(count) * whole_m;
      const LocalPoint at = point_along(line, along_m);
      const LocalPoint on = point_along(line, std::min(along_m + 1, whole_m));
      const LocalPoint off = point_along(line, std::max(along_m - 1, 0.0));
      vehicle.heading_rad = std::atan2(on.y_m - off.y_m, on.x_m - off.x_m);
      const double width_m =
          world_.entities(Kind::road).attribute(road_attribute::width_m, one.from.row);
      const double right_m = std::isfinite(width_m) ? width_m / 4 : 0;
      vehicle.at = {at.x_m + right_m * std::sin(vehicle.heading_rad),
                    at.y_m - right_m * std::cos(vehicle.heading_rad)};
    } else {
      const LocalPoint at = world_.place(one.from);
      const auto column = i % side, row = i / side;
      vehicle.at = {at.x_m + (double(column) - double(side - 1) / 2) * parked_apart_m,
                    at.y_m + (double(row) - double(side - 1) / 2) * parked_apart_m};
    }
    kinds.push_back(kind);
    vehicles.push_back(vehicle);
  }
  return vehicles;
}

SweptVehicles::Case SweptVehicles::prepare(const Try& one) const {
  Case made;
  made.from = one.from;
  const bool on_road = one.from.kind == Kind::road;
  const LocalPoint place = world_.place(one.from);
  const LocalBox box =
      on_road ? box_[one.from.row] : LocalBox{place.x_m, place.y_m, place.x_m, place.y_m};
  made.water = water_.window(wider(box, reach_m));
  if (!made.water) return made;
  made.standing = standing(one, made.kinds);
  made.raised = *made.water;
  if (on_road) raise_deck(world_, one.from.row, made.raised);
  // Only those in water, on its grid two cells from the rim, where the mesh ends.
  const GridShape& shape = made.water->ground_m.shape;
  const LocalBox inner = wider(shape.box(), -2 * shape.cell_m);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < made.standing.size(); ++i) {
    const LocalPoint at = made.standing[i].at;
    if (!inner.contains(at) || interpolate(made.raised.depth_m, at) < least_depth_m) continue;
    made.kinds[kept] = made.kinds[i];
    made.standing[kept++] = made.standing[i];
  }
  made.kinds.resize(kept);
  made.standing.resize(kept);
  return made;
}

void SweptVehicles::run(Case& one) const {
  if (one.standing.empty()) return;
  const WaterWindow& water = one.raised;
  const LocalBox box = water.ground_m.shape.box();
  const std::uint32_t own = one.from.kind == Kind::road ? one.from.row : no_row;
  const std::uint32_t back = own == no_row ? no_row : world_.roads().opposite[own];
  std::vector<std::uint32_t> bridges;
  for (const std::uint32_t bridge : bridges_) {
    if (bridge != own && bridge != back && touch(box_[bridge], box)) bridges.push_back(bridge);
  }

  FloodVehicles bodies({water.ground_m, water.depth_m, water.east_mps, water.north_mps},
                       one.standing);
  std::vector<std::optional<std::pair<std::uint32_t, LocalPoint>>> held(one.standing.size());
  std::vector<VehicleFate> fates = bodies.fates();
  const auto hold = [&](std::size_t i, LocalPoint before, LocalPoint now) {
    for (const std::uint32_t bridge : bridges) {
      const auto at = crossing(before, now, world_.roads().shape_of(bridge));
      if (!at) continue;
      const Raster<float>& ground_m = one.water->ground_m;
      const double under_m =
          deck_m(world_, bridge, ground_m, nearest_on(world_.roads().shape_of(bridge), *at)) -
          deck_thick_m;
      const double surface_m = interpolate(ground_m, *at) + interpolate(one.water->depth_m, *at);
      const FloodVehicleType& type = one.standing[i].type;
      const double out_m = std::max(type.height_m - type.floating_depth_m(), 0.0);
      if (under_m - surface_m < out_m) held[i] = {bridge, *at};
    }
  };
  for (int second = 1; second <= followed_s; ++second) {
    bodies.run(1);
    const auto now = bodies.fates();
    bool moving = second < least_followed_s;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (held[i] || now[i].end == VehicleFate::End::stands) continue;
      hold(i, fates[i].at, now[i].at);
      moving = moving || (!held[i] && now[i].end == VehicleFate::End::adrift);
    }
    fates = now;
    if (!moving) break;
  }

  for (std::size_t i = 0; i < fates.size(); ++i) {
    using End = SweptVehicle::End;
    if (!held[i] && fates[i].end == VehicleFate::End::stands) continue;
    SweptVehicle gone{.at = {},
                      .kind = one.kinds[i],
                      .from = one.from,
                      .stood = one.standing[i].at,
                      .rest = fates[i].at};
    if (held[i]) {
      gone.end = End::at_bridge;
      std::tie(gone.road, gone.rest) = *held[i];
    } else if (fates[i].end == VehicleFate::End::adrift) {
      gone.end = End::adrift;
    } else if (fates[i].end == VehicleFate::End::left) {
      gone.end = End::left;
    } else {
      gone.end = fates[i].end == VehicleFate::End::jammed ? End::jammed : End::aground;
      // A motorbike is pushed aside; anything larger stops who comes.
      double nearest_m = 1e300;
      for (std::uint32_t road = 0; road < box_.size(); ++road) {
        if (gone.kind == FloodVehicle::motorbike || !wider(box_[road], 20).contains(gone.rest)) {
          continue;
        }
        const double width_m = world_.entities(Kind::road).attribute(road_attribute::width_m, road);
        const double off_m = nearest_on(world_.roads().shape_of(road), gone.rest).distance_m;
        const double most_m = (std::isfinite(width_m) ? width_m : 3.5) / 2 + 1;
        if (off_m > most_m || off_m >= nearest_m) continue;
        nearest_m = off_m;
        gone.road = road;
      }
    }
    one.swept.push_back(gone);
  }
}

std::vector<std::uint32_t> SweptVehicles::advance(StateTable& state, Instant now) {
  std::vector<std::uint32_t> across;
  std::vector<Case> cases;
  for (const Try& one : find(state)) {
    Case made = prepare(one);
    if (made.standing.empty()) continue;
    tried_ += made.standing.size();
    cases.push_back(std::move(made));
  }
  arena_.for_each_part(cases.size(), [&](std::size_t i) { run(cases[i]); });
  for (const Case& one : cases) {
    if (one.swept.empty()) continue;
    if (one.from.kind == Kind::road) {
      double& count = state.at(one.from, road_column::swept_vehicles);
      count = (std::isfinite(count) ? count : 0) + static_cast<double>(one.swept.size());
    } else {
      gone_[one.from.row] += one.swept.size();
    }
    for (SweptVehicle gone : one.swept) {
      gone.at = now;
      swept_.push_back(gone);
      if (gone.road != no_row && std::ranges::find(across, gone.road) == across.end()) {
        across.push_back(gone.road);
      }
    }
  }
  crossed_ += across.size();
  return across;
}

}  // namespace kontwin::slope
