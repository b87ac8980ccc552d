#pragma once

#include <span>
#include <vector>

#include "twin/world.hpp"

namespace kontwin {

/// Who must hear what an entity says because it depends on it:
/// - hospitals, water works and signals hear the power facility that feeds them. Until the world
///   knows the feeders, that is taken to be the nearest one within 10 km;
/// - schools hear the river gauges of their commune.
class Neighbours {
 public:
  explicit Neighbours(const World& world);

  /// The entities that hear `speaker`, sorted.
  std::span<const EntityRef> listeners_of(EntityRef speaker) const;

 private:
  struct Listeners {
    EntityRef speaker;
    std::vector<EntityRef> listeners;
  };
  void add(EntityRef speaker, EntityRef listener);

  std::vector<Listeners> by_speaker_;  ///< sorted by speaker
};

}  // namespace kontwin
