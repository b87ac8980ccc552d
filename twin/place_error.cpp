#include "twin/place_error.hpp"

#include <array>
#include <cstdio>

#include "twin/world.hpp"

namespace kontwin {

namespace {

std::string sentence(const std::string& what, const std::string& place, const std::string& more,
                     const std::string& advice) {
  return what + " at " + place + more + (advice.empty() ? "" : ": " + advice);
}

}  // namespace

std::string place_text(LocalPoint at) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "x %.10g, y %.10g", at.x_m, at.y_m);
  return text.data();
}

PlaceError::PlaceError(std::string what, LocalPoint at, std::string advice)
    : ScenarioError(sentence(what, place_text(at), "", advice)),
      what_(std::move(what)),
      advice_(std::move(advice)),
      at_(at) {}

std::string PlaceError::told(const std::string& place, const std::string& more) const {
  return sentence(what_, place, more, advice_);
}

ScenarioError on_earth(const PlaceError& error, const World& world, const std::string& more) {
  const GeoPoint at = world.frame().to_geo(error.at());
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "[%.6f, %.6f]", at.longitude_deg, at.latitude_deg);
  return ScenarioError(error.told(text.data(), more));
}

}  // namespace kontwin
