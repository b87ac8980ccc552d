#pragma once

#include <string>
#include <vector>

#include "render/palette.hpp"
#include "render/scene_data.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The sign drawn at a labelled place.
enum class Icon {
  none,
  town,
  hospital,
  shelter,
  gauge,
  rain_gauge,
  school,
  reservoir,
  site,
  lodging,
  closed,
  epicentre
};

/// Something named in a picture.
struct Label {
  LocalPoint place;
  std::string text{};
  std::string detail{};  ///< a second line, smaller: a gauge's stage
  Icon icon = Icon::none;
  Colour icon_colour{};
  enum class Look { town, water, facility, road } look = Look::facility;
  double size_px = 12;             ///< in a picture 720 pixels high
  double priority = 0;             ///< the higher is placed first, and is kept
  double hidden_above_m_px = 1e9;  ///< left out where a pixel is larger than this, metres
  double icon_above_m_px = 1e9;    ///< above this scale not even the icon
};

/// The labels of a world in a state at a moment: towns and communes in force then, rivers, gauges
/// with their stage, hospitals, shelters with their people, reservoirs, closed roads, epicentres;
/// and, unless it is an `emergency`, schools, lodgings and sites.
std::vector<Label> labels_of(const World& world, const SceneFrame& frame, bool emergency);

}  // namespace kontwin
