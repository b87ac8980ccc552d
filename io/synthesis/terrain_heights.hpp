#pragma once

#include <string>
#include <vector>

#include "io/synthesis/asset_folder.hpp"

namespace kontwin {

/// What stands at a known height.
enum class HeightKind : std::uint8_t {
  peak,   ///< a summit
  town,   ///< a built-up place, nearly flat for its radius
  plain,  ///< gently rolling ground for its radius
  pass,   ///< a saddle that a road crosses
};

/// A height that the terrain is drawn through.
struct KnownHeight {
  HeightKind kind = HeightKind::peak;
  std::string name;
  LocalPoint place;
  double elevation_m = 0;
  double radius_m = 0;  ///< 0 for a peak
};

/// Reads elevations.csv (kind, name, lat, lon, elevation_m, radius_m). Throws FileError when it is
/// missing or bad, or a kind is unknown.
std::vector<KnownHeight> read_known_heights(const AssetFolder& folder, const LocalFrame& frame);

}  // namespace kontwin
