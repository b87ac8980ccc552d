#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/slope/ground_class.hpp"
#include "twin/raster.hpp"

namespace kontwin::slope {

/// How ground and rock meet.
struct GroundContact {
  double restitution = 0.35;       ///< normal, 0 to 1
  double friction = 0.6;           ///< Coulomb's, 0 or more
  double rolling_friction = 0.15;  ///< arm over radius: what stops a rolling boulder, 0 or more
};

using GroundContacts = std::array<GroundContact, ground_classes>;

/// The contact by what covers the ground. Restitution: the mean R_n that Rockyfor3D (Dorren 2016)
/// gives talus (bare, 0.38), fine soil (fields, 0.28), asphalt (built, 0.35), scree and compact
/// soil (scrub, 0.33) and fine deep soil (forest, 0.23). Rolling friction on open ground: rocks
/// come to rest below 27.5 degrees, the least shadow angle of talus (Evans and Hungr 1993, Can.
/// Geotech. J. 30); less on pavement, more in forest, and all sliding friction, by our assumption.
constexpr GroundContacts default_contacts{{
    {.restitution = 0.38, .friction = 0.6, .rolling_friction = 0.52},
    {.restitution = 0.28, .friction = 0.6, .rolling_friction = 0.52},
    {.restitution = 0.35, .friction = 0.6, .rolling_friction = 0.30},
    {.restitution = 0.33, .friction = 0.65, .rolling_friction = 0.52},
    {.restitution = 0.23, .friction = 0.75, .rolling_friction = 0.65},
}};

/// A rock, its size that of a ball of the same volume.
struct Rock {
  enum class Shape : std::uint8_t {
    ball,
    slab,   ///< 1 : 1 : 0.25; slides on its face and does not turn
    block,  ///< an angular body of 20 faces, axes 1.3 : 1 : 0.77
  };
  Shape shape = Shape::ball;
  double radius_m = 0.5;
  double density_kgpm3 = 2650;       ///< granite and gneiss
  double x_m = 0, y_m = 0, z_m = 0;  ///< its middle
  double vx_mps = 0, vy_mps = 0, vz_mps = 0;
  double tilt_rad = 0;  ///< turned about x before it falls
  double turn_rad = 0;  ///< and then about the vertical
};

/// Rigid rocks on a terrain mesh, by Bullet: fixed steps of 1/480 s, one thread, no chance, so the
/// same rocks fall the same way. Rocks do not touch each other.
class BoulderWorld {
 public:
  static constexpr double step_s = 1.0 / 480;

  /// The same contact everywhere. `ground_m` at the corners of a mesh: corner (column, row) lies at
  /// the centre of that cell of its shape. Throws ScenarioError for a mesh or a contact that makes
  /// no sense.
  BoulderWorld(const Raster<float>& ground_m, const GroundContact& contact);
  /// The contact of the class under each rock; `classes` on the shape of the ground.
  BoulderWorld(const Raster<float>& ground_m, std::span<const GroundClass> classes,
               const GroundContacts& contacts);
  ~BoulderWorld();
  BoulderWorld(const BoulderWorld&) = delete;
  BoulderWorld& operator=(const BoulderWorld&) = delete;

  /// Adds a rock; its number. Throws ScenarioError for one off the mesh, below the ground, or
  /// without size or weight.
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
  /// True when a rock has come to rest on the mesh.
  bool at_rest(std::size_t rock) const;
  /// True when every rock has come to rest or left the mesh.
  bool all_at_rest() const;
  /// True when a rock left the mesh: it may have gone on.
  bool left(std::size_t rock) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin::slope
