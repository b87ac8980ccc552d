#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/wire/decoded.hpp"
#include "twin/decision.hpp"

namespace kontwin {

/// A decision as a kontwin.v1.Decision.
std::string encode_decision(const Decision& decision);
Decoded<Decision> decode_decision(std::string_view bytes, const DecodeLimits& limits = {});

/// A decision as JSON: what the IOC gets, and what the store keeps (docs/formats.md).
std::string encode_decision_json(const Decision& decision);
Decoded<Decision> decode_decision_json(std::string_view json, const DecodeLimits& limits = {});

/// What must hold for a decision from outside: an id, a title, at least one measure with an action,
/// and texts and lists within the limits. Nothing when it holds.
std::optional<DecodeError> check_decision(const Decision& decision,
                                          const DecodeLimits& limits = {});

}  // namespace kontwin
