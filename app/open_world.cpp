#include "app/open_world.hpp"

#include "app/asset_paths.hpp"
#include "app/progress.hpp"
#include "io/world/build_world.hpp"

namespace kontwin {

std::shared_ptr<const World> open_world(const CommonOptions& options) {
  const auto folder = options.world.empty() ? find_assets() / "kontum" : options.world;
  Progress progress({"Mô hình tỉnh / World"});
  const auto report = [&progress](const std::string& stage, double share) {
    progress.set(0, share, stage);
  };
  auto world = options.rebuild ? rebuild(folder, options.cache, report)
                               : load_or_build(folder, options.cache, report);
  progress.set(0, 1, "");
  return world;
}

}  // namespace kontwin
