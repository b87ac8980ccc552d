#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twin/run_table.hpp"
#include "twin/time.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// How likely the slopes beside a link are to fail, and which of them is the likeliest.
struct LinkSlope {
  double probability = 0;
  double safety = 0;  ///< mean factor of safety of that slope
  double slope_deg = 0;
  double soil_depth_m = 0;
};

/// What a run's slopes did to each road link: the highest warning level and since when, how likely
/// its slope was to fail, and whether it did. Of a road with two directions the first stands for
/// both.
class WarningBook {
 public:
  explicit WarningBook(const World& world);

  /// The level (0 to 3) and the slope of a link from now on; the highest of each is kept.
  void note(std::uint32_t road, int level, const LinkSlope& slope, Instant at);
  /// Its slope fails: how much came down, and in how many hours it is cleared (infinite: never).
  void fail(std::uint32_t road, double volume_m3, double clearing_h, Instant at);
  /// An earthquake shook it, and its bridge is closed for `closed_h` (0: it is not).
  void shake(std::uint32_t road, double peak_g, double closed_h);

  /// A row for each link that was warned of, that failed or whose bridge was closed, the highest
  /// level and then the highest probability first.
  RunTable table() const;

 private:
  struct Link {
    int level = 0;
    Instant since, failed_at;
    LinkSlope slope;
    bool failed = false;
    double volume_m3 = 0, clearing_h = 0, peak_g = 0, closed_h = 0;
  };

  std::uint32_t one_of(std::uint32_t road) const;

  const World& world_;
  std::vector<Link> links_;  // [road]
};

}  // namespace kontwin::slope
