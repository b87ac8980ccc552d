#pragma once

#include <vector>

#include "twin/terrain.hpp"

namespace kontwin {

/// What covers a piece of ground, as shares of it; the rest is open land.
struct Cover {
  float water = 0;
  float town = 0;
  float wood = 0;
};

/// The ground at any coarseness: each terrain grid with coarser copies of itself (each cell the
/// mean of four), finer grids blended into coarser ones over their rim, so that no step shows.
class Relief {
 public:
  /// `terrain` must outlive this, and hold a grid.
  explicit Relief(const Terrain& terrain);

  /// Height (m) as seen at `spacing_m` between samples.
  float height_m(LocalPoint point, double spacing_m) const;
  /// What covers the ground there, read from Manning's n.
  Cover cover(LocalPoint point, double spacing_m) const;
  /// The finest cell size of a grid that meets `box`.
  double finest_cell_m(const LocalBox& box) const;
  /// The box of the coarsest grid.
  LocalBox box() const { return grids_.front().elevation.front().shape.box(); }
  /// True when no ground between the two points, at drawn heights, hides one from the other.
  bool sees(LocalPoint eye, double eye_height_m, LocalPoint point, double point_height_m,
            double exaggeration) const;

 private:
  struct Pyramid {
    std::vector<Raster<float>> elevation;  ///< finest first
    std::vector<Raster<Cover>> cover;
    double rim_m = 0;
  };

  template <typename Value>
  Value sample(LocalPoint point, double spacing_m,
               std::vector<Raster<Value>> Pyramid::*layer) const;

  std::vector<Pyramid> grids_;  ///< coarsest first
};

}  // namespace kontwin
