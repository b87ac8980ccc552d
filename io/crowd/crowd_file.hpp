#pragma once

#include <filesystem>

#include "scenarios/evacuation/crowd/crowd_scenario.hpp"

namespace kontwin::crowd {

/// Reads a scenario of a crowd (`*.crowd.toml`, docs/crowd-files.md): the place, from files of
/// geometry or written out, the people, what happens, what is measured. Throws FileError with file,
/// line and field for whatever is missing, misspelt, out of range or not there. What is wrong with
/// the place itself is left to `problems_of`.
CrowdScenario read_crowd(const std::filesystem::path& path);

}  // namespace kontwin::crowd
