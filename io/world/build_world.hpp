#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "io/import/import_report.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Told which stage a build is in and which share of the whole is done, 0 to 1.
using BuildProgress = std::function<void(const std::string& stage, double share)>;

/// Reads what a world folder describes, without sealing it. The folder holds `world.toml` and what
/// it names (docs/importing.md). With a `[province]` table it is a folder of compact facts that the
/// world is synthesised from (io/synthesis); else it names the user's own files: terrain, roads,
/// rivers and entities. What the importers repaired or left out is added to `report`. Throws
/// FileError naming file, line and field; a field that does not belong there is refused.
WorldParts read_world_folder(const std::filesystem::path& folder,
                             const BuildProgress& progress = {}, ImportReport* report = nullptr);

/// Builds the world of a folder. The same folder gives the same world, bit for bit. Throws
/// FileError as above, and WorldError with all errors of check_parts when the parts do not make a
/// world.
std::shared_ptr<const World> build_world(const std::filesystem::path& folder,
                                         const BuildProgress& progress = {},
                                         ImportReport* report = nullptr);

/// The same through a cache: the file is named by the world and a hash of the folder's files, of
/// the files outside it that world.toml names, and of the builder's version; so a changed input is
/// a new file. A cached file that cannot be read is told in the log and built again. Throws as
/// build_world does; a cache that cannot be written is told in the log and costs only the time.
std::shared_ptr<const World> load_or_build(const std::filesystem::path& folder,
                                           const std::filesystem::path& cache_dir,
                                           const BuildProgress& progress = {},
                                           ImportReport* report = nullptr);

/// Builds even where the cache has the world, and puts it there.
std::shared_ptr<const World> rebuild(const std::filesystem::path& folder,
                                     const std::filesystem::path& cache_dir,
                                     const BuildProgress& progress = {},
                                     ImportReport* report = nullptr);

/// Where the cache keeps the world of a folder as it is now. Throws FileError when the folder or
/// one of its files cannot be read.
std::filesystem::path cached_world_path(const std::filesystem::path& folder,
                                        const std::filesystem::path& cache_dir);

}  // namespace kontwin
