#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/traffic/micro/micro_zone.hpp"
#include "scenarios/traffic/micro_choice.hpp"
#include "scenarios/traffic/partition.hpp"

namespace kontwin::traffic {

/// A microscopic zone among the queues of the rest, and what was agreed on at its border.
///
/// All links into the zone's junctions are in it. Who comes from a queue or the roadside waits at
/// the gate of its lane as at any other, for the headway of the lane, and until the zone has room
/// at its start; it comes in as fast as it may and can brake comfortably. Who drives out keeps a
/// place in a lane outside from when it can no longer stop; where that lane is full, or others came
/// first, it waits in the zone, and in turn. The zone steps when all events before the end of its
/// step have happened.
struct ZoneBorder {
  /// Throws ScenarioError for types that cannot be driven as individuals.
  ZoneBorder(std::shared_ptr<const Network> network, const ConnectedJunctions& chosen,
             std::span<const VehicleType> types, const micro::MicroOptions& options);

  micro::MicroZone zone;
  std::vector<std::uint32_t> junctions;
  std::vector<CarHundredths> room_of_type;

  /// A vehicle that will drive out for certain, and the lane in which a place is kept for it.
  struct Promise {
    std::uint32_t slot = no_row, lane = no_row;
  };
  std::vector<Promise> promises;
  /// A vehicle that stands beside its lane, and when it wants to drive on.
  struct InBay {
    std::uint32_t slot = no_row, lane = no_row;
    double position_m = 0;
    Micros until = never;
  };
  std::vector<InBay> bays;
  std::size_t in_bays_of(std::uint32_t lane) const {
    return static_cast<std::size_t>(std::ranges::count(bays, lane, &InBay::lane));
  }
  /// The first of a lane of the zone, among those who wait for a lane outside; once it is its turn,
  /// a place is kept for a while, until somebody asks for it.
  struct Claim {
    std::uint32_t line = no_row, lane = no_row;
    CarHundredths room = 0;
    Micros granted = never;
  };
  std::vector<Claim> claims;
};

/// The parts of a network with zones: each zone is in one, with the junctions that its links come
/// from.
Partition cut_around(const Network& network, std::span<const ZoneBorder> zones, Micros least);

}  // namespace kontwin::traffic
