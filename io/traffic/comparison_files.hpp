#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "scenarios/traffic/outputs/comparison.hpp"

namespace kontwin::traffic {

/// Writes a comparison into a folder that is there: `figures.csv`, `groups.csv`, `links.csv`, each
/// with mean_a, mean_b, difference, half_width of the confidence interval (empty where there is
/// none), p, q and significant; and `summary.txt`, the same in words, in Vietnamese and English.
/// Throws FileError.
void write_comparison(const std::filesystem::path& folder, const Comparison& comparison);

/// Writes the differences of links as lines in the coordinates of a network (where a link is in
/// either, the shape of the first that has it). Throws FileError.
void write_difference_map(const std::filesystem::path& path, const Comparison& comparison,
                          const std::vector<const Network*>& networks);

/// The comparison in words, in Vietnamese and English.
std::string to_words(const Comparison& comparison);

/// Reads what `kontwin traffic run` left: a run in the folder itself, or one in each of its folders
/// that has a `trips.csv`, by name. Throws FileError where there is none, or a table is not what it
/// should be.
std::vector<RunSummary> read_run_folders(const std::filesystem::path& folder,
                                         std::vector<std::string>* names = nullptr);

/// Whether there is something that read_run_folders could read.
bool holds_runs(const std::filesystem::path& folder);

}  // namespace kontwin::traffic
