#include "twin/decision.hpp"

#include <array>

namespace kontwin {

namespace {
constexpr std::array<std::string_view, 7> names{"proposed", "approved", "sent",   "acknowledged",
                                                "done",     "rejected", "expired"};
}

std::string_view name_of(DecisionState state) { return names[static_cast<std::size_t>(state)]; }

DecisionWords words_of(DecisionState state) {
  constexpr std::array<std::string_view, 7> vietnamese{
      "đề xuất", "đã duyệt", "đã gửi", "đã tiếp nhận", "đã thực hiện", "bị từ chối", "hết hạn"};
  return {vietnamese[static_cast<std::size_t>(state)], name_of(state)};
}

std::optional<DecisionState> parse_decision_state(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<DecisionState>(i);
  }
  return std::nullopt;
}

bool may_follow(DecisionState from, DecisionState to) {
  using enum DecisionState;
  switch (from) {
    case proposed:
      return to == approved || to == rejected || to == expired;
    case approved:
      return to == sent || to == rejected || to == expired;
    case sent:
      return to == acknowledged || to == rejected;
    case acknowledged:
      return to == done;
    case done:
    case rejected:
    case expired:
      return false;
  }
  return false;
}

}  // namespace kontwin
