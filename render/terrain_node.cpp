#include "render/terrain_node.hpp"

#include <osg/CullFace>
#include <osg/Geometry>
#include <osg/Texture2D>
#include <osgUtil/CullVisitor>

#include <algorithm>
#include <cmath>

#include "render/grid_mesh.hpp"
#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

namespace {

constexpr int quads = 32;  // along the side of a tile's grid
constexpr int vertices = quads + 1;

/// What all tiles share.
struct Ground {
  const Relief& relief;
  const GroundColour& colour;
  TerrainDetail& detail;
};

class Tile final : public osg::Group {
 public:
  Tile(std::shared_ptr<const Ground> ground, LocalPoint corner, double side_m)
      : ground_(std::move(ground)), corner_(corner), side_m_(side_m) {
    make_mesh();
    make_texture();
    mesh_->getOrCreateStateSet()->setTextureAttributeAndModes(0, texture_);
    const LocalBox box = ground_->relief.box();
    const double finest_m = ground_->relief.finest_cell_m(
        {corner.x_m, corner.y_m, corner.x_m + side_m, corner.y_m + side_m});
    can_split_ = side_m_ / quads > finest_m * 0.5;
    inside_ = corner.x_m < box.max_x_m && corner.y_m < box.max_y_m;
  }

  osg::BoundingSphere computeBound() const override {
    return osg::BoundingSphere(osg::BoundingBox(float(corner_.x_m), float(corner_.y_m), lowest_m_,
                                                float(corner_.x_m + side_m_),
                                                float(corner_.y_m + side_m_), highest_m_));
  }

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() != osg::NodeVisitor::CULL_VISITOR) {
      if (visitor.getTraversalMode() == osg::NodeVisitor::TRAVERSE_ALL_CHILDREN) {
        mesh_->accept(visitor);
        for (const auto& child : children_made_) child->accept(visitor);
      }
      return;
    }
    if (!inside_) return;
    if (wants_split(visitor.getEyePoint()) && split()) {
      // The nearest first, so that what they hide is not painted.
      const osg::Vec3 eye = visitor.getEyePoint();
      const unsigned nearest = (double(eye.x()) > corner_.x_m + side_m_ / 2 ? 1U : 0U) +
                               (double(eye.y()) > corner_.y_m + side_m_ / 2 ? 2U : 0U);
      for (const unsigned across : {0U, 1U, 2U, 3U}) {
        children_made_[nearest ^ across]->accept(visitor);
      }
    } else {
      mesh_->accept(visitor);
    }
  }

 private:
  bool wants_split(osg::Vec3 eye) const {
    if (!can_split_) return false;
    const auto beyond = [](double value, double low, double high) {
      return std::max({0.0, low - value, value - high});
    };
    const double away_m = std::hypot(beyond(eye.x(), corner_.x_m, corner_.x_m + side_m_),
                                     beyond(eye.y(), corner_.y_m, corner_.y_m + side_m_),
                                     beyond(eye.z(), lowest_m_, highest_m_));
    return away_m < ground_->detail.split_factor * side_m_;
  }

  bool split() {
    if (!children_made_.empty()) return true;
    if (ground_->detail.tiles_left < 4) return false;
    ground_->detail.tiles_left -= 4;
    const double half_m = side_m_ / 2;
    for (const double y : {0.0, half_m}) {
      for (const double x : {0.0, half_m}) {
        children_made_.emplace_back(new Tile(ground_, {corner_.x_m + x, corner_.y_m + y}, half_m));
      }
    }
    return true;
  }

  /// Points beyond the world's edge are held to it, which makes the edge a clean cut.
  LocalPoint held(double x_m, double y_m) const {
    const LocalBox box = ground_->relief.box();
    return {std::clamp(x_m, box.min_x_m, box.max_x_m), std::clamp(y_m, box.min_y_m, box.max_y_m)};
  }

  void make_mesh() {
    const double step_m = side_m_ / quads;
    std::vector<float> height_m;
    height_m.reserve(vertices * vertices);
    for (int row = 0; row < vertices; ++row) {
      for (int column = 0; column < vertices; ++column) {
        height_m.push_back(ground_->relief.height_m(grid_point(column, row), step_m));
      }
    }
    const auto [lowest, highest] = std::minmax_element(height_m.begin(), height_m.end());
    lowest_m_ = *lowest;
    highest_m_ = *highest;
    osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
    osg::ref_ptr<osg::Vec2Array> places = new osg::Vec2Array;
    osg::ref_ptr<osg::DrawElementsUShort> index =
        new osg::DrawElementsUShort(osg::PrimitiveSet::TRIANGLES);
    const auto add = [&](int vertex, float below_m) {
      const LocalPoint point = grid_point(vertex % vertices, vertex / vertices);
      points->push_back({float(point.x_m), float(point.y_m),
                         height_m[static_cast<std::size_t>(vertex)] - below_m});
      places->push_back(texture_place(vertex % vertices, vertex / vertices));
      return static_cast<GLushort>(points->size() - 1);
    };
    constexpr GLushort none = 0xffff;
    std::vector<GLushort> drawn(height_m.size(), none);
    const auto tolerance_m = static_cast<float>(ground_->detail.tolerance * side_m_);
    for (const GridTriangle& triangle : triangulate(height_m, vertices, tolerance_m)) {
      for (const std::uint16_t vertex : triangle) {
        if (drawn[vertex] == none) drawn[vertex] = add(vertex, 0);
        index->push_back(drawn[vertex]);
      }
    }
    // Skirts hang from the four sides, against the clock around the tile, so that they face out.
    const auto hang_m = static_cast<float>(std::max(8.0, side_m_ * 0.04));
    const auto skirt = [&](int first, int step) {
      GLushort top = none;
      GLushort bottom = none;
      for (int i = 0; i < vertices; ++i) {
        const int vertex = first + i * step;
        const GLushort next_top = drawn[static_cast<std::size_t>(vertex)];
        if (next_top == none) continue;
        const GLushort next_bottom = add(vertex, hang_m);
        if (i > 0) {
          for (const GLushort corner : {top, bottom, next_bottom, top, next_bottom, next_top}) {
            index->push_back(corner);
          }
        }
        top = next_top;
        bottom = next_bottom;
      }
    };
    skirt(0, 1);
    skirt(quads, vertices);
    skirt(vertices * vertices - 1, -1);
    skirt(quads * vertices, -vertices);
    lowest_m_ -= hang_m;
    mesh_ = mesh_of(points);
    mesh_->setTexCoordArray(0, places, osg::Array::BIND_PER_VERTEX);
    mesh_->addPrimitiveSet(index);
  }

  LocalPoint grid_point(int column, int row) const {
    const double step_m = side_m_ / quads;
    return held(corner_.x_m + column * step_m, corner_.y_m + row * step_m);
  }

  /// Texel centres meet the tile's edges.
  osg::Vec2 texture_place(int column, int row) const {
    const auto texels = static_cast<float>(ground_->detail.texels);
    const auto place = [texels](int i) {
      return (0.5F + static_cast<float>(i) / quads * (texels - 1)) / texels;
    };
    return {place(column), place(row)};
  }

  void make_texture() {
    // One row and column more than needed on each side, for slopes across the edge.
    const int texels = ground_->detail.texels;
    const int border = texels + 2;
    const double step_m = side_m_ / (texels - 1);
    std::vector<float> height_m(static_cast<std::size_t>(border * border));
    for (int row = 0; row < border; ++row) {
      for (int column = 0; column < border; ++column) {
        height_m[static_cast<std::size_t>(row * border + column)] = ground_->relief.height_m(
            held(corner_.x_m + (column - 1) * step_m, corner_.y_m + (row - 1) * step_m), step_m);
      }
    }
    osg::ref_ptr<osg::Image> image = new osg::Image;
    image->allocateImage(texels, texels, 1, GL_RGB, GL_UNSIGNED_BYTE);
    const auto span_m = static_cast<float>(2 * step_m);
    for (int row = 0; row < texels; ++row) {
      for (int column = 0; column < texels; ++column) {
        const auto here = static_cast<std::size_t>((row + 1) * border + column + 1);
        const osg::Vec3f colour = ground_->colour.at(
            held(corner_.x_m + column * step_m, corner_.y_m + row * step_m), height_m[here],
            (height_m[here + 1] - height_m[here - 1]) / span_m,
            (height_m[here + border] - height_m[here - border]) / span_m, step_m);
        unsigned char* const texel =
            image->data(static_cast<unsigned>(column), static_cast<unsigned>(row));
        for (int part = 0; part < 3; ++part) {
          texel[part] = static_cast<unsigned char>(std::lround(colour[part] * 255));
        }
      }
    }
    texture_ = new osg::Texture2D(image);
    texture_->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
    texture_->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
    texture_->setFilter(osg::Texture::MIN_FILTER, ground_->detail.mipmaps
                                                      ? osg::Texture::LINEAR_MIPMAP_NEAREST
                                                      : osg::Texture::LINEAR);
    texture_->setResizeNonPowerOfTwoHint(false);
    texture_->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
    texture_->setUnRefImageDataAfterApply(false);
  }

  std::shared_ptr<const Ground> ground_;
  LocalPoint corner_;
  double side_m_;
  float lowest_m_ = 0;
  float highest_m_ = 0;
  bool can_split_ = false;
  bool inside_ = true;
  osg::ref_ptr<osg::Geometry> mesh_;
  osg::ref_ptr<osg::Texture2D> texture_;
  std::vector<osg::ref_ptr<Tile>> children_made_;
};

}  // namespace

osg::ref_ptr<osg::Group> make_terrain(const Relief& relief, const GroundColour& colour,
                                      TerrainDetail& detail) {
  const LocalBox box = relief.box();
  const double side_m = std::max(box.max_x_m - box.min_x_m, box.max_y_m - box.min_y_m);
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("terrain");
  const auto ground = std::make_shared<const Ground>(Ground{relief, colour, detail});
  group->addChild(new Tile(ground, {box.min_x_m, box.min_y_m}, side_m));
  osg::StateSet* const state = group->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::ground));
  state->addUniform(new osg::Uniform("u_colour", 0));
  state->setAttributeAndModes(new osg::CullFace(osg::CullFace::BACK));
  state->setRenderBinDetails(0, "TraversalOrderBin");
  return group;
}

}  // namespace kontwin
