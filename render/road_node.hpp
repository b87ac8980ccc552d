#pragma once

#include <osg/Group>

#include <vector>

#include "render/ribbon.hpp"
#include "render/scale_culled.hpp"
#include "render/scene_data.hpp"
#include "twin/world.hpp"

namespace kontwin {

class StateTable;

/// The roads, laid on the ground: plain ones once, and over them, made anew for each moment, the
/// links that are slow, jammed, flooded, closed or blocked.
class RoadNode {
 public:
  /// `street_rims`: streets and lesser roads have a dark rim too, which costs as much as they do.
  /// The other arguments must outlive it.
  RoadNode(const World& world, const Relief& relief, const ViewScale& scale, bool street_rims);

  osg::Group* node() { return group_.get(); }
  /// Colours the roads by `state`; null: all free. By classes (classes_of) those that have one, the
  /// others plain; over landslides and shaking also those that nobody can use.
  void show(const StateTable* state, Colouring colouring = Colouring::depth);

 private:
  void add_plain(bool street_rims);
  void show_classes(const StateTable& state, Colouring colouring);
  void show_looks(const StateTable& state, bool unusable_only);
  RibbonStyle style_of(std::uint32_t road) const;

  const World& world_;
  const ViewScale& scale_;
  std::vector<RibbonLine> lines_;  ///< by road row
  osg::ref_ptr<osg::Group> group_;
  osg::ref_ptr<osg::Group> affected_casing_;
  osg::ref_ptr<osg::Group> affected_;
  osg::ref_ptr<osg::Group> affected_dashed_;
};

/// The lines of the rivers, as wide as their banks. `scale` must outlive it.
osg::ref_ptr<osg::Group> make_rivers(const World& world, const Relief& relief,
                                     const ViewScale& scale);

/// The line around the province, where it is known.
osg::ref_ptr<osg::Group> make_borders(const World& world, const Relief& relief);

}  // namespace kontwin
