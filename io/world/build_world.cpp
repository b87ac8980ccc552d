#include "io/world/build_world.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <vector>

#include "io/synthesis/land.hpp"
#include "io/synthesis/network.hpp"
#include "io/synthesis/places.hpp"
#include "io/world/own_world.hpp"
#include "io/world/world_file.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "twin/content_hash.hpp"
#include "twin/error.hpp"
#include "twin/world_check.hpp"

namespace kontwin {

namespace {

/// Part of the cache key: raise it when a change of the builders changes the worlds they build.
constexpr int builder_version = 3;

std::filesystem::path world_toml(const std::filesystem::path& folder) {
  const auto file = folder / "world.toml";
  if (!std::filesystem::is_directory(folder)) {
    throw FileError(folder.string(), "there is no such folder");
  }
  if (!std::filesystem::is_regular_file(file)) {
    throw FileError(file.string(), "is missing: a world folder describes its world there");
  }
  return file;
}

/// Only a synthesised world has a `[province]`.
bool is_synthesised(const std::filesystem::path& file) {
  return TomlReader::read(file).has("province");
}

WorldParts synthesise(const std::filesystem::path& folder, const BuildProgress& progress) {
  const auto stage = [&progress](const char* name, double share) {
    if (progress) progress(name, share);
  };
  WorldParts parts;
  stage("địa hình / land", 0);
  add_land(folder, parts);
  stage("mạng lưới / network", 0.45);
  add_network(folder, parts);
  stage("địa điểm / places", 0.8);
  add_places(folder, parts);
  return parts;
}

/// Every file the world depends on: all of the folder but hidden ones, and those outside it that
/// world.toml names. Sorted, so that the order of the directory does not matter.
std::set<std::filesystem::path> inputs_of(const std::filesystem::path& folder,
                                          const std::filesystem::path& cache_dir) {
  const auto file = world_toml(folder);
  std::set<std::filesystem::path> inputs;
  std::error_code error;
  const auto cache = std::filesystem::weakly_canonical(cache_dir, error);
  std::filesystem::recursive_directory_iterator entry(folder);
  for (; entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (entry->is_directory() &&
        (hidden || std::filesystem::weakly_canonical(entry->path(), error) == cache)) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && !hidden) {
      inputs.insert(entry->path().lexically_normal());
    }
  }
  if (!is_synthesised(file)) {
    for (const auto& named : read_own_world_plan(file).files()) {
      inputs.insert(named.lexically_normal());
    }
  }
  return inputs;
}

void add_content(ContentHash& hash, const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  hash.add(static_cast<std::uint64_t>(std::filesystem::file_size(path)));
  std::vector<char> buffer(1 << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    hash.add_bytes(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) throw FileError(path.string(), "cannot be read to its end");
}

std::string errors_of(const WorldParts& parts) {
  std::string text;
  std::size_t more = 0;
  std::size_t shown = 0;
  for (const WorldProblem& problem : check_parts(parts)) {
    if (problem.severity != ProblemSeverity::error) continue;
    if (shown++ < 20) {
      text += "\n  " + problem.where + ": " + problem.reason_vi + " / " + problem.reason_en;
    } else {
      ++more;
    }
  }
  if (more > 0) text += "\n  and " + std::to_string(more) + " more";
  return text;
}

}  // namespace

WorldParts read_world_folder(const std::filesystem::path& folder, const BuildProgress& progress,
                             ImportReport* report) {
  const auto file = world_toml(folder);
  if (is_synthesised(file)) return synthesise(folder, progress);
  return import_own_world(read_own_world_plan(file), progress, report);
}

std::shared_ptr<const World> build_world(const std::filesystem::path& folder,
                                         const BuildProgress& progress, ImportReport* report) {
  WorldParts parts = read_world_folder(folder, progress, report);
  if (progress) progress("kiểm tra / check", 0.97);
  // Sealing takes the parts over; what is wrong must be found while they are still here.
  const std::string errors = errors_of(parts);
  if (!errors.empty()) {
    throw WorldError(folder.string() + ": these parts do not make a world:" + errors);
  }
  auto world = World::seal(std::move(parts));
  if (progress) progress("kiểm tra / check", 1);
  return world;
}

std::filesystem::path cached_world_path(const std::filesystem::path& folder,
                                        const std::filesystem::path& cache_dir) {
  ContentHash hash;
  hash.add(builder_version);
  try {
    for (const auto& input : inputs_of(folder, cache_dir)) {
      hash.add(std::filesystem::relative(input, folder).generic_string());
      add_content(hash, input);
    }
  } catch (const std::filesystem::filesystem_error& error) {
    throw FileError(folder.string(), error.what());
  }
  const auto named = std::filesystem::weakly_canonical(folder).filename().string();
  return cache_dir / (named + "-" + hash.finish().substr(0, 24) + ".world.h5");
}

std::shared_ptr<const World> rebuild(const std::filesystem::path& folder,
                                     const std::filesystem::path& cache_dir,
                                     const BuildProgress& progress, ImportReport* report) {
  const auto file = cached_world_path(folder, cache_dir);
  auto world = build_world(folder, progress, report);
  try {
    std::filesystem::create_directories(cache_dir);
    save_world(*world, file);
  } catch (const std::exception& error) {
    spdlog::warn("the world was built but could not be kept: {}", error.what());
  }
  return world;
}

std::shared_ptr<const World> load_or_build(const std::filesystem::path& folder,
                                           const std::filesystem::path& cache_dir,
                                           const BuildProgress& progress, ImportReport* report) {
  const auto file = cached_world_path(folder, cache_dir);
  if (std::filesystem::exists(file)) {
    try {
      if (progress) progress("đọc / load", 0);
      auto world = load_world(file);
      if (progress) progress("đọc / load", 1);
      return world;
    } catch (const Error& error) {
      spdlog::warn("a cached world cannot be used and is built again: {}", error.what());
    }
  }
  return rebuild(folder, cache_dir, progress, report);
}

}  // namespace kontwin
