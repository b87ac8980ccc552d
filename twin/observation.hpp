#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "twin/entity_ref.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// How good a measurement is, as its source says.
enum class Quality : std::uint8_t { good, suspect, estimated };

/// One timestamped measurement of one property of one entity, as it comes from outside.
struct Observation {
  std::string entity;    ///< URN
  std::string property;  ///< id of a state column of that kind: `stage_m`
  double value = 0;
  Instant observed_at;
  std::string source;  ///< who sent it: `mqtt:vndms`, `replay`
  Quality quality = Quality::good;
};

/// Why an observation was not taken. Each reason has its own counter.
enum class Refusal : std::uint8_t {
  malformed,  ///< the message could not be decoded
  unknown_entity,
  unknown_property,
  not_a_number,     ///< NaN or infinite
  out_of_range,     ///< outside what the schema says is possible
  from_the_future,  ///< observed later than now plus the allowed clock error
  too_old,          ///< older than the newest one of the same property
  overload,         ///< shed because the mirror could not keep up
};
inline constexpr std::size_t refusal_count = 8;

/// `unknown_entity`, ...: as the counters and the API name it.
std::string_view name_of(Refusal refusal);

/// An observation whose names were looked up and whose value was checked: what an actor gets.
struct Reading {
  EntityRef entity;
  std::size_t column = 0;
  double value = 0;
  Instant observed_at;
};

}  // namespace kontwin
