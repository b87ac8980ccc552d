#include "render/terrain_node.hpp"

#include <osg/CullFace>
#include <osg/Geometry>
#include <osg/Texture2D>
#include <osgUtil/CullVisitor>

#include <algorithm>
#include <array>
#include <cmath>

#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

namespace {

constexpr int quads = 16;  // along a tile's side
constexpr int vertices = quads + 1;

/// The triangles of every tile: a grid, and a skirt hanging from its four sides. All run against
/// the clock as they are seen from above and from outside, so that what faces away need not be
/// drawn.
osg::DrawElementsUShort* tile_triangles() {
  static const osg::ref_ptr<osg::DrawElementsUShort> shared = [] {
    osg::ref_ptr<osg::DrawElementsUShort> index =
        new osg::DrawElementsUShort(osg::PrimitiveSet::TRIANGLES);
    const auto triangle = [&](int a, int b, int c) {
      for (const int vertex : {a, b, c}) index->push_back(static_cast<GLushort>(vertex));
    };
    for (int row = 0; row < quads; ++row) {
      for (int column = 0; column < quads; ++column) {
        const int corner = row * vertices + column;
        triangle(corner, corner + 1, corner + vertices + 1);
        triangle(corner, corner + vertices + 1, corner + vertices);
      }
    }
    int below = vertices * vertices;
    // `left`: seen from outside, the side's vertices run to the left.
    const auto skirt = [&](int first, int step, bool left) {
      for (int i = 0; i < quads; ++i) {
        const int a = first + i * step;
        const int b = a + step;
        const int below_a = below + i;
        const int below_b = below_a + 1;
        if (left) {
          triangle(a, b, below_b);
          triangle(a, below_b, below_a);
        } else {
          triangle(b, a, below_a);
          triangle(b, below_a, below_b);
        }
      }
      below += vertices;
    };
    skirt(0, 1, false);
    skirt(quads * vertices, 1, true);
    skirt(0, vertices, true);
    skirt(quads, vertices, false);
    return index;
  }();
  return shared.get();
}

/// Places in the texture of every tile's vertices: texel centres meet the tile's edges.
osg::ref_ptr<osg::Vec2Array> tile_places(int texels) {
  osg::ref_ptr<osg::Vec2Array> places = new osg::Vec2Array;
  const auto place = [texels](int i) {
    const float share = static_cast<float>(i) / quads;
    return (0.5F + share * static_cast<float>(texels - 1)) / static_cast<float>(texels);
  };
  for (int row = 0; row < vertices; ++row) {
    for (int column = 0; column < vertices; ++column) {
      places->push_back({place(column), place(row)});
    }
  }
  for (const int row : {0, quads}) {
    for (int i = 0; i < vertices; ++i) places->push_back({place(i), place(row)});
  }
  for (const int column : {0, quads}) {
    for (int i = 0; i < vertices; ++i) places->push_back({place(column), place(i)});
  }
  return places;
}

/// What all tiles share.
struct Ground {
  const Relief& relief;
  const GroundColour& colour;
  TerrainDetail& detail;
  int texels;  ///< along a tile's side
  osg::ref_ptr<osg::Vec2Array> places;
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
    can_split_ = side_m_ / quads > finest_m * 0.75;
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
      for (const auto& child : children_made_) child->accept(visitor);
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
    osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
    points->reserve(vertices * vertices + 4 * vertices);
    const double step_m = side_m_ / quads;
    for (int row = 0; row < vertices; ++row) {
      for (int column = 0; column < vertices; ++column) {
        const LocalPoint point = held(corner_.x_m + column * step_m, corner_.y_m + row * step_m);
        const float height_m = ground_->relief.height_m(point, step_m);
        lowest_m_ = std::min(lowest_m_, height_m);
        highest_m_ = std::max(highest_m_, height_m);
        points->push_back({float(point.x_m), float(point.y_m), height_m});
      }
    }
    const auto hang_m = static_cast<float>(std::max(8.0, step_m * 0.6));
    const auto hang = [&](int vertex) {
      osg::Vec3 point = (*points)[static_cast<std::size_t>(vertex)];
      point.z() -= hang_m;
      points->push_back(point);
    };
    for (const int row : {0, quads}) {
      for (int i = 0; i < vertices; ++i) hang(row * vertices + i);
    }
    for (const int column : {0, quads}) {
      for (int i = 0; i < vertices; ++i) hang(i * vertices + column);
    }
    lowest_m_ -= hang_m;
    mesh_ = mesh_of(points);
    mesh_->setTexCoordArray(0, ground_->places, osg::Array::BIND_PER_VERTEX);
    mesh_->addPrimitiveSet(tile_triangles());
  }

  void make_texture() {
    // One row and column more than needed on each side, for slopes across the edge.
    const int texels = ground_->texels;
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
    texture_->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR_MIPMAP_NEAREST);
    texture_->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
    texture_->setUnRefImageDataAfterApply(false);
  }

  std::shared_ptr<const Ground> ground_;
  LocalPoint corner_;
  double side_m_;
  float lowest_m_ = 1e9F;
  float highest_m_ = -1e9F;
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
  const auto ground =
      std::make_shared<const Ground>(Ground{relief, colour, detail, detail.texels_a_quad * quads,
                                            tile_places(detail.texels_a_quad * quads)});
  group->addChild(new Tile(ground, {box.min_x_m, box.min_y_m}, side_m));
  osg::StateSet* const state = group->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::ground));
  state->addUniform(new osg::Uniform("u_colour", 0));
  state->setAttributeAndModes(new osg::CullFace(osg::CullFace::BACK));
  state->setRenderBinDetails(0, "RenderBin");
  return group;
}

}  // namespace kontwin
