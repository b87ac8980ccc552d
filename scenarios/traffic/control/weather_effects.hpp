#pragma once

namespace kontwin::traffic {

/// What rain leaves of the speed and of the capacity of a road, as shares.
struct RainEffects {
  double speed = 1, capacity = 1;
};

/// - Capacity: Highway Capacity Manual 2010, exhibit 10-15 (after Agarwal, Maze and Souleyrette
///   2005; as in FHWA-HOP-13-042, table 33): -2.01 % up to 2.54 mm/h (0.10 in/h), -7.24 % up to
///   6.35 mm/h (0.25 in/h), -14.13 % above.
/// - Free speed: Hranac, Sterzin, Krechmer, Rakha and Farzaneh 2006 (FHWA-HOP-07-073): -2 to -3.6 %
///   in light rain, -6 to -9 % at 16 mm/h; here -2.8 % as soon as it rains, -7.5 % at 16 mm/h and
///   above, straight between. Agarwal and others found -4 to -7 % above 6.35 mm/h.
///
/// Both are of freeways in the United States; on the roads of a mountain province nobody measured.
RainEffects rain_effects(double mmph);

}  // namespace kontwin::traffic
