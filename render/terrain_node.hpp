#pragma once

#include <osg/Group>

#include <memory>

#include "render/ground_colour.hpp"
#include "render/relief.hpp"

namespace kontwin {

/// How finely the ground is drawn.
struct TerrainDetail {
  /// A tile splits in four while it is nearer than this many times its side.
  double split_factor = 6;
  /// How far a tile's triangles may leave its grid of heights, as a share of its side.
  double tolerance = 0;
  /// Texels of the colour texture along a tile's side.
  int texels = 128;
  /// Whether textures have coarser copies: calmer in the distance, dearer without a graphics card.
  bool mipmaps = true;
  /// How many tiles one frame may make; the rest follow in later frames. A picture has no limit.
  int tiles_a_frame = 1'000'000;
  /// Tiles that may still be made in this frame; set by whoever draws a frame.
  int tiles_left = 1'000'000;
};

/// The ground as a quadtree of tiles with skirts. A tile (a mesh of as few triangles as its ground
/// allows, and a finer colour texture) is made when it is first looked at, so that opening the
/// province costs next to nothing and memory follows what was seen. `relief`, `colour` and `detail`
/// must outlive the node.
osg::ref_ptr<osg::Group> make_terrain(const Relief& relief, const GroundColour& colour,
                                      TerrainDetail& detail);

}  // namespace kontwin
