#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twin/grid_turn.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// How a world lies on its plane where its axes do not run to the east and to the north: pictures
/// and cameras keep to the plane, the north arrow to its north.
struct Placing {
  GridTurn turn = {};      ///< of the axes
  LocalPoint origin = {};  ///< the (0, 0) of the world, along the axes
  bool on_plane = false;   ///< cameras are told in metres of the plane, not in degrees of the earth

  /// A heading on the plane, degrees from its north, as one from the second axis of the world.
  double heading_deg(double on_plane_deg) const { return on_plane_deg + turn.degrees; }
};

/// From where, and how, a picture is taken. Heights of the scene are drawn `exaggeration` times too
/// high, which every picture states; the eye's height is in that drawn space.
struct Camera {
  LocalPoint eye;
  double eye_height_m = 0;        ///< above the datum, in the drawn (exaggerated) space
  double heading_deg = 0;         ///< where it looks: 0 along the second axis, 90 the first
  double pitch_deg = -30;         ///< above (+) or below (-) the horizon, -89.9 to 89.9
  double field_of_view_deg = 36;  ///< vertical, whole angle
  double exaggeration = 1;
  double focus_m = 10'000;  ///< distance to what the picture is of; haze and detail follow it
};

/// A camera that looks at the ground at `target` from `distance_m` away.
Camera look_at(const World& world, LocalPoint target, double distance_m, double heading_deg,
               double pitch_deg, double exaggeration);

/// A camera that sees the whole of `box` (at its ground height) in a picture of this shape.
Camera fit(const World& world, const LocalBox& box, double heading_deg, double pitch_deg,
           double exaggeration, double width_to_height);

/// The named presets: `overview` (the whole world), `city` (Kon Tum city over the Đăk Bla, from the
/// south-west) and `mang-den`. A world without these places gets the middle of its finest terrain
/// grid.
const std::vector<std::string>& camera_presets();

/// A preset by name, or `LON,LAT,HEIGHT,HEADING,PITCH` (degrees, metres above the datum, degrees
/// from north, degrees above the horizon), `X,Y,...` on a plane. Throws Error that names what was
/// not understood.
Camera parse_camera(const World& world, std::string_view text, double width_to_height,
                    const Placing& placing = {});

}  // namespace kontwin
