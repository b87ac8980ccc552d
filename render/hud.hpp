#pragma once

#include <string>
#include <vector>

#include "render/overlay.hpp"
#include "render/scene_data.hpp"
#include "render/view.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// What stands around a picture.
struct HudContent {
  std::string title_vi;
  std::string title_en;
  std::string time;     ///< `03:00 18/11/2025`
  std::string note_vi;  ///< how much is synthetic
  std::string note_en;
  bool water = false;  ///< explain depths
  Colouring colouring =
      Colouring::depth;  ///< explain its classes; hazard's are those of water, too
  bool roads = true;     ///< explain road colours
  bool signs = true;     ///< explain the signs of places
  bool epicentres = false;
  bool evacuees = false;  ///< explain moving people
  bool vehicles = false;
  bool exposed = false;  ///< explain people in deep water
  bool boulders = false;
  double axes_turn_deg = 0;        ///< of the world's axes, against the clock from the plane's
  bool panels = true;              ///< draw the panels below the text; false where the caller does
  std::vector<std::string> lines;  ///< more lines under the title: a state of play, keys
};

/// The moment of a frame as people read it: `03:00 18/11/2025`, or `+1:05:30` after the start.
std::string moment_text(const SceneFrame& frame);

/// How much of a world is known, in words, from the provenance of its entities.
void describe_provenance(const World& world, std::string& vietnamese, std::string& english);

/// The panels' colour.
inline constexpr Colour panel_colour{0.06F, 0.11F, 0.18F, 0.80F};

/// Draws title, time, legend, scale bar, north arrow and the note on the data; the boxes of their
/// panels.
std::vector<PixelBox> draw_hud(const HudContent& content, const View& view, Overlay& overlay);

}  // namespace kontwin
