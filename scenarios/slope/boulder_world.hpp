#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::slope {

/// How ground and rock meet. As Bullet combines them, these are the values of the contact.
struct GroundContact {
  double restitution = 0.35;       ///< normal, 0 to 1
  double friction = 0.6;           ///< Coulomb's
  double rolling_friction = 0.15;  ///< as a share of the radius: what stops a rolling boulder
};

/// A rock: a ball that rolls, or a slab that slides on its face, its size that of a ball.
struct Rock {
  double radius_m = 0.5;
  double density_kgpm3 = 2650;       ///< granite and gneiss
  bool slides = false;               ///< keeps its face to the ground: does not turn
  double x_m = 0, y_m = 0, z_m = 0;  ///< its middle
  double vx_mps = 0, vy_mps = 0, vz_mps = 0;
};

/// Rigid rocks on a terrain mesh, by Bullet: fixed steps of 1/480 s, one thread, no chance, so the
/// same rocks fall the same way. Rocks do not touch each other.
class BoulderWorld {
 public:
  static constexpr double step_s = 1.0 / 480;

  /// `ground_m` at the corners of a mesh: corner (column, row) lies at the centre of that cell of
  /// its shape. At least 2 x 2.
  BoulderWorld(const Raster<float>& ground_m, const GroundContact& contact);
  ~BoulderWorld();
  BoulderWorld(const BoulderWorld&) = delete;
  BoulderWorld& operator=(const BoulderWorld&) = delete;

  /// Adds a rock; its number.
  std::size_t add(const Rock& rock);
  /// Advances one step.
  void step();

  struct Motion {
    double x_m, y_m, z_m;
    double speed_mps;
    double energy_j;  ///< kinetic: of its flight and of its spin
  };
  Motion motion(std::size_t rock) const;
  double mass_kg(std::size_t rock) const;
  /// True when every rock has come to rest or left the mesh.
  bool all_at_rest() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin::slope
