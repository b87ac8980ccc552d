#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/slope/flood_vehicles.hpp"
#include "scenarios/slope/slope_options.hpp"
#include "scenarios/water_field.hpp"
#include "twin/frame.hpp"
#include "twin/kpi.hpp"
#include "twin/run_table.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// A vehicle that water carried off.
struct SweptVehicle {
  enum class End : std::uint8_t { aground, jammed, at_bridge, adrift, left };

  Instant at;  ///< the end of the window in which the water first came over its limit
  FloodVehicle kind = FloodVehicle::small_car;
  EntityRef from;               ///< the road it stood on, or the parking
  LocalPoint stood, rest;       ///< where; `rest`: where it was last seen
  End end = End::aground;       ///< as VehicleFate; or held by a bridge
  std::uint32_t road = no_row;  ///< the link that it lies across or the bridge that holds it
};
constexpr std::size_t swept_ends = 5;
/// As what it is drawn.
Mover::Kind mover_of(FloodVehicle kind);
/// `aground`, ...
std::string_view name_of(SweptVehicle::End end);

/// Which vehicles the water of a run sweeps off, and where they come to rest. In the window in
/// which depth and speed of a link's water first stop a kind of vehicle (impassable_for), those who
/// are on the link then, and those parked at a parking, are put into the water round it as Bullet
/// bodies (FloodVehicles) for two minutes; the water stays as it is meanwhile. Of traffic only the
/// number on a link is known: kinds are drawn by the shares of a fleet from those that could still
/// be there, places along the link evenly. A link stands on its deck. A bridge holds what floats
/// against it with less room under it than the body stands out of the water.
class SweptVehicles {
 public:
  /// All must outlive it.
  SweptVehicles(const World& world, const WaterField& water, const SlopeOptions& options,
                std::uint64_t seed, ComputeArena& arena);

  /// After the water of a window is known, before traffic moves in it. Counts the swept of each
  /// link in its column swept_vehicles. The links that vehicles lie across from now on, in order of
  /// time, each once. The first call only looks: what stood in the way before was not seen.
  std::vector<std::uint32_t> advance(StateTable& state, Instant now);

  const std::vector<SweptVehicle>& all() const { return swept_; }
  /// A row each: when, what, from where, to where.
  RunTable table() const;
  void add_kpis(KpiList& kpis) const;

 private:
  /// Vehicles that stand somewhere as the water comes.
  struct Try {
    EntityRef from;
    unsigned before = 0;  ///< whom the water stopped already
    std::size_t count = 0;
  };
  struct Case;
  std::vector<Try> find(const StateTable& state);
  void look_at(Kind kind, std::span<const double> stopped, std::span<const double> count,
               std::vector<Try>& tries);
  std::vector<StandingVehicle> standing(const Try& one, std::vector<FloodVehicle>& kinds) const;
  Case prepare(const Try& one) const;
  void run(Case& one) const;

  const World& world_;
  const WaterField& water_;
  const SlopeOptions& options_;
  std::uint64_t seed_;
  ComputeArena& arena_;
  std::vector<LocalBox> box_;                           // [road]
  std::vector<std::uint32_t> bridges_;                  // one of both directions
  std::vector<unsigned> tried_roads_, tried_parkings_;  // [row] kinds that the water has stopped
  std::vector<std::size_t> gone_;                       // [parking]
  bool looked_ = false;
  std::size_t tried_ = 0, crossed_ = 0;
  std::vector<SweptVehicle> swept_;
};

}  // namespace kontwin::slope
