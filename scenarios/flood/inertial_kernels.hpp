#pragma once

#include <cstddef>
#include <cstdint>

namespace kontwin::flood {

/// Water depth is counted in whole units of 2⁻²⁴ m (0.06 µm): what leaves a cell is exactly what
/// enters the next, in any order, and water is conserved to the last bit. The largest depth that
/// fits is 128 m.
using DepthUnits = std::int32_t;
inline constexpr double units_per_m = 0x1p24;
inline constexpr float m_per_unit = 0x1p-24F;
inline constexpr double gravity_mps2 = 9.80665;

/// One time step as the flux kernel needs it.
struct FluxStep {
  float dt_s = 0;
  float gravity_dt_over_cell = 0;  ///< g Δt / Δx
  float theta = 1;                 ///< weight of a face's own discharge
  float dry_depth_m = 0;
};

/// The arrays a flux is made from, each at the first of some cells whose left or lower faces are
/// meant. `step` is the distance to the cell before: 1 for left faces, a row for lower faces.
struct FaceArrays {
  std::ptrdiff_t step = 1;
  const DepthUnits* depth = nullptr;
  const float* ground_m = nullptr;
  const float* friction = nullptr;  ///< g n² of the cells
  const float* q = nullptr;         ///< discharge of the step before
};

/// The discharge per metre of width (m²/s) over `count` faces of a row, towards rising columns or
/// rows: the local inertial momentum equation with semi-implicit Manning friction (Bates, Horritt
/// and Fewtrell 2010, J. Hydrol. 387; θ weighting of de Almeida et al. 2012, Water Resour. Res.
/// 48), never faster than critical flow. `flux` overlaps nothing else.
void flux_row(std::size_t count, const FaceArrays& faces, float* flux, const FluxStep& now);

/// What a face's flux depends on, heights relative to the ground before it: differences of near
/// floats are exact.
struct FaceState {
  float before_m, after_m;  ///< depths
  float rise_m;             ///< of the ground
  float drop_m;             ///< of the water surface, negative downhill
  float sill_m;             ///< over the higher ground nothing flows
  float roughness;          ///< mean of g n²
  float own_q, mean_q;      ///< of the step before: its own discharge, the mean of its neighbours'
};
/// The same over one face.
float flux_over_face(const FaceState& face, const FluxStep& now);

/// The same over one face with a wall on it up to `top_m`, over which water flows as over an ideal
/// broad-crested weir at most.
float flux_over_wall(const FaceArrays& face, float top_m, const FluxStep& now);

/// For `count` cells of a row the share of their outflows that their water can supply, 0 to 1.
/// `flux_x` holds count + 1 faces; `scale` is Δt/Δx in depth units. True when all shares are 1.
bool share_row(std::size_t count, const DepthUnits* depth, const float* flux_x,
               const float* flux_below, const float* flux_above, float scale, float* share);

/// Whether the water of all cells can supply their outflows: then share_row would give 1 for each.
bool fits_row(std::size_t count, const DepthUnits* depth, const float* flux_x,
              const float* flux_below, const float* flux_above, float scale);

/// Moves water over all four faces of `count` cells of a row, each flux cut to what its donor cell
/// can supply. `flux_x`, `flux_y` are at left and lower faces of the cells.
void move_row(std::size_t count, std::ptrdiff_t stride, const float* flux_x, const float* flux_y,
              const float* share, float scale, DepthUnits* depth);

/// The same where all shares are 1.
void move_row_whole(std::size_t count, std::ptrdiff_t stride, const float* flux_x,
                    const float* flux_y, float scale, DepthUnits* depth);

/// The depths in m and the squares of the speeds of `count` cells of a row, from the discharges
/// over their faces: the mean of both sides over the depth, at most critical, which no face
/// exceeds; 0 where it is dry.
void speeds_of_row(std::size_t count, std::ptrdiff_t stride, const DepthUnits* depth,
                   const float* q_x, const float* q_y, float dry_depth_m, float* depth_m,
                   float* speed2);

/// The largest depth of `count` cells.
DepthUnits deepest_of_row(std::size_t count, const DepthUnits* depth);

/// Adds the same depth to those of `count` cells whose `open` is all ones, none where it is 0.
void add_to_row(std::size_t count, DepthUnits units, const DepthUnits* open, DepthUnits* depth);
/// To all of them.
void add_to_whole_row(std::size_t count, DepthUnits units, DepthUnits* depth);

}  // namespace kontwin::flood
