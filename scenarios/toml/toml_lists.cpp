// Lists of pairs in TOML files.
#include <cmath>

#include "scenarios/toml/toml_nodes.hpp"

namespace kontwin {

namespace {

/// The moment that an item of a list begins with, later than the one before.
template <typename Points>
Instant moment_of(const toml::node& written_node, const Points& before,
                  const std::optional<Instant>& start, std::string_view field,
                  const TomlReader& reader) {
  const auto written = written_node.value_exact<std::string>();
  auto at = written ? parse_instant(*written) : std::nullopt;
  if (!at && start && written) {
    if (const auto after = parse_duration(*written)) at = *start + *after;
  }
  if (!at) {
    reader.fail(field, std::string("each item begins with a moment such as "
                                   "\"2025-11-18T03:00:00+07:00\"") +
                           (start ? " or a time after the start such as \"90min\"" : ""));
  }
  if (!before.empty() && *at <= before.back().first) reader.fail(field, "its moments must rise");
  return *at;
}

}  // namespace

std::vector<std::pair<Instant, double>> TomlReader::series(std::string_view field,
                                                           const std::optional<Instant>& start) {
  std::vector<std::pair<Instant, double>> points;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return points;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of [moment, value]");
  for (const toml::node& item : *list) {
    const toml::array* const pair = item.as_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[1].is_number()) {
      fail(field, "must be a list of [moment, value]");
    }
    const double value = *(*pair)[1].value<double>();
    if (!std::isfinite(value)) fail(field, "each value must be a finite number");
    points.emplace_back(moment_of((*pair)[0], points, start, field, *this), value);
  }
  return points;
}

std::vector<std::pair<double, double>> TomlReader::pairs(std::string_view field) {
  std::vector<std::pair<double, double>> points;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return points;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of [number, number]");
  for (const toml::node& item : *list) {
    const toml::array* const pair = item.as_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() ||
        !(*pair)[1].is_number()) {
      fail(field, "must be a list of [number, number]");
    }
    const std::pair point{*(*pair)[0].value<double>(), *(*pair)[1].value<double>()};
    if (!std::isfinite(point.first) || !std::isfinite(point.second)) {
      fail(field, "each number must be finite");
    }
    points.push_back(point);
  }
  return points;
}

std::vector<std::pair<Instant, std::string>> TomlReader::moments(
    std::string_view field, const std::optional<Instant>& start) {
  std::vector<std::pair<Instant, std::string>> points;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return points;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of [moment, text]");
  for (const toml::node& item : *list) {
    const toml::array* const pair = item.as_array();
    const auto value =
        pair != nullptr && pair->size() == 2 ? (*pair)[1].value_exact<std::string>() : std::nullopt;
    if (!value) fail(field, "must be a list of [moment, text]");
    points.emplace_back(moment_of((*pair)[0], points, start, field, *this), *value);
  }
  return points;
}

}  // namespace kontwin
