#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/wire/decoded.hpp"
#include "twin/event.hpp"
#include "twin/frame.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The known values of one entity, by column id.
struct EntityValues {
  std::string entity;
  Instant at;
  std::map<std::string, double> values;
};

EntityValues values_of(const World& world, const StateTable& state, EntityRef entity, Instant at);

/// As a kontwin.v1.EntityState.
std::string encode_entity_state(const EntityValues& values);
Decoded<EntityValues> decode_entity_state(std::string_view bytes, const DecodeLimits& limits = {});

/// As a kontwin.v1.Event.
std::string encode_event(const Event& event, const World& world);
/// Refuses an event at an entity that the world does not have.
Decoded<Event> decode_event(std::string_view bytes, const World& world,
                            const DecodeLimits& limits = {});

/// A frame that owns what it shows.
struct OwnedFrame {
  struct Field {
    std::string name;
    std::string grid;
    Raster<float> raster;
  };
  Instant at;
  StateTable state;
  std::vector<Field> fields;
  std::vector<Mover> movers;
};

/// As a kontwin.v1.Frame; columns of which nothing is known are left out, balances too.
std::string encode_frame(const Frame& frame, const World& world);
/// Refuses a frame of another world.
Decoded<OwnedFrame> decode_frame(std::string_view bytes, const World& world,
                                 const DecodeLimits& limits = {});

}  // namespace kontwin
