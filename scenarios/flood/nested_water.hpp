#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/flood/nestable_solver.hpp"

namespace kontwin::flood {

/// A grid with finer ones (or as fine, of another scheme) laid into it, as one water.
///
/// Under an inset the outer grid does not flow: its depth there is the mean of the inset's. Round
/// it, faces of the inset's cells meet the outer grid's cells. The outer grid's steps lead: in
/// each, every inset first flows for as long, in steps of its own, its gates seeing the outer cells
/// as they are at the beginning, and then the outer cells take what passed, to the last unit, and
/// where their scheme carries momentum that too (after Berger and Colella 1989, J. Comput. Phys.
/// 82: fluxes of the fine grid hold for both). An outer cell has in advance said how much it can
/// give.
///
/// Cells are numbered from 0 on the outer grid, as in its shape(), and on from there inset by
/// inset. What is set on a cell of the outer grid under an inset is set on all cells there (sources
/// and trickles: on the lowest).
class NestedWater final : public ShallowWaterSolver, private FlowExchange {
 public:
  /// Throws ScenarioError, naming `names` [inset], when an inset does not lie on whole cells of the
  /// outer grid and inside it, does not cut them into equal cells, or lies less than one outer cell
  /// off another; and where their depth units differ.
  NestedWater(std::unique_ptr<NestableSolver> outer,
              std::vector<std::unique_ptr<NestableSolver>> insets,
              const std::vector<std::string>& names);
  NestedWater(const NestedWater& other);
  NestedWater& operator=(const NestedWater&) = delete;
  ~NestedWater() override;

  /// The outer grid.
  const GridShape& shape() const override { return outer_->shape(); }
  const Tiling& tiling() const override { return outer_->tiling(); }
  std::size_t grids() const override { return 1 + insets_.size(); }
  ShallowWaterSolver& grid(std::size_t number) override;
  std::size_t first_cell(std::size_t number) const override;
  bool covered(std::size_t cell) const override;
  std::vector<Seam> seams() const override;
  void wall_at_seam(std::size_t seam, double top_m) override;

  double ground_m(std::size_t cell) const override;
  double depth_m(std::size_t cell) const override;
  /// Of all cells, inset by inset behind those of the outer grid.
  void copy_depths(std::span<float> depth_m) const override;
  void copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const override;
  void copy_speeds(std::span<float> speed_mps) const override;
  void set_depth(std::size_t cell, double depth_m) override;
  void change_depth(std::size_t cell, double change_m) override;
  void set_roughness_factor(double factor) override;
  std::size_t add_source(std::span<const std::size_t> cells) override;
  void set_discharge(std::size_t source, double discharge_m3ps) override;
  /// Zones by tiles of the outer grid; an inset's tile has that of its middle.
  void set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile) override;
  void set_rain(std::size_t zone, double rain_mps) override;
  void keep_rain_off(std::span<const std::size_t> cells) override;
  std::size_t add_trickle(std::size_t cell) override;
  void set_trickle(std::size_t trickle, double discharge_m3ps) override;
  /// On a face of the outer grid where grids meet: at all its seams.
  void wall_at_left(std::size_t cell, double top_m) override;
  void wall_below(std::size_t cell, double top_m) override;
  void change_wall_at_left(std::size_t cell, double top_m) override;
  void change_wall_below(std::size_t cell, double top_m) override;
  /// The lowest where several faces or seams are there.
  double wall_at_left_m(std::size_t cell) const override;
  double wall_below_m(std::size_t cell) const override;
  void set_ground(std::size_t cell, double ground_m) override;
  /// Of the outer grid's edge; an inset that reaches it has its part of it.
  void set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) override;
  void set_edge_slope(std::size_t cell, double slope) override;
  /// Of the outer grid; those of insets are noted by grid().
  bool record_peaks(PeakMaps* peaks) override { return outer_->record_peaks(peaks); }
  void advance(double seconds) override { outer_->advance(seconds); }

  double volume_m3() const override;
  double set_m3() const override;
  double rain_m3() const override;
  double source_m3() const override;
  double edge_m3() const override;
  double carried_m3() const override;
  std::unique_ptr<ShallowWaterSolver> clone() const override;
  std::uint64_t cell_updates() const override;

 private:
  struct Inset {
    std::unique_ptr<NestableSolver> solver;
    std::size_t first_column = 0, end_column = 0, first_row = 0, end_row = 0;  // of the outer grid
    std::size_t ratio = 1;
    std::size_t first_cell = 0;
    std::size_t first_joint = 0, end_joint = 0;  // joint j has the gates from (j - first) ratio on
    std::vector<std::int64_t> carry_units;       // [joint] of the inset's cells, not yet an outer's
  };
  /// A cell and the grid it is of.
  struct Place {
    std::size_t grid = 0, cell = 0;
  };
  /// Where a source or a trickle brings its water: each share of it to one grid.
  struct Feeder {
    std::size_t grid = 0, number = 0;
    double share = 1;
  };

  void look() override;
  void flow(double seconds) override;
  void place_inset(Inset& inset, const std::string& name) const;
  void make_faces(Inset& inset, std::vector<Joint>& joints) const;
  void find_second_under();
  void set_gates(Inset& inset);
  void take_in(Inset& inset);
  const Inset* inset_over(std::size_t cell) const;
  NestableSolver& solver(std::size_t number) const;
  Place place_of(std::size_t cell) const;
  template <typename Visit>
  void for_cells_under(const Inset& inset, std::size_t cell, Visit visit) const;
  /// The places that speak for a cell: itself, or those of the inset over it.
  template <typename Visit>
  void for_places(std::size_t cell, Visit visit) const;
  Place lowest_place(std::size_t cell) const;
  CellState mean_under(const Inset& inset, std::size_t cell) const;
  template <typename Copy>
  void copy_all(std::span<float> values, Copy copy) const;
  template <typename Get>
  double sum(Get get) const;
  template <typename OnFace, typename OnGate>
  void for_faces(std::size_t cell, bool at_left, OnFace on_face, OnGate on_gate) const;

  std::unique_ptr<NestableSolver> outer_;
  std::vector<Inset> insets_;
  std::vector<std::uint8_t> inset_of_;     // [outer cell] 0: none, else the inset's number from 1
  std::vector<std::size_t> second_under_;  // cells under insets beside those beyond joints
  std::vector<std::vector<Feeder>> sources_;
  std::vector<Feeder> trickles_;
};

template <typename Visit>
void NestedWater::for_cells_under(const Inset& inset, std::size_t cell, Visit visit) const {
  const GridShape& fine = inset.solver->shape();
  const std::size_t column = (cell % shape().columns - inset.first_column) * inset.ratio;
  const std::size_t row = (cell / shape().columns - inset.first_row) * inset.ratio;
  for (std::size_t r = row; r < row + inset.ratio; ++r) {
    for (std::size_t c = column; c < column + inset.ratio; ++c) visit(fine.at(c, r));
  }
}

template <typename Visit>
void NestedWater::for_places(std::size_t cell, Visit visit) const {
  if (const Inset* const inset = inset_over(cell)) {
    const auto number = static_cast<std::size_t>(inset_of_[cell]);
    for_cells_under(*inset, cell, [&](std::size_t fine) { visit(Place{number, fine}); });
  } else {
    visit(place_of(cell));
  }
}

}  // namespace kontwin::flood
