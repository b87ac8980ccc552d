#include <cstdio>

#include "app/commands.hpp"
#include "io/run/run_file.hpp"

namespace kontwin {

int run_mend(const MendOptions& options) {
  for (const auto& path : options.runs) {
    const bool mended = mend_run(path);
    const RunFile run(path);
    std::printf("  %s: %s; %zu khung hình / frames", path.string().c_str(),
                mended ? "đã sửa / mended" : "nguyên vẹn / nothing to mend", run.frames());
    if (run.frames() > 0) std::printf(", → %s", format_local(run.times().back()).c_str());
    std::printf("; %s\n", run.header().complete ? "chạy xong / complete"
                                                : "dừng giữa chừng / stopped before its end");
  }
  return 0;
}

}  // namespace kontwin
