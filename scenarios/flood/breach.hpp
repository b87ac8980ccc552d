#pragma once

#include "twin/edit.hpp"

namespace kontwin::flood {

/// How large a breach gets and how fast.
struct BreachSize {
  double mean_width_m = 0;
  double side_slope = 0;  ///< horizontal over vertical
  double formation_s = 0;
};

/// Froehlich (2008, J. Hydraul. Eng. 134(12)): B = 0.27 k V^0.32 h^0.04, t = 63.2 √(V / (g h²)) s,
/// k = 1.3 and sides of 1 where the dam is overtopped, 1 and 0.7 where it is piped through.
/// `volume_m3` of water over the breach's bottom, `height_m` of the breach.
BreachSize froehlich_2008(double volume_m3, double height_m, bool overtopped);

/// Von Thun and Gillette (1990, Guidance on Breach Parameters, USBR): B = 2.5 h_w + C, C 6.1 m
/// below 1.23 hm³, 18.3 m below 6.17, 42.7 m below 12.3, else 54.9 m; t = 0.015 h_w hours, the mark
/// of material that erodes easily; sides of 1. `water_m` stands over the breach's bottom.
BreachSize von_thun_gillette_1990(double volume_m3, double water_m);

/// A trapezoid that grows from the crest down to its bottom, and to its width, straight in time.
class Breach {
 public:
  /// Throws ScenarioError when crest and bottom, or what is given of the edit, make no breach.
  /// `volume_m3` of water and its depth over the bottom count where the edit gives no size.
  Breach(const StartBreach& edit, double crest_m, double volume_m3, double water_m);

  /// Throws ScenarioError where the bottom does not lie below the crest.
  static void check_height(const StartBreach& edit, double crest_m);

  double formation_s() const { return formation_s_; }
  double bottom_m(double seconds) const;
  double bottom_width_m(double seconds) const;
  double side_slope() const { return side_slope_; }
  double crest_m() const { return crest_m_; }
  /// The height that is left at a distance from its middle along the crest.
  double top_m(double seconds, double away_m) const;
  /// What flows through it, m³/s: as over broad-crested weirs through its bottom and sides,
  /// k (1.71 b h^1.5 + 1.35 z h^2.5), k = 1 - 27.8 (r - 0.67)³ where the water below stands at a
  /// share r over 0.67 of the head (Fread 1988, The NWS DAMBRK Model).
  double discharge_m3ps(double seconds, double level_m, double tail_m) const;

 private:
  double share(double seconds) const;

  double crest_m_, bottom_m_, bottom_width_m_, side_slope_, formation_s_;
};

}  // namespace kontwin::flood
