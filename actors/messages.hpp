#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/underway.hpp"
#include "twin/event.hpp"
#include "twin/observation.hpp"

// Every message between our actors, and who takes it. None leaves the process: between machines
// entities will speak Protobuf.
namespace kontwin {

// -- mirror --------------------------------------------------------------------------------------

/// Part of the readings of one call to Mirror::ingest, sorted by district, then entity: first those
/// of a district, then those of one entity. The readings are shared, not copied.
struct Readings {
  std::shared_ptr<const std::vector<Reading>> all;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Instant now;
  Underway::Epoch epoch = 0;
};

/// Time has passed.
struct Tick {
  Instant now;
  Underway::Epoch epoch = 0;
};

/// An entity you depend on said something.
struct Heard {
  Event event;
  Underway::Epoch epoch = 0;
};

/// A value of your row that the mirror works out from many entities: whether you are cut off.
struct WorkedOut {
  std::size_t column = 0;
  double value = 0;
  Instant now;
  Underway::Epoch epoch = 0;
};

/// Fail, as a rule with a mistake in it would.
struct Fail {
  Instant now;
  Underway::Epoch epoch = 0;
};

/// What entities have to say, on its way out.
struct Said {
  std::vector<Event> events;
  Underway::Epoch epoch = 0;
};

/// Whether a road link can be used now.
struct RoadUsable {
  std::uint32_t road = 0;
  bool usable = true;
  Instant now;
  Underway::Epoch epoch = 0;
};

/// Work out who is cut off, once for all the links that changed before.
struct WorkOutReach {
  Instant now;
  Underway::Epoch epoch = 0;
};

/// One entity of the mirror.
using LiveEntityActor =
    caf::typed_actor<caf::reacts_to<Readings>, caf::reacts_to<Tick>, caf::reacts_to<Heard>,
                     caf::reacts_to<WorkedOut>, caf::reacts_to<Fail>>;
/// Hands the readings of a district to its entities and wakes those whose time is up.
using DistrictActor = caf::typed_actor<caf::reacts_to<Readings>, caf::reacts_to<Tick>>;
/// Calls the mirror's event handler.
using EventHubActor = caf::typed_actor<caf::reacts_to<Said>>;
/// Tells hospitals, health stations and shelters when they are cut off.
using LiveReachActor = caf::typed_actor<caf::reacts_to<RoadUsable>, caf::reacts_to<WorkOutReach>>;

// -- branch --------------------------------------------------------------------------------------

class DecisionRound;

/// Decide about the entity's share of a round; the answer is written into the round.
struct Decide {
  std::shared_ptr<DecisionRound> round;
  std::size_t share = 0;
};

/// One entity of a branch.
using BranchEntityActor = caf::typed_actor<caf::reacts_to<Decide>>;

}  // namespace kontwin

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Readings)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Heard)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::WorkedOut)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Fail)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Said)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::RoadUsable)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::WorkOutReach)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(kontwin::Decide)
