#include "io/wire/state_wire.hpp"

#include <kontwin/v1/kontwin.pb.h>

#include <algorithm>
#include <cmath>

#include "io/wire/wire_parse.hpp"

namespace kontwin {

namespace {

constexpr std::size_t event_types = 15;
constexpr std::size_t severities = 3;

/// The value of an enumeration with this name.
template <typename Enum>
std::optional<Enum> parse_enum(std::string_view name, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

EntityValues values_of(const World& world, const StateTable& state, EntityRef entity, Instant at) {
  EntityValues values{world.urn(entity), at, {}};
  const auto columns = schema_of(entity.kind).columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double value = state.at(entity, i);
    if (!std::isnan(value)) values.values.emplace(columns[i].id, value);
  }
  return values;
}

std::string encode_entity_state(const EntityValues& values) {
  v1::EntityState message;
  message.set_entity(values.entity);
  message.set_at_ms(values.at.time_since_epoch().count());
  for (const auto& [id, value] : values.values) (*message.mutable_values())[id] = value;
  return message.SerializeAsString();
}

Decoded<EntityValues> decode_entity_state(std::string_view bytes, const DecodeLimits& limits) {
  v1::EntityState message;
  if (auto problem = parse_message(bytes, limits.message_bytes, message)) return *problem;
  if (message.entity().empty() || message.entity().size() > limits.name_bytes) {
    return DecodeError{"entity", "is missing or too long"};
  }
  if (!is_moment(message.at_ms())) return DecodeError{"at_ms", "is no moment"};
  EntityValues values{message.entity(), Instant{Duration{message.at_ms()}}, {}};
  values.values.insert(message.values().begin(), message.values().end());
  return values;
}

std::string encode_event(const Event& event, const World& world) {
  v1::Event message;
  message.set_at_ms(event.at.time_since_epoch().count());
  message.set_entity(world.urn(event.entity));
  message.set_type(std::string(name_of(event.type)));
  message.set_value(event.value);
  message.set_severity(std::string(name_of(event.severity)));
  return message.SerializeAsString();
}

Decoded<Event> decode_event(std::string_view bytes, const World& world,
                            const DecodeLimits& limits) {
  v1::Event message;
  if (auto problem = parse_message(bytes, limits.message_bytes, message)) return *problem;
  const auto entity = world.find(message.entity());
  if (!entity) return DecodeError{"entity", "is not in world " + world.name()};
  const auto type = parse_enum<EventType>(message.type(), event_types);
  if (!type) return DecodeError{"type", "is no type of event"};
  const auto severity = parse_enum<Severity>(message.severity(), severities);
  if (!severity) return DecodeError{"severity", "is not notice, warning or alarm"};
  if (!is_moment(message.at_ms())) return DecodeError{"at_ms", "is no moment"};
  return Event{Instant{Duration{message.at_ms()}}, *entity, *type, message.value(), *severity};
}

}  // namespace kontwin
