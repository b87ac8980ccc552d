#pragma once

#include <string>

#include "twin/error.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

class World;

/// `x 500035, y 1600115.5`: metres, to the millimetre.
std::string place_text(LocalPoint at);

/// Something at a place that a scenario cannot be carried out with. Who knows better where the
/// place lies (on the plane of a turned grid, on the earth), or when it was met, tells it again.
class PlaceError : public ScenarioError {
 public:
  /// Says `what at PLACE: advice`; without advice, `what at PLACE`.
  PlaceError(std::string what, LocalPoint at, std::string advice = {});

  LocalPoint at() const { return at_; }
  /// The same with another name for the place, and what else is known of it, such as `, 90 s after
  /// the start`.
  std::string told(const std::string& place, const std::string& more = {}) const;

 private:
  std::string what_, advice_;
  LocalPoint at_;
};

/// The same with the place in degrees, longitude first, as scenario files have it.
ScenarioError on_earth(const PlaceError& error, const World& world, const std::string& more = {});

}  // namespace kontwin
