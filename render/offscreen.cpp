#include "render/offscreen.hpp"

#include <osg/FrameBufferObject>
#include <osg/FrameStamp>
#include <osg/GLExtensions>
#include <osg/GraphicsContext>
#include <osgDB/Registry>
#include <osgUtil/SceneView>
#include <osgViewer/GraphicsWindow>

#include <cstdlib>

#include "render/shaders.hpp"
#include "render/virtual_display.hpp"
#include "twin/error.hpp"

// Brings in OpenSceneGraph's way to open windows, which nothing here names.
USE_GRAPHICSWINDOW()

namespace kontwin {

namespace {

constexpr int samples_a_side = 2;
constexpr int largest_px = 4096;

/// A small buffer on a display; null when the display does not serve it.
osg::ref_ptr<osg::GraphicsContext> open_on(const std::string& display) {
  osg::ref_ptr<osg::GraphicsContext::Traits> traits = new osg::GraphicsContext::Traits;
  traits->setScreenIdentifier(display);
  traits->width = 16;
  traits->height = 16;
  traits->pbuffer = true;
  traits->doubleBuffer = false;
  traits->red = traits->green = traits->blue = traits->alpha = 8;
  traits->depth = 24;
  osg::ref_ptr<osg::GraphicsContext> context = osg::GraphicsContext::createGraphicsContext(traits);
  if (!context || !context->valid() || !context->realize() || !context->makeCurrent())
    return nullptr;
  return context;
}

/// The process's own Xvfb, with one client kept open: it ends by itself after the last one.
struct OwnDisplay {
  explicit OwnDisplay(const std::string& program)
      : display(program), keeper(open_on(display.name())) {
    if (!keeper) {
      throw Error("pictures need OpenGL: Xvfb gives none on " + display.name() +
                  " (on Debian: apt-get install libgl1-mesa-dri)");
    }
    keeper->releaseContext();
  }
  ~OwnDisplay() { keeper->close(); }

  VirtualDisplay display;
  osg::ref_ptr<osg::GraphicsContext> keeper;
};

const OwnDisplay& own_display(const std::string& program) {
  // OpenSceneGraph's own singletons must outlive the context that is closed at the end.
  osgDB::Registry::instance();
  osg::GraphicsContext::getWindowingSystemInterfaces();
  static const OwnDisplay own(program);
  return own;
}

/// The mean of each square of samples.
osg::ref_ptr<osg::Image> brought_down(const osg::Image& fine) {
  osg::ref_ptr<osg::Image> image = new osg::Image;
  const int width = fine.s() / samples_a_side;
  const int height = fine.t() / samples_a_side;
  image->allocateImage(width, height, 1, GL_RGB, GL_UNSIGNED_BYTE);
  for (int row = 0; row < height; ++row) {
    unsigned char* out = image->data(0, static_cast<unsigned>(row));
    const unsigned char* const south = fine.data(0, static_cast<unsigned>(row * 2));
    const unsigned char* const north = fine.data(0, static_cast<unsigned>(row * 2 + 1));
    for (int column = 0; column < width; ++column) {
      for (int part = 0; part < 3; ++part) {
        const int at = column * 6 + part;
        const int sum = south[at] + south[at + 3] + north[at] + north[at + 3];
        *out++ = static_cast<unsigned char>((sum + 2) / 4);
      }
    }
  }
  return image;
}

}  // namespace

std::string display_name(const std::string& program) {
  const char* const given = std::getenv("DISPLAY");
  if (given != nullptr && *given != '\0') return given;
  return own_display(program).display.name();
}

struct Offscreen::Context {
  osg::ref_ptr<osg::GraphicsContext> graphics;
  unsigned frames = 0;
};

Offscreen::Offscreen() : context_(std::make_unique<Context>()) {
  const char* const given = std::getenv("DISPLAY");
  if (given != nullptr && *given != '\0') context_->graphics = open_on(given);
  // A display that is named but gone, or without OpenGL, is as good as none.
  if (!context_->graphics) context_->graphics = open_on(own_display("Xvfb").display.name());
  if (!context_->graphics) throw Error("pictures need OpenGL: no context could be made");
}

Offscreen::~Offscreen() {
  osg::GraphicsContext* const graphics = context_->graphics;
  if (graphics == nullptr) return;
  if (graphics->makeCurrent()) {
    release_programs(*graphics->getState());
    graphics->releaseContext();
  }
  graphics->close();
}

osg::ref_ptr<osg::Image> Offscreen::draw(Scene& scene, const Camera& camera, int width_px,
                                         int height_px) {
  if (width_px < 16 || height_px < 16 || width_px > largest_px || height_px > largest_px) {
    throw Error("a picture of " + std::to_string(width_px) + " x " + std::to_string(height_px) +
                " pixels: each side must be 16 to " + std::to_string(largest_px));
  }
  const int width = width_px * samples_a_side;
  const int height = height_px * samples_a_side;
  const double unit_px = std::max(0.6, height_px / 720.0) * samples_a_side;
  osg::GraphicsContext& graphics = *context_->graphics;
  if (!graphics.makeCurrent()) throw Error("the graphics context of pictures was lost");

  const View view = view_of(scene.world(), camera, width, height, unit_px);
  scene.look(view);

  osg::State& state = *graphics.getState();
  osg::ref_ptr<osg::FrameStamp> stamp = new osg::FrameStamp;
  stamp->setFrameNumber(++context_->frames);
  osg::ref_ptr<osgUtil::SceneView> pass = new osgUtil::SceneView;
  pass->setDefaults(osgUtil::SceneView::NO_SCENEVIEW_LIGHT);
  pass->setState(&state);
  pass->setFrameStamp(stamp);
  pass->setSceneData(scene.root());
  pass->setViewport(0, 0, width, height);
  pass->setViewMatrix(view.view);
  pass->setProjectionMatrix(view.projection);
  pass->setComputeNearFarMode(osg::CullSettings::DO_NOT_COMPUTE_NEAR_FAR);
  pass->setCullingMode(osg::CullSettings::VIEW_FRUSTUM_CULLING);
  pass->setDrawBufferValue(GL_COLOR_ATTACHMENT0_EXT);
  pass->setClearColor({0.835F, 0.878F, 0.914F, 1});

  osg::ref_ptr<osg::FrameBufferObject> buffer = new osg::FrameBufferObject;
  buffer->setAttachment(osg::Camera::COLOR_BUFFER,
                        osg::FrameBufferAttachment(new osg::RenderBuffer(width, height, GL_RGBA8)));
  buffer->setAttachment(osg::Camera::DEPTH_BUFFER, osg::FrameBufferAttachment(new osg::RenderBuffer(
                                                       width, height, GL_DEPTH_COMPONENT24)));
  state.initializeExtensionProcs();
  pass->init();
  pass->update();
  pass->cull();
  buffer->apply(state);
  pass->draw();
  require_programs(state);
  osg::ref_ptr<osg::Image> fine = new osg::Image;
  glReadBuffer(GL_COLOR_ATTACHMENT0_EXT);
  fine->readPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE);
  state.get<osg::GLExtensions>()->glBindFramebuffer(GL_FRAMEBUFFER_EXT, 0);
  buffer->releaseGLObjects(&state);
  const GLenum problem = glGetError();
  graphics.releaseContext();
  if (problem != GL_NO_ERROR) {
    throw Error("OpenGL refused to draw a picture: error " + std::to_string(problem));
  }
  return brought_down(*fine);
}

}  // namespace kontwin
