#include "io/wire/observation_wire.hpp"

#include <kontwin/v1/kontwin.pb.h>

#include "io/wire/wire_parse.hpp"

namespace kontwin {

namespace {

std::optional<DecodeError> problem_of(const v1::Observation& observation, std::size_t index,
                                      const DecodeLimits& limits) {
  const auto wrong = [index](const char* field, const char* reason) {
    return DecodeError{item("observations", index) + "." + field, reason};
  };
  if (observation.entity().empty()) return wrong("entity", "is missing");
  if (observation.property().empty()) return wrong("property", "is missing");
  if (observation.entity().size() > limits.name_bytes) return wrong("entity", "is too long");
  if (observation.property().size() > limits.name_bytes) return wrong("property", "is too long");
  if (observation.source().size() > limits.name_bytes) return wrong("source", "is too long");
  if (!is_moment(observation.observed_at_ms())) return wrong("observed_at_ms", "is no moment");
  if (!v1::Quality_IsValid(observation.quality())) return wrong("quality", "is not known");
  return std::nullopt;
}

}  // namespace

std::string encode_observations(std::span<const Observation> observations) {
  v1::ObservationBatch batch;
  for (const Observation& observation : observations) {
    v1::Observation& target = *batch.add_observations();
    target.set_entity(observation.entity);
    target.set_property(observation.property);
    target.set_value(observation.value);
    target.set_observed_at_ms(observation.observed_at.time_since_epoch().count());
    target.set_source(observation.source);
    target.set_quality(static_cast<v1::Quality>(observation.quality));
  }
  return batch.SerializeAsString();
}

DecodedObservations decode_observations(std::string_view bytes, std::string_view default_source,
                                        const DecodeLimits& limits) {
  DecodedObservations decoded;
  v1::ObservationBatch batch;
  if (auto problem = parse_message(bytes, limits.message_bytes, batch)) {
    decoded.errors.push_back(std::move(*problem));
    return decoded;
  }
  const auto count = static_cast<std::size_t>(batch.observations_size());
  if (count > limits.observations) {
    decoded.errors.push_back({"observations", std::to_string(count) + " are more than the " +
                                                  std::to_string(limits.observations) +
                                                  " that are taken"});
    return decoded;
  }
  decoded.observations.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    v1::Observation& observation = *batch.mutable_observations(static_cast<int>(i));
    if (auto problem = problem_of(observation, i, limits)) {
      decoded.errors.push_back(std::move(*problem));
      continue;
    }
    decoded.observations.push_back(
        {std::move(*observation.mutable_entity()), std::move(*observation.mutable_property()),
         observation.value(), Instant{Duration{observation.observed_at_ms()}},
         observation.source().empty() ? std::string(default_source)
                                      : std::move(*observation.mutable_source()),
         static_cast<Quality>(observation.quality())});
  }
  return decoded;
}

}  // namespace kontwin
