#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "scenarios/file/edit_reader.hpp"

namespace kontwin {

/// Throws FileError, which names both, where two edits of a file contradict: at one moment they
/// want different things of the same road, lane or signal; or a measure begins while another one,
/// or a closure, holds what it needs. Also where a measure takes a name that is in force, or one
/// ends that is not. Moments and lengths of time are compared where `start` is known.
void check_conflicts(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                     const EditPlaces& places, const std::optional<Instant>& start);

}  // namespace kontwin
