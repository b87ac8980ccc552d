#include "scenarios/flood/inertial_kernels.hpp"

#include <cmath>

#include "scenarios/flood/kernel_math.hpp"

namespace kontwin::flood {

namespace {

/// What flows over a face in whole units, the same number seen from both sides.
KONTWIN_INLINE std::int32_t whole_units(float flux, float donor_share, float scale) {
  const float units = flux * donor_share * scale;
  return static_cast<std::int32_t>(units + (units < 0 ? -0.5F : 0.5F));
}

KONTWIN_INLINE float donor(float flux, float share_before, float share_after) {
  return flux > 0 ? share_before : share_after;
}

/// What would leave a cell over its four faces, and what it has, in units.
struct Outflow {
  float wanted, there;
};

KONTWIN_INLINE Outflow outflow(DepthUnits depth, float left, float right, float below, float above,
                               float scale) {
  const float leaving =
      larger(-left, 0.0F) + larger(right, 0.0F) + larger(-below, 0.0F) + larger(above, 0.0F);
  // Four roundings to whole units are at most two units; the factor covers those of the floats.
  return {.wanted = leaving * scale,
          .there = larger(static_cast<float>(depth) - 2.0F, 0.0F) * (1.0F - 1e-6F)};
}

/// Less than this (m²/s) is nothing: it would only decay into numbers too small for fast
/// arithmetic.
constexpr float least_q = 1e-9F;

KONTWIN_INLINE float flux_of(const FaceState& face, const FluxStep& now) {
  const float over_sill = larger(face.before_m, face.after_m + face.rise_m) - face.sill_m;
  const float flow_depth = larger(over_sill, now.dry_depth_m);
  const float root = inverse_cube_root(flow_depth);
  const float deep2 = flow_depth * flow_depth;
  const float q = now.theta * face.own_q + (1.0F - now.theta) * face.mean_q;
  const float pushed = q - now.gravity_dt_over_cell * flow_depth * face.drop_m;
  // Friction goes with the depth to the power of -7/3.
  const float friction = now.dt_s * face.roughness * std::fabs(face.own_q) * root;
  const float slowed = pushed * deep2 / (deep2 + friction);
  const float critical = flow_depth * std::sqrt(static_cast<float>(gravity_mps2) * flow_depth);
  const float capped = larger(-critical, smaller(slowed, critical));
  const float flowing = std::fabs(capped) > least_q ? capped : 0.0F;
  return over_sill > now.dry_depth_m ? flowing : 0.0F;
}

}  // namespace

KONTWIN_CLONES
void flux_row(std::size_t count, const FaceArrays& faces, float* __restrict flux,
              const FluxStep& step_now) {
  const FluxStep now = step_now;
  const std::ptrdiff_t step = faces.step;
  const DepthUnits* const depth = faces.depth;
  const DepthUnits* const depth_before = depth - step;
  const float* const ground_m = faces.ground_m;
  const float* const ground_before_m = ground_m - step;
  const float* const friction = faces.friction;
  const float* const friction_before = friction - step;
  const float* const q = faces.q;
  const float* const q_before = q - step;
  const float* const q_after = q + step;
  for (std::size_t i = 0; i < count; ++i) {
    const float rise_m = ground_m[i] - ground_before_m[i];
    flux[i] =
        flux_of({.before_m = static_cast<float>(depth_before[i]) * m_per_unit,
                 .after_m = static_cast<float>(depth[i]) * m_per_unit,
                 .rise_m = rise_m,
                 .drop_m = static_cast<float>(depth[i] - depth_before[i]) * m_per_unit + rise_m,
                 .sill_m = larger(rise_m, 0.0F),
                 .roughness = 0.5F * (friction[i] + friction_before[i]),
                 .own_q = q[i],
                 .mean_q = 0.5F * (q_before[i] + q_after[i])},
                now);
  }
}

float flux_over_face(const FaceState& face, const FluxStep& now) { return flux_of(face, now); }

float flux_over_wall(const FaceArrays& face, float top_m, const FluxStep& now) {
  const std::ptrdiff_t step = face.step;
  const float rise_m = face.ground_m[0] - face.ground_m[-step];
  const float before_m = static_cast<float>(face.depth[-step]) * m_per_unit;
  const float after_m = static_cast<float>(face.depth[0]) * m_per_unit;
  const float sill_m = larger(larger(rise_m, 0.0F), top_m - face.ground_m[-step]);
  // No momentum comes through a wall: its neighbours' discharges do not count.
  const float flux = flux_of(
      {.before_m = before_m,
       .after_m = after_m,
       .rise_m = rise_m,
       .drop_m = static_cast<float>(face.depth[0] - face.depth[-step]) * m_per_unit + rise_m,
       .sill_m = sill_m,
       .roughness = 0.5F * (face.friction[0] + face.friction[-step]),
       .own_q = face.q[0],
       .mean_q = face.q[0]},
      now);
  // (2/3)^1.5: critical flow over the top of what stands that much higher.
  constexpr float weir = 0.5443311F;
  const float over_m = larger(larger(before_m, after_m + rise_m) - sill_m, 0.0F);
  const float most = weir * over_m * std::sqrt(static_cast<float>(gravity_mps2) * over_m);
  return larger(-most, smaller(flux, most));
}

KONTWIN_CLONES
bool share_row(std::size_t count, const DepthUnits* depth, const float* flux_x,
               const float* flux_below, const float* flux_above, float scale,
               float* __restrict share) {
  const float* const flux_right = flux_x + 1;
  int cut = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Outflow out =
        outflow(depth[i], flux_x[i], flux_right[i], flux_below[i], flux_above[i], scale);
    cut |= int{out.wanted > out.there};
    share[i] = out.wanted > out.there ? out.there / out.wanted : 1.0F;
  }
  return cut == 0;
}

KONTWIN_CLONES
bool fits_row(std::size_t count, const DepthUnits* depth, const float* flux_x,
              const float* flux_below, const float* flux_above, float scale) {
  const float* const flux_right = flux_x + 1;
  int cut = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Outflow out =
        outflow(depth[i], flux_x[i], flux_right[i], flux_below[i], flux_above[i], scale);
    cut |= int{out.wanted > out.there};
  }
  return cut == 0;
}

KONTWIN_CLONES
void move_row(std::size_t count, std::ptrdiff_t stride, const float* flux_x, const float* flux_y,
              const float* share, float scale, DepthUnits* __restrict depth) {
  const float* const flux_above = flux_y + stride;
  const float* const share_below = share - stride;
  const float* const share_above = share + stride;
  const float* const share_left = share - 1;
  const float* const share_right = share + 1;
  const float* const flux_right = flux_x + 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t from_left =
        whole_units(flux_x[i], donor(flux_x[i], share_left[i], share[i]), scale);
    const std::int32_t to_right =
        whole_units(flux_right[i], donor(flux_right[i], share[i], share_right[i]), scale);
    const std::int32_t from_below =
        whole_units(flux_y[i], donor(flux_y[i], share_below[i], share[i]), scale);
    const std::int32_t to_above =
        whole_units(flux_above[i], donor(flux_above[i], share[i], share_above[i]), scale);
    depth[i] += from_left - to_right + from_below - to_above;
  }
}

KONTWIN_CLONES
void move_row_whole(std::size_t count, std::ptrdiff_t stride, const float* flux_x,
                    const float* flux_y, float scale, DepthUnits* __restrict depth) {
  const float* const flux_above = flux_y + stride;
  const float* const flux_right = flux_x + 1;
  for (std::size_t i = 0; i < count; ++i) {
    depth[i] += whole_units(flux_x[i], 1.0F, scale) - whole_units(flux_right[i], 1.0F, scale) +
                whole_units(flux_y[i], 1.0F, scale) - whole_units(flux_above[i], 1.0F, scale);
  }
}

KONTWIN_CLONES
void speeds_of_row(std::size_t count, std::ptrdiff_t stride, const DepthUnits* depth,
                   const float* q_x, const float* q_y, float dry_depth_m, float* __restrict depth_m,
                   float* __restrict speed2) {
  const float* const q_right = q_x + 1;
  const float* const q_above = q_y + stride;
  for (std::size_t i = 0; i < count; ++i) {
    const float here_m = static_cast<float>(depth[i]) * m_per_unit;
    const float twice_x = q_x[i] + q_right[i];
    const float twice_y = q_y[i] + q_above[i];
    const float mean2 = 0.25F * (twice_x * twice_x + twice_y * twice_y);
    const float deep_m = larger(here_m, dry_depth_m);
    const float critical2 = static_cast<float>(gravity_mps2) * deep_m;
    const float fast2 = smaller(mean2 / (deep_m * deep_m), critical2);
    depth_m[i] = here_m;
    speed2[i] = here_m > dry_depth_m ? fast2 : 0.0F;
  }
}

KONTWIN_CLONES
DepthUnits deepest_of_row(std::size_t count, const DepthUnits* depth) {
  DepthUnits deepest = 0;
  for (std::size_t i = 0; i < count; ++i) deepest = depth[i] > deepest ? depth[i] : deepest;
  return deepest;
}

KONTWIN_CLONES
void add_to_row(std::size_t count, DepthUnits units, const DepthUnits* open,
                DepthUnits* __restrict depth) {
  for (std::size_t i = 0; i < count; ++i) depth[i] += units & open[i];
}

KONTWIN_CLONES
void add_to_whole_row(std::size_t count, DepthUnits units, DepthUnits* __restrict depth) {
  for (std::size_t i = 0; i < count; ++i) depth[i] += units;
}

}  // namespace kontwin::flood
