#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "io/wire/decision_wire.hpp"
#include "io/wire/wire_parse.hpp"

// Decisions as JSON. Read with nlohmann, not simdjson: there are few of them, and they are deep.
namespace kontwin {

namespace {

/// Written in the order of the documentation. Read into a map: each member of an ordered object is
/// looked for among all before it, and one message could hold half a million.
using Json = nlohmann::ordered_json;
using ReadJson = nlohmann::json;

constexpr std::array<const char*, 3> directions{"lower", "higher", "neither"};

Json kpis_to_json(const KpiList& kpis) {
  Json list = Json::array();
  for (const Kpi& kpi : kpis) {
    list.push_back({{"id", kpi.id},
                    {"label_vi", kpi.label_vi},
                    {"label_en", kpi.label_en},
                    {"unit", kpi.unit},
                    {"value", std::isfinite(kpi.value) ? Json(kpi.value) : Json(nullptr)},
                    {"better", directions[static_cast<std::size_t>(kpi.better)]}});
  }
  return list;
}

/// Stops the reading of one decision; never leaves this file.
struct Stop {
  DecodeError error;
};

const ReadJson& member(const ReadJson& object, const std::string& place, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Stop{{place + name, "is missing"}};
  return *found;
}

std::string text(const ReadJson& object, const std::string& place, const char* name,
                 bool required) {
  if (!required && !object.contains(name)) return {};
  const ReadJson& value = member(object, place, name);
  if (!value.is_string()) throw Stop{{place + name, "is not a text"}};
  return value.get<std::string>();
}

Instant moment(const ReadJson& object, const char* name) {
  const auto at = parse_instant(text(object, "", name, true));
  if (!at) throw Stop{{name, "is not a moment with an offset from UTC"}};
  return *at;
}

/// Calls `read(item, place)` for each object of a list; a list that is not there is empty.
template <typename Read>
void each(const ReadJson& object, const char* name, std::size_t most, Read read) {
  if (!object.contains(name)) return;
  const ReadJson& list = object[name];
  if (!list.is_array()) throw Stop{{name, "is not a list"}};
  if (list.size() > most) throw Stop{{name, "is too long"}};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = item(name, i);
    if (!list[i].is_object()) throw Stop{{place, "is not an object"}};
    read(list[i], place + ".");
  }
}

Kpi read_kpi(const ReadJson& object, const std::string& place) {
  Kpi kpi{text(object, place, "id", true),          text(object, place, "label_vi", false),
          text(object, place, "label_en", false),   text(object, place, "unit", false),
          std::numeric_limits<double>::quiet_NaN(), Kpi::Better::lower};
  const ReadJson& value = member(object, place, "value");
  if (value.is_number()) {
    kpi.value = value.get<double>();
  } else if (!value.is_null()) {
    throw Stop{{place + "value", "is neither a number nor null"}};
  }
  const std::string better = text(object, place, "better", false);
  if (better.empty()) return kpi;
  const auto* const direction = std::ranges::find(directions, better);
  if (direction == directions.end()) {
    throw Stop{{place + "better", "is not lower, higher or neither"}};
  }
  kpi.better = static_cast<Kpi::Better>(direction - directions.begin());
  return kpi;
}

Measure read_measure(const ReadJson& object, const std::string& place, const DecodeLimits& limits) {
  Measure measure{text(object, place, "action", true),
                  {},
                  text(object, place, "text_vi", false),
                  text(object, place, "text_en", false)};
  if (!object.contains("targets")) return measure;
  const ReadJson& targets = object["targets"];
  if (!targets.is_array()) throw Stop{{place + "targets", "is not a list"}};
  if (targets.size() > limits.list_items) throw Stop{{place + "targets", "is too long"}};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!targets[i].is_string()) throw Stop{{item(place + "targets", i), "is not a text"}};
    measure.targets.push_back(targets[i].get<std::string>());
  }
  return measure;
}

Decision read_decision(const ReadJson& root, const DecodeLimits& limits) {
  Decision decision;
  decision.id = text(root, "", "id", true);
  decision.title_vi = text(root, "", "title_vi", false);
  decision.title_en = text(root, "", "title_en", false);
  decision.branch = text(root, "", "branch", false);
  decision.run_file = text(root, "", "run_file", false);
  decision.world_hash = text(root, "", "world_hash", false);
  each(root, "measures", limits.list_items, [&](const ReadJson& object, const std::string& place) {
    decision.measures.push_back(read_measure(object, place, limits));
  });
  each(root, "expected", limits.list_items, [&](const ReadJson& object, const std::string& place) {
    decision.expected.push_back(read_kpi(object, place));
  });
  each(root, "without", limits.list_items, [&](const ReadJson& object, const std::string& place) {
    decision.without.push_back(read_kpi(object, place));
  });
  decision.proposed_at = moment(root, "proposed_at");
  decision.expires_at = moment(root, "expires_at");
  const auto state = parse_decision_state(text(root, "", "state", true));
  if (!state) throw Stop{{"state", "is no state of a decision"}};
  decision.state = *state;
  decision.approved_by = text(root, "", "approved_by", false);
  decision.acknowledgement = text(root, "", "acknowledgement", false);
  return decision;
}

}  // namespace

std::string encode_decision_json(const Decision& decision) {
  Json measures = Json::array();
  for (const Measure& measure : decision.measures) {
    measures.push_back({{"action", measure.action},
                        {"targets", measure.targets},
                        {"text_vi", measure.text_vi},
                        {"text_en", measure.text_en}});
  }
  const Json root{{"id", decision.id},
                  {"title_vi", decision.title_vi},
                  {"title_en", decision.title_en},
                  {"branch", decision.branch},
                  {"run_file", decision.run_file},
                  {"world_hash", decision.world_hash},
                  {"measures", measures},
                  {"expected", kpis_to_json(decision.expected)},
                  {"without", kpis_to_json(decision.without)},
                  {"proposed_at", format_instant(decision.proposed_at)},
                  {"expires_at", format_instant(decision.expires_at)},
                  {"state", name_of(decision.state)},
                  {"approved_by", decision.approved_by},
                  {"acknowledgement", decision.acknowledgement}};
  return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Decoded<Decision> decode_decision_json(std::string_view json, const DecodeLimits& limits) {
  if (json.size() > limits.message_bytes) {
    return DecodeError{"", std::to_string(json.size()) + " bytes are more than the " +
                               std::to_string(limits.message_bytes) + " that are taken"};
  }
  try {
    const ReadJson root = ReadJson::parse(json);
    if (!root.is_object()) return DecodeError{"", "is not a JSON object"};
    Decision decision = read_decision(root, limits);
    if (auto problem = check_decision(decision, limits)) return *problem;
    return decision;
  } catch (const ReadJson::parse_error& error) {
    return DecodeError{"byte " + std::to_string(error.byte), "is not JSON"};
  } catch (const ReadJson::out_of_range&) {
    return DecodeError{"", "holds a number that is too large"};
  } catch (const Stop& stop) {
    return stop.error;
  }
}

}  // namespace kontwin
