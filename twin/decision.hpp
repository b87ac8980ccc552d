#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twin/kpi.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// Where a decision stands. It moves proposed → approved → sent → acknowledged → done; it may be
/// rejected by a person before it is sent, or by the IOC after; it may expire before it is sent.
enum class DecisionState : std::uint8_t {
  proposed,
  approved,
  sent,
  acknowledged,
  done,
  rejected,
  expired,
};

/// Its name in files and on the wire.
std::string_view name_of(DecisionState state);

/// What people call a state.
struct DecisionWords {
  std::string_view vietnamese;
  std::string_view english;
};
DecisionWords words_of(DecisionState state);

std::optional<DecisionState> parse_decision_state(std::string_view name);
/// Whether a decision may move from one state to another.
bool may_follow(DecisionState from, DecisionState to);

/// One thing to be done, for people and machines.
struct Measure {
  std::string action;                ///< name_of(Edit): `set_road_open`, `order_evacuation`
  std::vector<std::string> targets;  ///< URNs
  std::string text_vi;
  std::string text_en;
};

/// A measure someone may order, with the run that supports it.
struct Decision {
  std::string id;  ///< UUID; also the idempotency key towards the IOC
  std::string title_vi;
  std::string title_en;
  std::string branch;    ///< name of the branch it came from
  std::string run_file;  ///< the run that supports it
  std::string world_hash;
  std::vector<Measure> measures;
  KpiList expected;  ///< KPIs of the branch
  KpiList without;   ///< KPIs of doing nothing
  Instant proposed_at;
  Instant expires_at;
  DecisionState state = DecisionState::proposed;
  std::string approved_by;
  std::string acknowledgement;  ///< what the IOC answered, word for word
};

}  // namespace kontwin
