#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace kontwin::slope {

/// Pore pressure under rain by the linearised Richards equation, for wet ground: a pulse of
/// infiltration diffuses down (Iverson 2000, Water Resources Research 36(7); Baum, Savage and Godt
/// 2008, TRIGRS version 2.0, USGS Open-File Report 2008-1159, equations 1 and 2).

/// Iverson's response function R(t*) = sqrt(t*/pi) exp(-1/t*) - erfc(1/sqrt(t*)), where t* is time
/// over Z²/(4 D). 0 for t* of 0 or less.
double iverson_response(double normalised_time);

/// Diffusivity along the vertical on a slope, D0 / cos²(slope), m²/s (TRIGRS, equation 1).
double slope_diffusivity_m2ps(double diffusivity_m2ps, double slope_rad);

/// Rise of the pressure head (m) at depth `depth_m` a time `after_s` after a steady infiltration of
/// one times the conductivity began, where the ground is deep.
double deep_rise_m(double depth_m, double diffusivity_m2ps, double after_s);

/// The same over an impermeable base at `base_m` (at least `depth_m`), by TRIGRS's series of
/// images.
double based_rise_m(double depth_m, double base_m, double diffusivity_m2ps, double after_s);

/// How many modes PressureColumns keeps beside the mean: what more would add, a thousandth of the
/// rise at most, is added as if it followed the rain at once.
constexpr std::size_t pressure_modes = 6;

/// The transient head over a base, for many places at once, without their history: the series of
/// based_rise_m in its other form, modes of a cosine series that decay each at its rate, so that a
/// step of constant infiltration is exact however long it is. All columns of one length.
struct PressureColumns {
  std::span<const double> rate_ps;  ///< decay of the first mode: D (pi / base)², 1/s
  std::span<const double> base_m;
  std::span<double> mean_m;                              ///< of the head over the depth
  std::array<std::span<double>, pressure_modes> mode_m;  ///< amplitude of each mode
  std::span<double> instant_m;  ///< what the modes that are not kept amount to
};

/// Advances all columns by `seconds` of infiltration, given as a share of each place's conductivity
/// (0 to 1). Water leaves sideways with an e-folding time of 1 / `drain_ps` seconds; TRIGRS: 0.
void advance(const PressureColumns& columns, std::span<const double> infiltration, double seconds,
             double drain_ps);

/// The head at `depth_share` (0 surface, 1 base) of each column, m.
void heads(const PressureColumns& columns, double depth_share, std::span<double> head_m);

}  // namespace kontwin::slope
