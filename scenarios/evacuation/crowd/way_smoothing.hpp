#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

/// How far over distances are smoothed before people's directions are taken from them, metres.
inline constexpr double way_smoothing_m = 10;

/// Cells before an opening, at one distance from it, and how far along it each lies.
struct RowAtOpening {
  std::vector<std::uint32_t> cells;
  std::vector<float> along_m;
};

/// Distances T smoothed over way_smoothing_m, not through walls, for directions: the u of
/// u - (way_smoothing_m² / 2) (d²u/dx² + d²u/dy²) = T, as heat spreads in one long step. The
/// shortest ways round a corner all touch it: a crowd that follows them jams there and leaves the
/// rest of the street empty. Along the smoothed ones it turns over the whole width, as streamlines
/// do. Cells that are `held` keep their distance, cells without a way infinity. Those before an
/// opening are held after they were smoothed along it, so that people go through it as wide as it
/// is. Solved by alternating directions (Peaceman and Rachford 1955, J. SIAM 3) with parameters in
/// geometric progression, so that the work does not grow with the range and ways come to a door
/// from all sides; one pass in each direction would send those beside it straight into the wall.
std::vector<float> smoothed_way(const WayField& field, std::span<const std::uint8_t> held,
                                std::span<const RowAtOpening> rows);

}  // namespace kontwin::crowd
