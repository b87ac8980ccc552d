#pragma once

#include <osg/Program>
#include <osg/StateSet>

namespace kontwin {

/// What a program draws. All of them fade into the haze by the uniforms that ViewUniforms holds.
enum class Shading {
  ground,  ///< baked colour texture
  solid,   ///< colour a vertex, lit when it was made (see solid.hpp)
  ribbon,  ///< a line of real width that never gets thinner than some pixels (see ribbon.hpp)
  dashed,  ///< the same with light gaps: a road that nobody can use
  water,   ///< colour a vertex with its cover, brighter at a flat angle
  point,   ///< round dots of real size that never get smaller than some pixels
  sky,
  panel,  ///< flat colour before everything, placed in the picture's own coordinates, -1 to 1
};

/// The program of one way of shading; shared by all scenes.
osg::Program* program_of(Shading shading);

/// Throws Error when OpenGL refused a program that was used in this context.
void require_programs(osg::State& state);

/// Frees what the programs hold of a context that is current and about to be closed: its number is
/// given to the next one.
void release_programs(osg::State& state);

/// The values of a view that the programs read, to set on the scene's root.
struct ViewUniforms {
  osg::ref_ptr<osg::Uniform> metres_a_pixel;  ///< at 1 m from the eye
  osg::ref_ptr<osg::Uniform> haze_m;          ///< where 63 % of a thing is haze
  osg::ref_ptr<osg::Uniform> dot_scale;       ///< pixels of the picture a nominal pixel
  osg::ref_ptr<osg::Uniform> exaggeration;
  osg::ref_ptr<osg::Uniform> pull;  ///< share of the way to the eye that lines and water are moved

  explicit ViewUniforms(osg::StateSet* root);
};

}  // namespace kontwin
