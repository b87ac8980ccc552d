#pragma once

#include <filesystem>
#include <span>

#include "app/branch_jobs.hpp"
#include "app/commands.hpp"
#include "app/live_flood.hpp"

namespace kontwin {

/// Draws the pictures of the demo, writes its report into `options.out`, and returns the page's
/// path.
std::filesystem::path write_demo_report(const DemoOptions& options, const World& world,
                                        const LiveFlood& flood, std::span<const BranchJob> jobs,
                                        std::span<const RunResult> results,
                                        const Decision& decision);

}  // namespace kontwin
