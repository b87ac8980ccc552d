#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twin/frame.hpp"

namespace kontwin {

/// What the colours of water and wet roads mean.
enum class Colouring : std::uint8_t { depth, hazard };

/// One moment of a run or of the mirror, as it is drawn. `state` and the spans of `fields` need to
/// be valid only while they are being shown (Scene::show, render_picture).
struct SceneFrame {
  Instant at;
  const StateTable* state = nullptr;       ///< null: everything at rest
  std::vector<FieldView> fields;           ///< `water_depth_m` is drawn as water
  Colouring colouring = Colouring::depth;  ///< hazard: by the field and the column `hazard_class`
  std::vector<Mover> movers;
  std::string title_vi;
  std::string title_en;
};

}  // namespace kontwin
