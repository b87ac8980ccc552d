#include <simdjson.h>

#include <nlohmann/json.hpp>

#include "io/wire/observation_wire.hpp"

namespace kontwin {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

/// Where in a message a reader is, for its errors.
struct Place {
  std::string path;

  Place then(std::string_view member) const {
    return {path.empty() ? std::string(member) : path + "." + std::string(member)};
  }
};

/// Reads what one JSON value says, or gathers why it cannot be read.
class Reader {
 public:
  Reader(DecodedObservations& decoded, std::string_view default_source, const DecodeLimits& limits)
      : decoded_(decoded), default_source_(default_source), limits_(limits) {}

  void read_item(const element& value, const Place& place) {
    object members;
    if (value.get(members) != simdjson::SUCCESS) {
      fail(place, "is not an object");
    } else if (members["id"].error() == simdjson::SUCCESS) {
      read_entity(members, place);
    } else {
      read_compact(members, place);
    }
  }

 private:
  void fail(const Place& place, std::string reason) {
    if (decoded_.errors.size() < limits_.observations) {
      decoded_.errors.push_back({place.path, std::move(reason)});
    }
  }

  /// A text member; empty after an error.
  std::optional<std::string_view> text(const object& members, const char* name, const Place& place,
                                       bool required) {
    element value;
    if (members[name].get(value) != simdjson::SUCCESS) {
      if (required) fail(place.then(name), "is missing");
      return required ? std::nullopt : std::optional<std::string_view>("");
    }
    std::string_view content;
    if (value.get(content) != simdjson::SUCCESS) {
      fail(place.then(name), "is not a text");
      return std::nullopt;
    }
    if (content.size() > limits_.name_bytes || (required && content.empty())) {
      fail(place.then(name), content.empty() ? "is empty" : "is too long");
      return std::nullopt;
    }
    return content;
  }

  std::optional<double> number(const object& members, const Place& place) {
    element value;
    if (members["value"].get(value) != simdjson::SUCCESS) {
      fail(place.then("value"), "is missing");
      return std::nullopt;
    }
    double number = 0;
    bool flag = false;
    if (value.get(number) == simdjson::SUCCESS) return number;
    if (value.get(flag) == simdjson::SUCCESS) return flag ? 1 : 0;
    fail(place.then("value"), "is not a number");
    return std::nullopt;
  }

  std::optional<Instant> moment(const object& members, const Place& place) {
    const auto content = text(members, "observedAt", place, true);
    if (!content) return std::nullopt;
    const auto at = parse_instant(*content);
    if (!at) fail(place.then("observedAt"), "is not a moment with an offset from UTC");
    return at;
  }

  std::optional<Quality> quality(const object& members, const Place& place) {
    const auto content = text(members, "quality", place, false);
    if (!content) return std::nullopt;
    if (content->empty() || *content == "good") return Quality::good;
    if (*content == "suspect") return Quality::suspect;
    if (*content == "estimated") return Quality::estimated;
    fail(place.then("quality"), "is not good, suspect or estimated");
    return std::nullopt;
  }

  void take(std::string_view entity, std::string_view property, const object& members,
            const Place& place) {
    if (decoded_.observations.size() >= limits_.observations) {
      return fail(place, "is beyond the " + std::to_string(limits_.observations) +
                             " observations that are taken");
    }
    const auto value = number(members, place);
    if (!value) return;
    const auto at = moment(members, place);
    if (!at) return;
    const auto source = text(members, "source", place, false);
    if (!source) return;
    const auto good = quality(members, place);
    if (!good) return;
    decoded_.observations.push_back({std::string(entity), std::string(property), *value, *at,
                                     std::string(source->empty() ? default_source_ : *source),
                                     *good});
  }

  void read_compact(const object& members, const Place& place) {
    const auto entity = text(members, "entity", place, true);
    if (!entity) return;
    const auto property = text(members, "property", place, true);
    if (property) take(*entity, *property, members, place);
  }

  void read_entity(const object& members, const Place& place) {
    const auto entity = text(members, "id", place, true);
    if (!entity) return;
    std::size_t properties = 0;
    for (const auto& [name, value] : members) {
      object property;
      std::string_view type;
      if (value.get(property) != simdjson::SUCCESS ||
          property["type"].get(type) != simdjson::SUCCESS || type != "Property") {
        continue;
      }
      ++properties;
      if (name.size() > limits_.name_bytes) {
        fail(place.then(name.substr(0, 40)), "has too long a name");
      } else {
        take(*entity, name, property, place.then(name));
      }
    }
    if (properties == 0) fail(place, "has no member of type Property");
  }

  DecodedObservations& decoded_;
  std::string_view default_source_;
  const DecodeLimits& limits_;
};

/// Finds where a text stops being JSON. Takes everything and keeps nothing.
struct FindFault final : nlohmann::json_sax<nlohmann::json> {
  std::size_t at = 0;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(nlohmann::json::binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(std::string&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    at = position;
    return false;
  }
};

DecodeError not_json(std::string_view json, simdjson::error_code code) {
  FindFault fault;
  if (nlohmann::json::sax_parse(json.begin(), json.end(), &fault)) {
    return {"", std::string("is not JSON: ") + simdjson::error_message(code)};
  }
  return {"byte " + std::to_string(fault.at),
          std::string("is not JSON: ") + simdjson::error_message(code)};
}

}  // namespace

DecodedObservations decode_observations_json(std::string_view json, std::string_view default_source,
                                             const DecodeLimits& limits) {
  DecodedObservations decoded;
  if (json.size() > limits.message_bytes) {
    decoded.errors.push_back({"", std::to_string(json.size()) + " bytes are more than the " +
                                      std::to_string(limits.message_bytes) + " that are taken"});
    return decoded;
  }
  if (json.empty()) {
    decoded.errors.push_back({"", "is empty"});
    return decoded;
  }
  // A parser keeps its buffers: one for each thread that decodes.
  thread_local simdjson::dom::parser parser;
  element root;
  if (const auto code = parser.parse(json.data(), json.size()).get(root);
      code != simdjson::SUCCESS) {
    decoded.errors.push_back(not_json(json, code));
    return decoded;
  }
  Reader reader(decoded, default_source, limits);
  simdjson::dom::array list;
  if (root.get(list) != simdjson::SUCCESS) {
    reader.read_item(root, {});
    return decoded;
  }
  if (list.size() > limits.observations) {
    decoded.errors.push_back({"", std::to_string(list.size()) + " items are more than the " +
                                      std::to_string(limits.observations) + " that are taken"});
    return decoded;
  }
  std::size_t index = 0;
  for (const element value : list) {
    reader.read_item(value, {"[" + std::to_string(index++) + "]"});
  }
  return decoded;
}

std::string encode_observation_json(const Observation& observation) {
  static constexpr std::array<const char*, 3> qualities{"good", "suspect", "estimated"};
  const nlohmann::ordered_json json{
      {"entity", observation.entity},
      {"property", observation.property},
      {"value", observation.value},
      {"observedAt", format_instant(observation.observed_at)},
      {"source", observation.source},
      {"quality", qualities[static_cast<std::size_t>(observation.quality)]}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace kontwin
