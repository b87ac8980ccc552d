#pragma once

/// Lane changing by the accelerations it brings: MOBIL (Kesting, Treiber and Helbing 2007, General
/// lane-changing model MOBIL for car-following models). Accelerations in m/s2, from the
/// car-following model in use.
namespace kontwin::traffic::micro {

/// The numbers of the model, with the symbol each has in the paper.
struct LaneChangeOptions {
  double politeness = 0.3;            ///< p: weight of what others gain and lose, 0 to 1
  double threshold_mps2 = 0.1;        ///< delta a_th: gain below which nobody moves
  double safe_deceleration_mps2 = 4;  ///< b_safe: what the new follower may have to brake
  double keep_outer_bias_mps2 = 0.1;  ///< delta a_bias towards the outer lane (keep right)
  double mandatory_bias_mps2 = 2;     ///< towards lanes that lead on, at mandatory_m
  double mandatory_m = 200;           ///< a lane to change: from here on none is left again
  double interval_s = 1;              ///< how often a driver thinks of it
};

/// What a change would do to those it concerns.
struct LaneChangeEffects {
  double own_before = 0, own_after = 0;            ///< a_c, a~_c
  double follower_before = 0, follower_after = 0;  ///< a_n, a~_n: of the new follower
  double old_before = 0, old_after = 0;            ///< a_o, a~_o: of the old follower
};

/// Safety criterion (eq. 2): the new follower need not brake harder than b_safe.
inline bool mobil_is_safe(const LaneChangeOptions& options, const LaneChangeEffects& effects) {
  return effects.follower_after >= -options.safe_deceleration_mps2;
}

/// Left side of the incentive criterion (eq. 3 in its form for one threshold): own gain, and that
/// of the two followers by politeness.
inline double mobil_gain_mps2(const LaneChangeOptions& options, const LaneChangeEffects& effects) {
  return effects.own_after - effects.own_before +
         options.politeness * (effects.follower_after - effects.follower_before +
                               effects.old_after - effects.old_before);
}

/// Whether to change: safe, and the gain with a bias (for the direction of this change, negative
/// against it) above the threshold.
inline bool mobil_changes(const LaneChangeOptions& options, const LaneChangeEffects& effects,
                          double bias_mps2) {
  return mobil_is_safe(options, effects) &&
         mobil_gain_mps2(options, effects) + bias_mps2 > options.threshold_mps2;
}

}  // namespace kontwin::traffic::micro
