#include "render/scene.hpp"

#include <osg/BlendFunc>
#include <osg/Camera>
#include <osg/CullFace>
#include <osg/Depth>
#include <osg/MatrixTransform>
#include <osg/Switch>

#include <algorithm>
#include <optional>

#include "render/building_node.hpp"
#include "render/exposure_node.hpp"
#include "render/ground_colour.hpp"
#include "render/hud.hpp"
#include "render/label_layout.hpp"
#include "render/mover_node.hpp"
#include "render/panel_node.hpp"
#include "render/road_node.hpp"
#include "render/shaders.hpp"
#include "render/sky_node.hpp"
#include "render/terrain_node.hpp"
#include "render/water_node.hpp"

namespace kontwin {

namespace {

constexpr std::string_view water_field = "water_depth_m";
constexpr std::string_view hazard_field = "hazard_class";

/// The hazard classes on the grid of some depths; null where the frame has none.
const FieldView* hazard_of(const SceneFrame& frame, const FieldView& depth) {
  const auto found = std::ranges::find_if(frame.fields, [&](const FieldView& field) {
    return field.name == hazard_field && field.grid == depth.grid && field.shape == depth.shape;
  });
  return found == frame.fields.end() ? nullptr : &*found;
}

/// The grids of water that lie over one: finer ones, and smaller ones as fine.
std::vector<GridShape> insets_of(const SceneFrame& frame, const FieldView& depth) {
  std::vector<GridShape> over;
  for (const FieldView& field : frame.fields) {
    if (field.name != water_field || field.grid == depth.grid) continue;
    const bool finer = field.shape.cell_m < depth.shape.cell_m;
    const bool smaller =
        field.shape.cell_m == depth.shape.cell_m && field.shape.cells() < depth.shape.cells();
    if (finer || smaller) over.push_back(field.shape);
  }
  return over;
}

osg::ref_ptr<osg::Camera> make_overlay_camera() {
  osg::ref_ptr<osg::Camera> camera = new osg::Camera;
  camera->setName("overlay");
  camera->setReferenceFrame(osg::Transform::ABSOLUTE_RF);
  camera->setRenderOrder(osg::Camera::POST_RENDER);
  camera->setClearMask(0);
  camera->setAllowEventFocus(false);
  camera->setViewMatrix(osg::Matrix::identity());
  camera->setComputeNearFarMode(osg::CullSettings::DO_NOT_COMPUTE_NEAR_FAR);
  osg::StateSet* const state = camera->getOrCreateStateSet();
  state->setMode(GL_LIGHTING, osg::StateAttribute::OFF | osg::StateAttribute::OVERRIDE);
  state->setMode(GL_DEPTH_TEST, osg::StateAttribute::OFF | osg::StateAttribute::OVERRIDE);
  state->setMode(GL_BLEND, osg::StateAttribute::ON);
  state->setRenderBinDetails(0, "TraversalOrderBin", osg::StateSet::OVERRIDE_RENDERBIN_DETAILS);
  return camera;
}

}  // namespace

struct Scene::Parts {
  Parts(const World& of, Effort effort, const GridTurn& turn)
      : world(of),
        relief(world.terrain()),
        ground(world, relief, turn),
        segments(world),
        root(new osg::Group),
        drawn(new osg::MatrixTransform),
        uniforms(root->getOrCreateStateSet()),
        roads(world, relief, scale, effort == Effort::still),
        rivers(make_rivers(world, relief, scale)),
        water(new osg::Group),
        movers(new osg::Group),
        exposure(new osg::Group),
        overlay(make_overlay_camera()),
        texts(effort == Effort::still) {
    if (effort == Effort::interactive) {
      terrain_detail = {.split_factor = 2.4,
                        .tolerance = 0.002,
                        .texels = 112,
                        .mipmaps = false,
                        .tiles_a_frame = 8,
                        .tiles_left = 300};
      hud.panels = false;
      building_detail = {.range_m = 2'200, .most_each = 10};
    } else {
      terrain_detail = {.split_factor = 4.5, .tolerance = 0.0001};
    }
    buildings = make_buildings(world, relief, segments, building_detail);
    drawn->addChild(make_terrain(relief, ground, terrain_detail));
    drawn->addChild(rivers);
    drawn->addChild(make_borders(world, relief));
    drawn->addChild(roads.node());
    for (const auto& group : {water, buildings, movers, exposure}) drawn->addChild(group);
    root->addChild(make_sky());
    root->addChild(drawn);
    root->addChild(panels.node());
    root->addChild(overlay);
    osg::StateSet* const state = root->getOrCreateStateSet();
    state->setMode(GL_LIGHTING, osg::StateAttribute::OFF | osg::StateAttribute::OVERRIDE);
    state->setMode(GL_CULL_FACE, osg::StateAttribute::OFF);
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LESS, 0, 1, true));
    hud.axes_turn_deg = turn.degrees;
    hud.roads = world.roads().links() > 0;
    hud.signs = world.size() > 0;
    if (world.size() > 0) describe_provenance(world, hud.note_vi, hud.note_en);
  }

  const World& world;
  Relief relief;
  GroundColour ground;
  SegmentIndex segments;
  TerrainDetail terrain_detail;
  BuildingDetail building_detail;
  osg::ref_ptr<osg::Group> root;
  osg::ref_ptr<osg::MatrixTransform> drawn;  ///< what is scaled by the exaggeration
  ViewUniforms uniforms;
  ViewScale scale;
  RoadNode roads;
  osg::ref_ptr<osg::Group> rivers, water, buildings, movers, exposure;
  osg::ref_ptr<osg::Camera> overlay;
  PanelNode panels;
  Texts texts;
  HudContent hud;
  std::vector<Label> labels;
  unsigned layers = all_layers;
  std::optional<View> laid_out;  ///< the view that the overlay was made for

  bool has(Layer layer) const { return (layers & static_cast<unsigned>(layer)) != 0; }
};

Scene::Scene(const World& world, Effort effort, const GridTurn& turn)
    : parts_(std::make_unique<Parts>(world, effort, turn)) {}

Scene::~Scene() = default;

osg::Group* Scene::root() { return parts_->root; }
const World& Scene::world() const { return parts_->world; }
unsigned Scene::layers() const { return parts_->layers; }

void Scene::show(const SceneFrame& frame) {
  Parts& parts = *parts_;
  parts.laid_out.reset();
  const bool by_hazard = frame.colouring == Colouring::hazard;
  parts.roads.show(frame.state, frame.colouring);
  parts.water->removeChildren(0, parts.water->getNumChildren());
  for (const FieldView& field : frame.fields) {
    if (field.name != water_field) continue;
    const FieldView* const hazard = by_hazard ? hazard_of(frame, field) : nullptr;
    if (const auto node = make_water(field, parts.world, hazard, insets_of(frame, field))) {
      parts.water->addChild(node);
    }
  }
  parts.movers->removeChildren(0, parts.movers->getNumChildren());
  parts.movers->addChild(make_movers(frame.movers, parts.relief, parts.segments, parts.scale));
  parts.exposure->removeChildren(0, parts.exposure->getNumChildren());
  if (frame.state != nullptr) {
    if (const auto node = make_exposure(parts.world, *frame.state, parts.relief)) {
      parts.exposure->addChild(node);
    }
  }
  parts.hud.exposed = parts.exposure->getNumChildren() > 0;
  parts.hud.title_vi = frame.title_vi;
  parts.hud.title_en = frame.title_en;
  parts.hud.time = moment_text(frame);
  parts.hud.water = parts.water->getNumChildren() > 0;
  parts.hud.colouring = frame.colouring;
  parts.hud.epicentres = !frame.epicentres.empty();
  parts.labels = labels_of(parts.world, frame, parts.hud.water);
  parts.hud.evacuees = parts.hud.vehicles = parts.hud.boulders = false;
  for (const Mover& mover : frame.movers) {
    const bool boulder = mover.kind == Mover::Kind::boulder;
    parts.hud.boulders |= boulder;
    parts.hud.evacuees |= mover.evacuating != 0;
    parts.hud.vehicles |= !boulder && mover.evacuating == 0;
  }
}

bool Scene::look(const View& view) {
  Parts& parts = *parts_;
  parts.drawn->setMatrix(osg::Matrix::scale(1, 1, view.exaggeration));
  parts.uniforms.metres_a_pixel->set(static_cast<float>(view.metres_a_pixel));
  parts.uniforms.exaggeration->set(static_cast<float>(view.exaggeration));
  parts.uniforms.dot_scale->set(static_cast<float>(view.unit_px));
  parts.uniforms.haze_m->set(static_cast<float>(std::max(20'000.0, view.focus_m * 5.5)));
  parts.scale.metres_a_pixel = view.metres_a_pixel * view.unit_px;
  // Tiles that the last picture made may want to be split in this one.
  const bool finer = parts.terrain_detail.tiles_left < parts.terrain_detail.tiles_a_frame;
  parts.terrain_detail.tiles_left = parts.terrain_detail.tiles_a_frame;
  // Names and legend stay while nothing changes.
  if (parts.laid_out && *parts.laid_out == view) return finer;
  parts.laid_out = view;

  parts.overlay->removeChildren(0, parts.overlay->getNumChildren());
  parts.overlay->setProjectionMatrix(osg::Matrix::ortho2D(0, view.width_px, 0, view.height_px));
  parts.overlay->setViewport(0, 0, view.width_px, view.height_px);
  Overlay names(parts.texts);
  Overlay frame(parts.texts);
  std::vector<PixelBox> panels;
  if (parts.has(Layer::legend)) panels = draw_hud(parts.hud, view, frame);
  if (parts.has(Layer::labels)) {
    draw_labels(lay_out(parts.labels, view, parts.relief, parts.texts, panels), view, names);
  }
  if (!parts.hud.panels) parts.panels.show(panels, view, panel_colour);
  parts.overlay->addChild(names.node());
  parts.overlay->addChild(frame.node());
  return true;
}

void Scene::set_lines(std::vector<std::string> lines) {
  if (lines == parts_->hud.lines) return;
  parts_->hud.lines = std::move(lines);
  parts_->laid_out.reset();
}

void Scene::set_layers(unsigned layers) {
  Parts& parts = *parts_;
  parts.layers = layers;
  parts.laid_out.reset();
  const auto show_node = [&](osg::Node* node, Layer layer) {
    node->setNodeMask(parts.has(layer) ? ~0U : 0U);
  };
  show_node(parts.roads.node(), Layer::roads);
  show_node(parts.water, Layer::water);
  show_node(parts.rivers, Layer::rivers);
  show_node(parts.buildings, Layer::buildings);
  show_node(parts.movers, Layer::movers);
  show_node(parts.exposure, Layer::movers);
}

}  // namespace kontwin
