#include "render/water_node.hpp"

#include <osg/BlendFunc>
#include <osg/Depth>
#include <osg/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "render/mesh.hpp"
#include "render/palette.hpp"
#include "render/shaders.hpp"

namespace kontwin {

namespace {

/// A corner of the grid: the mean of the wet cells around it.
struct Corner {
  float surface_m = 0;
  float depth_m = 0;  ///< dry cells count as 0, so that it thins out towards the edge
  int wet = 0;
};

class Surface {
 public:
  Surface(const FieldView& field, const World& world) : field_(field) {
    const TerrainGrid* const grid = world.terrain().find(field.grid);
    const bool same = grid != nullptr && grid->elevation_m.shape == field.shape;
    ground_m_.resize(field.shape.cells());
    for (std::size_t row = 0; row < field.shape.rows; ++row) {
      for (std::size_t column = 0; column < field.shape.columns; ++column) {
        const std::size_t cell = field.shape.at(column, row);
        if (!(field.values[cell] >= least_drawn_depth_m)) continue;
        ground_m_[cell] =
            same ? grid->elevation_m.values[cell]
                 : static_cast<float>(world.terrain().elevation_m(field.shape.center(column, row)));
      }
    }
  }

  bool wet(std::size_t column, std::size_t row) const {
    return column < field_.shape.columns && row < field_.shape.rows &&
           field_.values[field_.shape.at(column, row)] >= least_drawn_depth_m;
  }
  /// Wet, or next to a wet cell: the surface runs one cell into the bank.
  bool drawn(std::size_t column, std::size_t row) const {
    for (std::size_t y = row == 0 ? 0 : row - 1; y <= row + 1; ++y) {
      for (std::size_t x = column == 0 ? 0 : column - 1; x <= column + 1; ++x) {
        if (wet(x, y)) return true;
      }
    }
    return false;
  }
  /// The corner to the south-west of a cell.
  Corner corner(std::size_t column, std::size_t row) const {
    Corner result;
    for (std::size_t y = row == 0 ? 0 : row - 1; y <= row; ++y) {
      for (std::size_t x = column == 0 ? 0 : column - 1; x <= column; ++x) {
        if (!wet(x, y)) continue;
        const std::size_t cell = field_.shape.at(x, y);
        result.surface_m += ground_m_[cell] + field_.values[cell];
        result.depth_m += field_.values[cell];
        ++result.wet;
      }
    }
    if (result.wet > 0) {
      result.surface_m /= static_cast<float>(result.wet);
      result.depth_m /= 4;
    }
    return result;
  }

 private:
  const FieldView& field_;
  std::vector<float> ground_m_;  ///< of the wet cells
};

/// The highest class of the cells round the corner to the south-west of a cell.
int worst_around(const FieldView& hazard, std::size_t column, std::size_t row) {
  float worst = 0;
  for (std::size_t y = row == 0 ? 0 : row - 1; y <= row && y < hazard.shape.rows; ++y) {
    for (std::size_t x = column == 0 ? 0 : column - 1; x <= column && x < hazard.shape.columns;
         ++x) {
      worst = std::max(worst, hazard.values[hazard.shape.at(x, y)]);
    }
  }
  return static_cast<int>(worst);
}

/// Corners of dry cells have no water of their own: they take the level of the nearest wet corner.
void spread(std::vector<Corner>& corners, std::size_t columns, std::size_t rows) {
  const std::vector<Corner> before = corners;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      Corner& here = corners[row * columns + column];
      if (before[row * columns + column].wet > 0) continue;
      float total_m = 0;
      int count = 0;
      for (std::size_t y = row == 0 ? 0 : row - 1; y <= std::min(row + 1, rows - 1); ++y) {
        for (std::size_t x = column == 0 ? 0 : column - 1; x <= std::min(column + 1, columns - 1);
             ++x) {
          const Corner& there = before[y * columns + x];
          if (there.wet == 0) continue;
          total_m += there.surface_m;
          ++count;
        }
      }
      if (count > 0) here.surface_m = total_m / static_cast<float>(count);
    }
  }
}

}  // namespace

osg::ref_ptr<osg::Node> make_water(const FieldView& depth, const World& world,
                                   const FieldView* hazard, std::span<const GridShape> over) {
  const Surface surface(depth, world);
  const std::size_t columns = depth.shape.columns + 1;
  const std::size_t rows = depth.shape.rows + 1;
  std::vector<Corner> corners(columns * rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      corners[row * columns + column] = surface.corner(column, row);
    }
  }
  spread(corners, columns, rows);

  osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
  osg::ref_ptr<osg::Vec4Array> colours = new osg::Vec4Array;
  osg::ref_ptr<osg::DrawElementsUInt> index =
      new osg::DrawElementsUInt(osg::PrimitiveSet::TRIANGLES);
  constexpr auto none = std::numeric_limits<GLuint>::max();
  std::vector<GLuint> vertex_of(corners.size(), none);
  const auto vertex = [&](std::size_t column, std::size_t row) {
    GLuint& number = vertex_of[row * columns + column];
    if (number == none) {
      const Corner& corner = corners[row * columns + column];
      number = static_cast<GLuint>(points->size());
      points->push_back(
          {float(depth.shape.left_m + static_cast<double>(column) * depth.shape.cell_m),
           float(depth.shape.bottom_m + static_cast<double>(row) * depth.shape.cell_m),
           corner.surface_m});
      const Colour colour = hazard == nullptr
                                ? colour_of_depth(std::max(corner.depth_m, 0.0F))
                                : colour_of_hazard(worst_around(*hazard, column, row));
      colours->push_back({colour.red, colour.green, colour.blue, colour.alpha});
    }
    return number;
  };
  for (std::size_t row = 0; row < depth.shape.rows; ++row) {
    for (std::size_t column = 0; column < depth.shape.columns; ++column) {
      if (!surface.drawn(column, row)) continue;
      const LocalPoint center = depth.shape.center(column, row);
      const bool hidden = std::ranges::any_of(
          over, [center](const GridShape& other) { return other.contains(center); });
      if (hidden) continue;
      const GLuint a = vertex(column, row);
      const GLuint b = vertex(column + 1, row);
      const GLuint c = vertex(column + 1, row + 1);
      const GLuint d = vertex(column, row + 1);
      for (const GLuint number : {a, b, c, a, c, d}) index->push_back(number);
    }
  }
  if (index->empty()) return nullptr;
  osg::ref_ptr<osg::Geometry> mesh = mesh_of(points);
  mesh->setName("water");
  mesh->setColorArray(colours, osg::Array::BIND_PER_VERTEX);
  mesh->addPrimitiveSet(index);
  osg::StateSet* const state = mesh->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::water));
  state->setAttributeAndModes(
      new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA, osg::BlendFunc::ONE_MINUS_SRC_ALPHA));
  state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
  state->setRenderBinDetails(8, "RenderBin");
  return mesh;
}

}  // namespace kontwin
