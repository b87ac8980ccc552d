#pragma once

#include <cstdint>
#include <vector>

#include "twin/driving_graph.hpp"
#include "twin/impact.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Keeps book of which homes, hospitals, health stations, schools, shelters and farm plots stand in
/// water (0.1 m or more), and from which of them no way leads by car to a hospital or to the seat
/// of a commune (a government office): from when to when.
///
/// A way is of links that are open, free of debris, with water below 0.3 m that a small car
/// withstands (flood::Traveller), and of turns that cars may make. A hospital counts while less
/// than 0.3 m of water stands at it. Who has no way on the dry network is not counted as cut off,
/// and neither are farm plots, which have no junction.
class ImpactLog {
 public:
  /// The world must outlive it.
  explicit ImpactLog(const World& world);

  /// Takes in the state at the end of an exchange.
  void note(const StateTable& state, Instant now);
  /// All spells so far, by their beginning, kind and entity; those that are not over have no end.
  std::vector<ImpactSpell> spells() const;

 private:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
  struct Place {
    EntityRef entity;
    std::uint32_t junction;
    std::uint32_t open[impact_kind_count];  ///< index of the spell that goes on, or none
    bool had_way[impact_kind_count];        ///< on the dry network
  };

  bool take_links(const StateTable& state);
  std::vector<std::uint32_t> hospitals(const StateTable* state) const;
  void note(Place& place, ImpactKind kind, bool holds, const StateTable& state, Instant now);

  const World& world_;
  DrivingGraph graph_;
  std::vector<std::uint8_t> usable_;  ///< [road]
  std::vector<std::uint32_t> seats_;  ///< junctions of the offices
  std::vector<std::uint32_t> working_hospitals_;
  std::vector<std::uint8_t> to_hospital_, to_seat_;  ///< [junction]
  std::vector<Place> places_;
  std::vector<ImpactSpell> spells_;
};

}  // namespace kontwin
