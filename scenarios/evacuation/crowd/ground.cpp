#include "scenarios/evacuation/crowd/ground.hpp"

#include <utility>

#include "scenarios/evacuation/crowd/building_check.hpp"
#include "scenarios/evacuation/crowd/gap_index.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr std::uint8_t by_time = 2;  // what has not been set by an edit

LocalPoint corner_of(const Building& building) {
  LocalPoint corner{never_s, never_s};
  for (const Surface& surface : building.surfaces) {
    const LocalBox box = box_of(surface.shape);
    corner.x_m = std::min(corner.x_m, std::floor(box.min_x_m));
    corner.y_m = std::min(corner.y_m, std::floor(box.min_y_m));
  }
  return corner;
}

Building checked(Building building, double cell_m) {
  if (!(cell_m >= 0.05 && cell_m <= 2)) {
    throw ScenarioError("cells of " + std::to_string(cell_m) + " m: must be 0.05 to 2 m wide");
  }
  for (const BuildingProblem& problem : problems_of(building)) {
    if (problem.prevents_walking) throw ScenarioError(problem.place + ": " + problem.reason);
  }
  return building;
}

/// Height as a plane held to the ends of a slope.
struct Slope {
  float base_m = 0, rise_m = 0;
  float x0 = 0, y0 = 0, along_x = 0, along_y = 0;  // share of the rise a metre of x and of y
};

}  // namespace

struct Ground::Impl {
  Building building;
  LocalPoint origin;
  GroundGrid grid;  // the first to be laid: refuses what is too large for any of the others
  GapIndex gaps;
  std::vector<Slope> slopes;
  std::vector<std::uint8_t> opening_edits, exit_edits;
  Passable passable;
  Walls walls;

  Impl(Building given, double cell_m)
      : building(checked(std::move(given), cell_m)),
        origin(corner_of(building)),
        grid{lay_sheets(building, origin, cell_m), {}, {}},
        gaps(building, origin),
        opening_edits(building.openings.size(), by_time),
        exit_edits(building.exits.size(), by_time) {
    for (const Surface& surface : building.surfaces) {
      Slope slope{.base_m = static_cast<float>(surface.height_m)};
      if (surface.kind != Surface::Kind::floor) {
        const double dx = surface.high.x_m - surface.low.x_m;
        const double dy = surface.high.y_m - surface.low.y_m;
        const double squared = dx * dx + dy * dy;
        slope.rise_m = static_cast<float>(surface.rise_m);
        slope.x0 = static_cast<float>(surface.low.x_m - origin.x_m);
        slope.y0 = static_cast<float>(surface.low.y_m - origin.y_m);
        slope.along_x = static_cast<float>(dx / squared);
        slope.along_y = static_cast<float>(dy / squared);
      }
      slopes.push_back(slope);
    }
    passable = passable_at(0);
    renew();
  }

  Passable passable_at(double time_s) const {
    Passable now;
    const auto is_open = [time_s](std::uint8_t edit, const OpenTime& open) -> std::uint8_t {
      return edit == by_time ? open.at(time_s) : edit;
    };
    for (std::size_t i = 0; i < building.openings.size(); ++i) {
      now.openings.push_back(is_open(opening_edits[i], building.openings[i].open));
    }
    for (std::size_t i = 0; i < building.exits.size(); ++i) {
      now.exits.push_back(is_open(exit_edits[i], building.exits[i].open));
    }
    for (const Blockage& blockage : building.blockages) {
      now.blockages.push_back(blockage.blocks.at(time_s));
    }
    return now;
  }

  void renew() {
    gaps.set_passable(passable);
    const auto pieces = walls_of(building, passable);
    walls = {};
    for (std::size_t s = 0; s < pieces.size(); ++s) {
      const Surface& surface = building.surfaces[s];
      for (const Segment& wall : pieces[s]) {
        walls.ax_m.push_back(static_cast<float>(wall.a.x_m - origin.x_m));
        walls.ay_m.push_back(static_cast<float>(wall.a.y_m - origin.y_m));
        walls.bx_m.push_back(static_cast<float>(wall.b.x_m - origin.x_m));
        walls.by_m.push_back(static_cast<float>(wall.b.y_m - origin.y_m));
        walls.az_m.push_back(static_cast<float>(surface.height_at(wall.a)));
        walls.bz_m.push_back(static_cast<float>(surface.height_at(wall.b)));
      }
    }
    grid = grid_between(building, passable, origin, std::move(grid.sheets), pieces);
  }

  bool change_to(Passable now) {
    if (now == passable) return false;
    passable = std::move(now);
    renew();
    return true;
  }

  void edit(std::uint8_t& edited, std::uint8_t& state, bool open) {
    edited = open;
    if (std::exchange(state, static_cast<std::uint8_t>(open)) != static_cast<std::uint8_t>(open)) {
      renew();
    }
  }
};

Ground::Ground(Building building, double cell_m)
    : impl_(std::make_unique<Impl>(std::move(building), cell_m)) {}
Ground::~Ground() = default;
Ground::Ground(Ground&&) noexcept = default;

const Building& Ground::building() const { return impl_->building; }
LocalPoint Ground::origin() const { return impl_->origin; }
const Walls& Ground::walls() const { return impl_->walls; }
const GroundGrid& Ground::grid() const { return impl_->grid; }

bool Ground::set_time(double time_s) { return impl_->change_to(impl_->passable_at(time_s)); }

void Ground::set_exit_open(std::uint32_t exit, bool open) {
  if (exit >= impl_->exit_edits.size()) {
    throw ScenarioError("there is no exit number " + std::to_string(exit));
  }
  impl_->edit(impl_->exit_edits[exit], impl_->passable.exits[exit], open);
}

void Ground::set_opening_open(std::uint32_t opening, bool open) {
  if (opening >= impl_->opening_edits.size()) {
    throw ScenarioError("there is no opening number " + std::to_string(opening));
  }
  impl_->edit(impl_->opening_edits[opening], impl_->passable.openings[opening], open);
}

bool Ground::is_exit_open(std::uint32_t exit) const { return impl_->passable.exits[exit] != 0; }
bool Ground::is_opening_open(std::uint32_t opening) const {
  return impl_->passable.openings[opening] != 0;
}

bool Ground::is_blocked(std::uint32_t blockage) const {
  return impl_->passable.blockages[blockage] != 0;
}

Ground::Step Ground::step(std::uint32_t surface, float x0, float y0, float x1, float y1) const {
  return impl_->gaps.step(impl_->building, surface, x0, y0, x1, y1);
}

float Ground::height(std::uint32_t surface, float x, float y) const {
  const Slope& slope = impl_->slopes[surface];
  const float share = (x - slope.x0) * slope.along_x + (y - slope.y0) * slope.along_y;
  return slope.base_m + slope.rise_m * std::clamp(share, 0.F, 1.F);
}

}  // namespace kontwin::crowd
