#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/wire/decoded.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// The observations of one message. A message may be sound while some of its observations are not:
/// the sound ones are taken, the others listed.
struct DecodedObservations {
  std::vector<Observation> observations;
  std::vector<DecodeError> errors;  ///< one for each observation that was not taken, or one for all

  bool sound() const { return errors.empty(); }
};

/// Observations as a kontwin.v1.ObservationBatch.
std::string encode_observations(std::span<const Observation> observations);

/// Reads a kontwin.v1.ObservationBatch. Observations without a source get `default_source`. Values
/// are taken as they are, NaN too: whether a value is possible is not the wire's to say.
DecodedObservations decode_observations(std::string_view bytes, std::string_view default_source,
                                        const DecodeLimits& limits = {});

/// Reads observations from JSON (docs/formats.md): one of, or a list of,
/// - the compact form `{"entity": URN, "property": "stage_m", "value": 518.2, "observedAt": "..."}`
///   with `source` and `quality` optional,
/// - an NGSI-LD entity `{"id": URN, "stage_m": {"type": "Property", "value": 518.2, "observedAt":
///   "..."}}`, each property an observation; members that are no properties are passed over.
DecodedObservations decode_observations_json(std::string_view json, std::string_view default_source,
                                             const DecodeLimits& limits = {});

/// One observation in the compact form.
std::string encode_observation_json(const Observation& observation);

}  // namespace kontwin
