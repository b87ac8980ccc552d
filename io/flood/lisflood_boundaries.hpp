#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "io/flood/case_raster.hpp"
#include "io/flood/flood_case.hpp"
#include "io/flood/lisflood_input.hpp"
#include "io/flood/lisflood_text.hpp"

namespace kontwin::flood {

/// What a case of LISFLOOD-FP says of its edges, of points with a discharge or a level, and of the
/// cells without a height (`bcifile`, `bdyfile`, `drain_nodata`).
class LisfloodBoundaries {
 public:
  /// Throws FileError with the line for what cannot be read.
  LisfloodBoundaries(const LisfloodInput& input, Instant start);

  /// Takes the cells at whose points a level is given out of the ground: the water of their
  /// neighbours meets that level. Throws FileError for a point off the ground.
  void take_levels(Ground& ground);
  /// Adds edges and inflows to a case that has its ground. Throws FileError for what lies off it,
  /// and for levels inside the grid where the scheme cannot hold them.
  void add_to(FloodCase& flood_case) const;

 private:
  TimeSeries series_of(const BciLine& line, double factor, FloodCase& flood_case) const;
  void add_discharge(const BciLine& line, FloodCase& flood_case) const;
  void add_level(const BciLine& line, FloodCase& flood_case) const;
  void add_side(const BciLine& line, FloodCase& flood_case) const;
  void drain_outside(FloodCase& flood_case) const;
  [[noreturn]] void fail(const BciLine& line, const std::string& reason) const;

  const LisfloodInput& input_;
  std::filesystem::path bci_;
  std::vector<BciLine> lines_;
  std::map<std::string, TimeSeries> series_;
  std::set<std::size_t> levels_;  // cells
  bool drains_ = false;
};

}  // namespace kontwin::flood
