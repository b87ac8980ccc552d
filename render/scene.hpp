#pragma once

#include <osg/Group>

#include <memory>
#include <string>
#include <vector>

#include "render/camera.hpp"
#include "render/scene_data.hpp"
#include "render/view.hpp"

namespace kontwin {

/// Parts of a scene that can be hidden.
enum class Layer : unsigned {
  roads = 1U << 0U,
  water = 1U << 1U,
  rivers = 1U << 2U,
  buildings = 1U << 3U,
  movers = 1U << 4U,
  labels = 1U << 5U,
  legend = 1U << 6U,
};
inline constexpr unsigned all_layers = 0x7fU;

/// How much a scene may draw.
enum class Effort {
  still,        ///< one picture: as fine as its pixels
  interactive,  ///< some thirty pictures a second on two cores without a graphics card
};

/// A world as an OpenSceneGraph scene. Draw it from one thread, in one graphics context. The world
/// must outlive it.
class Scene {
 public:
  /// `turn`: of the axes of the world on its plane; the north arrow and the sun keep to the plane.
  Scene(const World& world, Effort effort, const GridTurn& turn = {});
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  osg::Group* root();
  const World& world() const;

  /// Shows a moment. Nothing of `frame` is kept.
  void show(const SceneFrame& frame);
  /// Fits detail, haze, labels and legend to a view; to be called before each picture, and after
  /// show. False when the picture would be the one before, so that it need not be drawn.
  bool look(const View& view);
  /// Extra lines under the title.
  void set_lines(std::vector<std::string> lines);
  void set_layers(unsigned layers);
  unsigned layers() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kontwin
