#include "app/open_world.hpp"

#include <cstdio>

#include "app/asset_paths.hpp"
#include "app/progress.hpp"
#include "io/world/build_world.hpp"

namespace kontwin {

std::filesystem::path world_folder(const CommonOptions& options) {
  return options.world.empty() ? find_assets() / "kontum" : options.world;
}

std::shared_ptr<const World> open_world(const CommonOptions& options) {
  const auto folder = world_folder(options);
  ImportReport report;
  std::shared_ptr<const World> world;
  {
    Progress progress({"Mô hình tỉnh / World"});
    const auto tell = [&progress](const std::string& stage, double share) {
      progress.set(0, share, stage);
    };
    world = options.rebuild ? rebuild(folder, options.cache, tell, &report)
                            : load_or_build(folder, options.cache, tell, &report);
    progress.set(0, 1);
  }
  print_import(report);
  return world;
}

void print_import(const ImportReport& report) {
  for (const auto& [what, times] : report.counts()) std::printf("  %s: %zu\n", what.c_str(), times);
  for (const std::string& message : report.messages()) std::printf("    %s\n", message.c_str());
  if (report.messages_left_out() > 0) {
    std::printf("    … %zu more\n", report.messages_left_out());
  }
}

}  // namespace kontwin
