#pragma once

namespace kontwin::slope {

/// The shaking (g) at which a slab of this factor of safety begins to move: (FS - 1) sin(slope)
/// (Newmark 1965, Géotechnique 15(2)); 0 where it would slide at rest.
double critical_acceleration_g(double factor_of_safety, double slope_rad);

/// How far (cm) such a slab slides: Jibson (2007, Engineering Geology 91, equation 7), by critical
/// over peak acceleration and magnitude; 0 where the peak stays below the critical. The ratio is
/// held to 0.001 or more, for the regression knows no slab without strength. Regressed on
/// magnitudes 5.3 to 7.6: below that it extrapolates.
double newmark_displacement_cm(double critical_g, double peak_g, double magnitude);

/// The share of slopes that failed at a displacement, at Northridge in 1994: Jibson, Harp and
/// Michael (2000, Engineering Geology 58): 0.335 (1 - exp(-0.048 D^1.565)).
double failure_share(double displacement_cm);

}  // namespace kontwin::slope
