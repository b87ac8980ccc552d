#include "io/crowd/sound_shape.hpp"

#include <algorithm>

#include "io/crowd/polygon_algebra.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

std::string at(LocalPoint point) {
  return "(" + std::to_string(point.x_m) + ", " + std::to_string(point.y_m) + ")";
}

/// Whether a hole takes nothing of what a border encloses.
bool lies_outside(const std::vector<LocalPoint>& hole, const std::vector<LocalPoint>& outer) {
  const auto holds = [&outer](LocalPoint corner) { return inside(outer, corner); };
  return std::ranges::none_of(hole, holds) && shared({outer, {}}, {hole, {}}).empty();
}

}  // namespace

Polygon sound_shape(const std::string& where, const std::string& what, const Polygon& shape) {
  const auto fail = [&where, &what](const std::string& reason) {
    throw FileError(where, what.empty() ? reason : what + ": " + reason);
  };
  const bool clear = !self_crossing({shape.outer, {}});
  for (std::size_t i = 0; clear && i < shape.holes.size(); ++i) {
    // A ring that crosses itself is told of below.
    if (shape.holes[i].empty() || self_crossing({shape.holes[i], {}})) continue;
    if (lies_outside(shape.holes[i], shape.outer)) {
      fail("hole " + std::to_string(i + 1) + ", from " + at(shape.holes[i].front()) +
           " on, lies outside its border");
    }
  }
  Polygon sound = shape;
  if (auto mended_shape = mended(shape)) sound = std::move(*mended_shape);
  if (const auto crossing = self_crossing(sound)) {
    fail("its border crosses itself at " + at(*crossing));
  }
  if (!sound.holes.empty() && cut_out({sound.outer, {}}, {{sound.holes[0], {}}}).empty()) {
    fail("a hole leaves nothing of it");
  }
  return sound;
}

}  // namespace kontwin::crowd
