#include <cstdio>

#include "app/commands.hpp"
#include "app/open_world.hpp"
#include "app/run_frames.hpp"
#include "render/picture.hpp"
#include "render/viewer.hpp"

namespace kontwin {

int run_picture(const PictureOptions& options) {
  const RunFile run(options.run);
  const auto world = open_world(options.common);
  run.require_world(*world);
  const LoadedFrame frame(run, frame_at(run, options.at));
  const Camera camera =
      parse_camera(*world, options.camera, static_cast<double>(options.width) / options.height);
  render_picture(*world, frame.scene(), camera, options.width, options.height, options.out);
  std::printf("  %s  %s\n", format_local(frame.scene().at).c_str(), options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
