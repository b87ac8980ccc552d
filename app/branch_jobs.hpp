#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "actors/branch_runner.hpp"
#include "io/run/run_file.hpp"
#include "scenarios/compute_arena.hpp"
#include "scenarios/decision_proposal.hpp"
#include "scenarios/file/scenario.hpp"

namespace kontwin {

/// A branch to be run and recorded.
struct BranchJob {
  Scenario scenario;
  Branch branch;
  std::filesystem::path run_file;
};

/// Reads a scenario file, with recorded series from CSV files.
Scenario read_scenario(const std::filesystem::path& path, const World& world);

/// Runs one branch and records it to its run file, whose folder is made where it is missing. Throws
/// what went wrong.
RunResult run_job(const BranchJob& job, ComputeArena& arena, BranchRunner& runner,
                  const BranchRunner::Progress& progress);

/// Runs branches side by side, each recorded to its run file, with a progress bar each. Returns how
/// each went, in order. Throws what the first failed branch threw, after all have stopped.
std::vector<RunResult> run_jobs(std::span<const BranchJob> jobs, unsigned threads);

/// The run files that jobs left, in order.
std::vector<RunFile> open_runs(std::span<const BranchJob> jobs);

}  // namespace kontwin
