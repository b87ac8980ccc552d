#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twin/frame.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// What the colours of roads mean, and of water.
enum class Colouring : std::uint8_t {
  depth,      ///< water by depth, roads by what stops or slows those on them
  hazard,     ///< water and wet roads by hazard class
  landslide,  ///< roads by the warning level of their slopes; water by depth
  shaking     ///< roads by the intensity of the strongest earthquake so far; water by depth
};

/// A place that a picture points out: where an earthquake began.
struct Epicentre {
  LocalPoint place;
  double magnitude = 0;
  double depth_km = 0;
};

/// One moment of a run or of the mirror, as it is drawn. `state` and the spans of `fields` need to
/// be valid only while they are being shown (Scene::show, render_picture).
struct SceneFrame {
  Instant at;
  std::optional<Instant> counted_from;     ///< moments are shown as times after it, not as dates
  const StateTable* state = nullptr;       ///< null: everything at rest
  std::vector<FieldView> fields;           ///< `water_depth_m` is drawn as water
  Colouring colouring = Colouring::depth;  ///< hazard: by the field and the column `hazard_class`
  std::vector<Mover> movers;
  std::vector<Epicentre> epicentres;  ///< of the earthquakes so far
  std::string title_vi;
  std::string title_en;
};

}  // namespace kontwin
