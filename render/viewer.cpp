#include "render/viewer.hpp"

#include <osgGA/TerrainManipulator>
#include <osgViewer/Viewer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "render/ground_target.hpp"
#include "render/offscreen.hpp"
#include "render/scene.hpp"
#include "render/viewer_keys.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double field_of_view_deg = 36;
constexpr auto picture_time = std::chrono::milliseconds(33);

osg::ref_ptr<osg::GraphicsContext> open_window(const ViewerOptions& options,
                                               const std::string& title) {
  const std::string display = display_name();
  osg::ref_ptr<osg::GraphicsContext::Traits> traits = new osg::GraphicsContext::Traits;
  traits->setScreenIdentifier(display);
  traits->x = 40;
  traits->y = 40;
  traits->width = options.width_px;
  traits->height = options.height_px;
  traits->windowName = title;
  traits->windowDecoration = true;
  traits->doubleBuffer = true;
  traits->depth = 24;
  osg::ref_ptr<osg::GraphicsContext> window = osg::GraphicsContext::createGraphicsContext(traits);
  if (!window || !window->valid()) {
    throw Error("no window can be opened on display " + display +
                " (does it run, and does it serve OpenGL?)");
  }
  return window;
}

/// A window on a scene, and the frame it shows.
class Window {
 public:
  Window(const World& world, const FrameSource& source, const ViewerOptions& options)
      : world_(world),
        source_(source),
        scene_(world, Effort::interactive, options.placing.turn),
        placing_(options.placing),
        graphics_(open_window(options, "Kontwin · " + world.name())),
        manipulator_(new osgGA::TerrainManipulator),
        ground_(new GroundTarget(world)),
        keys_(new ViewerKeys(source.times.size(), options.first_frame, options.playing)) {
    viewer_.setThreadingModel(osgViewer::ViewerBase::SingleThreaded);
    viewer_.setKeyEventSetsDone(0);
    viewer_.setRunFrameScheme(osgViewer::ViewerBase::ON_DEMAND);
    viewer_.setLightingMode(osg::View::NO_LIGHT);
    viewer_.setSceneData(scene_.root());
    osg::Camera& camera = *viewer_.getCamera();
    camera.setGraphicsContext(graphics_);
    camera.setComputeNearFarMode(osg::CullSettings::DO_NOT_COMPUTE_NEAR_FAR);
    camera.setCullingMode(osg::CullSettings::VIEW_FRUSTUM_CULLING);
    camera.setClearColor({0.835F, 0.878F, 0.914F, 1});
    camera.setViewport(0, 0, options.width_px, options.height_px);
    viewer_.setCameraManipulator(manipulator_, false);
    manipulator_->setNode(ground_);
    viewer_.addEventHandler(keys_);
    viewer_.realize();
    if (!viewer_.isRealized()) throw Error("the window was refused by the display");
    go_to(camera_of(options.camera));
  }

  long run(const ViewerOptions& options) {
    long pictures = 0;
    auto shown_at = std::chrono::steady_clock::now();
    while (!viewer_.done() && !keys_->wants_to_end() &&
           (options.most_pictures == 0 || pictures < options.most_pictures)) {
      const auto begin = std::chrono::steady_clock::now();
      if (keys_->playing() &&
          begin - shown_at > std::chrono::duration<double>(1 / options.frames_a_second)) {
        keys_->step(1);
      }
      follow_keys(begin, shown_at);
      if (options.path) go_to(options.path(pictures));
      // Nothing is drawn while nothing changes; a fixed number of pictures is drawn in any case.
      if (look() || viewer_.checkNeedToDoFrame() || options.most_pictures > 0) {
        viewer_.frame();
        ++pictures;
      }
      if (!options.path) std::this_thread::sleep_until(begin + picture_time);
    }
    return pictures;
  }

 private:
  void follow_keys(std::chrono::steady_clock::time_point now,
                   std::chrono::steady_clock::time_point& shown_at) {
    if (keys_->frame() != shown_frame_ || keys_->colouring() != colouring_) {
      shown_frame_ = keys_->frame();
      colouring_ = keys_->colouring();
      shown_at = now;
      source_.load(shown_frame_, [this](const SceneFrame& frame) {
        SceneFrame coloured = frame;
        coloured.colouring = colouring_;
        scene_.show(coloured);
      });
    }
    if (keys_->layers() != scene_.layers()) scene_.set_layers(keys_->layers());
    if (const std::string preset = keys_->take_preset(); !preset.empty()) {
      go_to(camera_of(preset));
    }
    scene_.set_lines(keys_->lines());
  }

  Camera camera_of(const std::string& name) const {
    const osg::GraphicsContext::Traits& traits = *graphics_->getTraits();
    return parse_camera(world_, name, double(traits.width) / traits.height, placing_);
  }

  void go_to(const Camera& camera) {
    const osg::GraphicsContext::Traits& traits = *graphics_->getTraits();
    const View view = view_of(world_, camera, traits.width, traits.height, 1);
    exaggeration_ = camera.exaggeration;
    ground_->set_exaggeration(exaggeration_);
    osg::Vec3d eye, ahead, up;
    view.view.getLookAt(eye, ahead, up);
    manipulator_->setTransformation(eye, eye + (ahead - eye) * camera.focus_m, osg::Vec3d(0, 0, 1));
  }

  bool look() {
    const osg::GraphicsContext::Traits& traits = *graphics_->getTraits();
    osg::Camera& camera = *viewer_.getCamera();
    const osg::Vec3d eye = osg::Matrixd::inverse(manipulator_->getInverseMatrix()).getTrans();
    const double ground_m = world_.terrain().elevation_m({eye.x(), eye.y()}) * exaggeration_;
    const double near_m = std::clamp((eye.z() - ground_m) * 0.15, 2.0, 5'000.0);
    camera.setProjectionMatrixAsPerspective(
        field_of_view_deg, static_cast<double>(traits.width) / traits.height, near_m, 600'000);
    return scene_.look(view_of(manipulator_->getInverseMatrix(), camera.getProjectionMatrix(),
                               traits.width, traits.height, std::max(0.6, traits.height / 720.0),
                               exaggeration_, manipulator_->getDistance()));
  }

  const World& world_;
  const FrameSource& source_;
  Scene scene_;
  Placing placing_;
  osg::ref_ptr<osg::GraphicsContext> graphics_;
  osg::ref_ptr<osgGA::TerrainManipulator> manipulator_;
  osg::ref_ptr<GroundTarget> ground_;
  osg::ref_ptr<ViewerKeys> keys_;
  osgViewer::Viewer viewer_;
  std::size_t shown_frame_ = static_cast<std::size_t>(-1);
  Colouring colouring_ = Colouring::depth;
  double exaggeration_ = 1;
};

}  // namespace

long run_viewer(const World& world, const FrameSource& source, const ViewerOptions& options) {
  if (source.times.empty()) throw Error("there is no frame to show");
  return Window(world, source, options).run(options);
}

}  // namespace kontwin
