#pragma once

#include <filesystem>
#include <memory>

#include "io/synthesis/land.hpp"
#include "io/synthesis/network.hpp"
#include "io/synthesis/places.hpp"
#include "tests/io/synthesis/land_folder.hpp"
#include "twin/world.hpp"

namespace kontwin::testing {

inline std::filesystem::path sample_folder() { return kontum_assets(); }

/// The land of the Kon Tum sample world on grids two and three times as coarse as they are shipped,
/// to be quick; made once a program.
inline const WorldParts& sample_land() {
  static const WorldParts land = [] {
    const LandFolder folder;
    folder.replace("world.toml", "cell_m = 90.0", "cell_m = 270.0");
    folder.replace("world.toml", "cell_m = 20.0", "cell_m = 40.0");
    folder.replace("world.toml", "cell_m = 20.0", "cell_m = 40.0");
    WorldParts parts;
    add_land(folder.path(), parts);
    return parts;
  }();
  return land;
}

/// The land of the Kon Tum sample world as it is shipped; made once a program.
inline const WorldParts& shipped_land() {
  static const WorldParts land = [] {
    WorldParts parts;
    add_land(sample_folder(), parts);
    return parts;
  }();
  return land;
}

/// The sample world with roads and places on that land, made once a program.
inline const World& sample_world() {
  static const std::shared_ptr<const World> world = [] {
    WorldParts parts = sample_land();
    add_network(sample_folder(), parts);
    add_places(sample_folder(), parts);
    return World::seal(std::move(parts));
  }();
  return *world;
}

}  // namespace kontwin::testing
