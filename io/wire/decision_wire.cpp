#include "io/wire/decision_wire.hpp"

#include <kontwin/v1/kontwin.pb.h>

#include "io/wire/wire_parse.hpp"

namespace kontwin {

namespace {

void encode_kpis(const KpiList& kpis, google::protobuf::RepeatedPtrField<v1::Kpi>& target) {
  for (const Kpi& kpi : kpis) {
    v1::Kpi& message = *target.Add();
    message.set_id(kpi.id);
    message.set_label_vi(kpi.label_vi);
    message.set_label_en(kpi.label_en);
    message.set_unit(kpi.unit);
    message.set_value(kpi.value);
    message.set_better(static_cast<v1::Kpi::Better>(kpi.better));
  }
}

std::optional<KpiList> decode_kpis(const google::protobuf::RepeatedPtrField<v1::Kpi>& kpis) {
  KpiList decoded;
  for (const v1::Kpi& kpi : kpis) {
    if (!v1::Kpi::Better_IsValid(kpi.better())) return std::nullopt;
    decoded.push_back({kpi.id(), kpi.label_vi(), kpi.label_en(), kpi.unit(), kpi.value(),
                       static_cast<Kpi::Better>(kpi.better())});
  }
  return decoded;
}

}  // namespace

std::string encode_decision(const Decision& decision) {
  v1::Decision message;
  message.set_id(decision.id);
  message.set_title_vi(decision.title_vi);
  message.set_title_en(decision.title_en);
  message.set_branch(decision.branch);
  message.set_run_file(decision.run_file);
  message.set_world_hash(decision.world_hash);
  for (const Measure& measure : decision.measures) {
    v1::Measure& target = *message.add_measures();
    target.set_action(measure.action);
    for (const std::string& urn : measure.targets) target.add_targets(urn);
    target.set_text_vi(measure.text_vi);
    target.set_text_en(measure.text_en);
  }
  encode_kpis(decision.expected, *message.mutable_expected());
  encode_kpis(decision.without, *message.mutable_without());
  message.set_proposed_at_ms(decision.proposed_at.time_since_epoch().count());
  message.set_expires_at_ms(decision.expires_at.time_since_epoch().count());
  message.set_state(static_cast<v1::DecisionState>(decision.state));
  message.set_approved_by(decision.approved_by);
  message.set_acknowledgement(decision.acknowledgement);
  return message.SerializeAsString();
}

Decoded<Decision> decode_decision(std::string_view bytes, const DecodeLimits& limits) {
  v1::Decision message;
  if (auto problem = parse_message(bytes, limits.message_bytes, message)) return *problem;
  if (!v1::DecisionState_IsValid(message.state())) return DecodeError{"state", "is not known"};
  if (!is_moment(message.proposed_at_ms())) return DecodeError{"proposed_at_ms", "is no moment"};
  if (!is_moment(message.expires_at_ms())) return DecodeError{"expires_at_ms", "is no moment"};
  auto expected = decode_kpis(message.expected());
  auto without = decode_kpis(message.without());
  if (!expected) return DecodeError{"expected", "has a KPI with an unknown direction"};
  if (!without) return DecodeError{"without", "has a KPI with an unknown direction"};
  Decision decision;
  decision.id = message.id();
  decision.title_vi = message.title_vi();
  decision.title_en = message.title_en();
  decision.branch = message.branch();
  decision.run_file = message.run_file();
  decision.world_hash = message.world_hash();
  for (const v1::Measure& measure : message.measures()) {
    decision.measures.push_back({measure.action(),
                                 {measure.targets().begin(), measure.targets().end()},
                                 measure.text_vi(),
                                 measure.text_en()});
  }
  decision.expected = std::move(*expected);
  decision.without = std::move(*without);
  decision.proposed_at = Instant{Duration{message.proposed_at_ms()}};
  decision.expires_at = Instant{Duration{message.expires_at_ms()}};
  decision.state = static_cast<DecisionState>(message.state());
  decision.approved_by = message.approved_by();
  decision.acknowledgement = message.acknowledgement();
  if (auto problem = check_decision(decision, limits)) return *problem;
  return decision;
}

std::optional<DecodeError> check_decision(const Decision& decision, const DecodeLimits& limits) {
  if (decision.id.empty()) return DecodeError{"id", "is missing"};
  if (decision.id.size() > limits.name_bytes) return DecodeError{"id", "is too long"};
  if (decision.title_vi.empty() && decision.title_en.empty()) {
    return DecodeError{"title_vi", "is missing"};
  }
  for (const auto& [name, text] :
       {std::pair<const char*, const std::string&>{"title_vi", decision.title_vi},
        {"title_en", decision.title_en},
        {"branch", decision.branch},
        {"run_file", decision.run_file},
        {"approved_by", decision.approved_by},
        {"acknowledgement", decision.acknowledgement}}) {
    if (text.size() > limits.text_bytes) return DecodeError{name, "is too long"};
  }
  if (decision.measures.empty()) return DecodeError{"measures", "are missing"};
  if (decision.measures.size() > limits.list_items) return DecodeError{"measures", "are too many"};
  for (std::size_t i = 0; i < decision.measures.size(); ++i) {
    const Measure& measure = decision.measures[i];
    const std::string place = item("measures", i);
    if (measure.action.empty()) return DecodeError{place + ".action", "is missing"};
    if (measure.action.size() > limits.name_bytes)
      return DecodeError{place + ".action", "is too long"};
    if (measure.targets.size() > limits.list_items)
      return DecodeError{place + ".targets", "are too many"};
    if (measure.text_vi.size() > limits.text_bytes || measure.text_en.size() > limits.text_bytes) {
      return DecodeError{place, "has too long a text"};
    }
  }
  if (decision.expected.size() > limits.list_items || decision.without.size() > limits.list_items) {
    return DecodeError{"expected", "or without: too many KPIs"};
  }
  return std::nullopt;
}

}  // namespace kontwin
