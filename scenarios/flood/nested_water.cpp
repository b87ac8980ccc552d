// What a water of several grids is from outside; what is given to it is in nested_inputs.cpp, how
// they meet in nested_flow.cpp.
#include "scenarios/flood/nested_water.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/finite_volume_field.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

NestedWater::NestedWater(std::unique_ptr<NestableSolver> outer,
                         std::vector<std::unique_ptr<NestableSolver>> insets,
                         const std::vector<std::string>& names)
    : outer_(std::move(outer)), inset_of_(outer_->shape().cells(), 0) {
  const GridShape& grid = outer_->shape();
  std::size_t first_cell = grid.cells();
  for (std::size_t i = 0; i < insets.size(); ++i) {
    Inset& inset = insets_.emplace_back();
    inset.solver = std::move(insets[i]);
    place_inset(inset, names[i]);
    inset.first_cell = first_cell;
    first_cell += inset.solver->shape().cells();
    // One cell round it must be the outer grid's own: there it meets no other inset.
    const auto low = [](std::size_t first) { return first == 0 ? 0 : first - 1; };
    for (std::size_t row = low(inset.first_row); row < std::min(inset.end_row + 1, grid.rows);
         ++row) {
      for (std::size_t column = low(inset.first_column);
           column < std::min(inset.end_column + 1, grid.columns); ++column) {
        const std::uint8_t other = inset_of_[grid.at(column, row)];
        if (other == 0) continue;
        throw ScenarioError("flood.insets: '" + names[i] + "' overlaps or touches '" +
                            names[other - 1U] +
                            "': there must be a cell of the outer grid between");
      }
    }
    for (std::size_t row = inset.first_row; row < inset.end_row; ++row) {
      std::fill_n(&inset_of_[grid.at(inset.first_column, row)],
                  inset.end_column - inset.first_column, static_cast<std::uint8_t>(i + 1));
    }
  }
  std::vector<Joint> joints;
  for (Inset& inset : insets_) make_faces(inset, joints);
  outer_->join(std::move(joints));
  find_second_under();
  outer_->ask(this);
  std::vector<std::size_t> under;
  for (std::size_t cell = 0; cell < inset_of_.size(); ++cell) {
    if (inset_of_[cell] == 0) continue;
    under.push_back(cell);
    outer_->set_edge_slope(cell, -1);
  }
  outer_->keep_rain_off(under);
}

NestedWater::NestedWater(const NestedWater& other)
    : outer_(other.outer_->copy()),
      inset_of_(other.inset_of_),
      second_under_(other.second_under_),
      sources_(other.sources_),
      trickles_(other.trickles_) {
  for (const Inset& inset : other.insets_) {
    insets_.push_back({.solver = inset.solver->copy(),
                       .first_column = inset.first_column,
                       .end_column = inset.end_column,
                       .first_row = inset.first_row,
                       .end_row = inset.end_row,
                       .ratio = inset.ratio,
                       .first_cell = inset.first_cell,
                       .first_joint = inset.first_joint,
                       .end_joint = inset.end_joint,
                       .carry_units = inset.carry_units});
  }
  outer_->ask(this);
}

NestedWater::~NestedWater() = default;

std::unique_ptr<ShallowWaterSolver> NestedWater::clone() const {
  return std::make_unique<NestedWater>(*this);
}

NestableSolver& NestedWater::solver(std::size_t number) const {
  return number == 0 ? *outer_ : *insets_[number - 1].solver;
}

ShallowWaterSolver& NestedWater::grid(std::size_t number) { return solver(number); }

std::size_t NestedWater::first_cell(std::size_t number) const {
  if (number == 0) return 0;
  if (number <= insets_.size()) return insets_[number - 1].first_cell;
  return insets_.back().first_cell + insets_.back().solver->shape().cells();
}

bool NestedWater::covered(std::size_t cell) const {
  return cell < inset_of_.size() && inset_of_[cell] != 0;
}

const NestedWater::Inset* NestedWater::inset_over(std::size_t cell) const {
  return covered(cell) ? &insets_[inset_of_[cell] - 1U] : nullptr;
}

NestedWater::Place NestedWater::place_of(std::size_t cell) const {
  std::size_t number = insets_.size();
  while (number > 0 && cell < insets_[number - 1].first_cell) --number;
  return {number, cell - first_cell(number)};
}

NestedWater::Place NestedWater::lowest_place(std::size_t cell) const {
  Place lowest;
  double lowest_m = std::numeric_limits<double>::infinity();
  for_places(cell, [&](const Place& place) {
    const double here_m = solver(place.grid).ground_m(place.cell);
    if (here_m >= lowest_m) return;
    lowest_m = here_m;
    lowest = place;
  });
  return lowest;
}

CellState NestedWater::mean_under(const Inset& inset, std::size_t cell) const {
  CellState mean;
  double surface_m = 0;
  double wet = 0;
  for_cells_under(inset, cell, [&](std::size_t fine) {
    const CellState state = inset.solver->state(fine);
    mean.depth_m += state.depth_m;
    mean.east_mps += state.depth_m * state.east_mps;
    mean.north_mps += state.depth_m * state.north_mps;
    if (state.depth_m <= 0) return;
    surface_m += state.surface_m();
    ++wet;
  });
  mean.ground_m = outer_->ground_m(cell);
  if (wet == 0) return mean;
  mean.east_mps /= mean.depth_m;
  mean.north_mps /= mean.depth_m;
  if (inset.ratio > 1) {
    // Its surface is what matters to a slope, whatever the outer ground.
    mean.depth_m = std::max(surface_m / wet - mean.ground_m, 0.0);
  }
  return mean;
}

double NestedWater::ground_m(std::size_t cell) const {
  const Place place = place_of(cell);
  return solver(place.grid).ground_m(place.cell);
}

double NestedWater::depth_m(std::size_t cell) const {
  double total_m = 0;
  double places = 0;
  for_places(cell, [&](const Place& place) {
    total_m += solver(place.grid).depth_m(place.cell);
    ++places;
  });
  return total_m / places;
}

namespace {

/// Fills what lies under an inset with the mean of the inset's values.
void average(const GridShape& outer, std::size_t first_column, std::size_t first_row,
             std::size_t ratio, const GridShape& fine, std::span<const float> from,
             std::span<float> to) {
  for (std::size_t row = 0; row < fine.rows / ratio; ++row) {
    for (std::size_t column = 0; column < fine.columns / ratio; ++column) {
      double total = 0;
      for (std::size_t r = row * ratio; r < (row + 1) * ratio; ++r) {
        for (std::size_t c = column * ratio; c < (column + 1) * ratio; ++c) {
          total += static_cast<double>(from[fine.at(c, r)]);
        }
      }
      to[outer.at(first_column + column, first_row + row)] =
          static_cast<float>(total / static_cast<double>(ratio * ratio));
    }
  }
}

}  // namespace

template <typename Copy>
void NestedWater::copy_all(std::span<float> values, Copy copy) const {
  copy(*outer_, values.first(shape().cells()));
  for (const Inset& inset : insets_) {
    const GridShape& fine = inset.solver->shape();
    const auto own = values.subspan(inset.first_cell, fine.cells());
    copy(*inset.solver, own);
    average(shape(), inset.first_column, inset.first_row, inset.ratio, fine, own, values);
  }
}

void NestedWater::copy_depths(std::span<float> depth_m) const {
  copy_all(depth_m, [](const NestableSolver& of, std::span<float> to) { of.copy_depths(to); });
}

void NestedWater::copy_speeds(std::span<float> speed_mps) const {
  copy_all(speed_mps, [](const NestableSolver& of, std::span<float> to) { of.copy_speeds(to); });
}

void NestedWater::copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const {
  std::vector<float> other(std::max(east_mps.size(), north_mps.size()));
  const auto beside = [&](std::span<float> to) { return std::span(other).first(to.size()); };
  copy_all(east_mps, [&](const NestableSolver& of, std::span<float> to) {
    of.copy_velocities(to, beside(to));
  });
  copy_all(north_mps, [&](const NestableSolver& of, std::span<float> to) {
    of.copy_velocities(beside(to), to);
  });
}

template <typename Get>
double NestedWater::sum(Get get) const {
  double total = 0;
  for (std::size_t number = 0; number < grids(); ++number) total += get(solver(number));
  return total;
}

double NestedWater::volume_m3() const {
  UnitSum<double> depths;  // in units that those of all schemes are multiples of
  for (std::size_t cell = 0; cell < inset_of_.size(); ++cell) {
    if (inset_of_[cell] != 0) continue;
    depths.add(static_cast<std::int64_t>(outer_->depth_m(cell) * DepthCount<double>::per_m));
  }
  double volume_m3 = depths.in_metres() * shape().cell_m * shape().cell_m;
  for (const Inset& inset : insets_) {
    const double cell_m = inset.solver->shape().cell_m;
    std::int64_t carried = 0;
    for (const std::int64_t units : inset.carry_units) carried += units;
    volume_m3 += inset.solver->volume_m3() +
                 static_cast<double>(carried) / inset.solver->depth_units_per_m() * cell_m * cell_m;
  }
  return volume_m3;
}

double NestedWater::set_m3() const {
  return sum([](const NestableSolver& of) { return of.set_m3(); });
}
double NestedWater::rain_m3() const {
  return sum([](const NestableSolver& of) { return of.rain_m3(); });
}
double NestedWater::source_m3() const {
  return sum([](const NestableSolver& of) { return of.source_m3(); });
}
double NestedWater::edge_m3() const {
  return sum([](const NestableSolver& of) { return of.edge_m3(); });
}
double NestedWater::carried_m3() const {
  return sum([](const NestableSolver& of) { return of.carried_m3(); });
}
std::uint64_t NestedWater::cell_updates() const {
  std::uint64_t total = 0;
  for (std::size_t number = 0; number < grids(); ++number) total += solver(number).cell_updates();
  return total;
}

}  // namespace kontwin::flood
