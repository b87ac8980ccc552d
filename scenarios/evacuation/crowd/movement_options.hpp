#pragma once

#include <cstdint>

namespace kontwin::crowd {

/// How people walk among others. One calibrated set of figures serves every place; docs/crowd.md
/// says what they were calibrated against.
struct MovementOptions {
  enum class Model : std::uint8_t {
    /// Tordeux, Chraibi and Seyfried 2016, Collision-free speed model for pedestrian dynamics.
    collision_free_speed,
    /// Xu, Chraibi and Seyfried 2021, Anticipation in a velocity-based model for pedestrian
    /// dynamics, Transportation Research C 133.
    anticipation,
    /// Helbing, Farkas and Vicsek 2000, Simulating dynamical features of escape panic, Nature 407.
    social_force,
  } model = Model::anticipation;

  float step_s = 0.05F;         ///< 0.001 to 0.05; the social force model cuts it into five
  float acceleration_s = 0.5F;  ///< to reach the wished speed from standing, 0.05 to 5

  // Velocity models.
  float time_gap_s = 1.0F;          ///< kept to the person ahead, 0.1 to 5
  float neighbour_strength = 3.0F;  ///< of turning from others, beside a wish of 1; 0 to 100
  float neighbour_range_m = 0.3F;   ///< over which that falls to 1/e, 0.01 to 1
  float wall_strength = 5.0F;       ///< of turning from walls, 0 to 100
  float wall_range_m = 0.02F;       ///< 0.01 to 0.3

  // Anticipation alone.
  float anticipation_s = 1.0F;  ///< how far ahead others' movement is seen, 0 to 3
  /// Who comes towards is passed on the right though they stand this far to the right of the way:
  /// people prefer one side (Moussaïd et al. 2009, Proceedings of the Royal Society B 276), which
  /// parts two streams early. Negative: on the left; 0: on the nearer side. -1 to 1.
  float passing_side_m = 0.3F;
  /// At which two who walk against each other get past at least where there is no room, as by
  /// turning sideways: bodies overlap meanwhile. 0: they stand, and dense streams lock. 0 to 1.
  float squeeze_mps = 0.2F;
  float turning_s = 0.3F;  ///< time in which people turn to where they wish to go, 0.01 to 3
  /// Giving way to who is about to touch: keeps people from blocking each other at a narrow door
  /// for good. Strength beside a wish of 1 (0 to 100), and the room at which it begins.
  float contact_strength = 8.0F;
  float contact_range_m = 0.1F;  ///< 0.01 to 0.5

  // Social forces, for a body of 80 kg (Helbing, Farkas and Vicsek 2000).
  float repulsion_mps2 = 25.0F;     ///< A / m
  float repulsion_range_m = 0.08F;  ///< B
  float body_per_s2 = 1500.0F;      ///< k / m
  float friction_per_ms = 3000.0F;  ///< kappa / m
};

/// The calibrated figures of a model.
MovementOptions movement_options(MovementOptions::Model model);

/// Throws ScenarioError naming the first figure outside its range.
void check(const MovementOptions& options);

}  // namespace kontwin::crowd
