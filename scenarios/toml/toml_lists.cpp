// Lists in TOML files: of numbers, texts, places, points, moments and pairs.
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

std::vector<GeoPoint> TomlReader::places(std::string_view field) {
  std::vector<GeoPoint> points;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return points;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of [longitude, latitude]");
  for (const toml::node& item : *list) points.push_back(Impl::as_place(item, field, *this));
  return points;
}

std::vector<double> TomlReader::numbers(std::string_view field) {
  std::vector<double> values;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return values;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of numbers");
  for (const toml::node& item : *list) {
    const auto value = item.is_number() ? item.value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value)) fail(field, "must be a list of finite numbers");
    values.push_back(*value);
  }
  return values;
}

std::vector<LocalPoint> TomlReader::Impl::as_points(const toml::node& node, std::string_view field,
                                                    const TomlReader& reader) {
  const char* const expected = "must be a list of [x, y] in metres";
  const toml::array* const list = node.as_array();
  if (list == nullptr) reader.fail(field, expected);
  std::vector<LocalPoint> points;
  for (const toml::node& item : *list) {
    const toml::array* const pair = item.as_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() ||
        !(*pair)[1].is_number()) {
      reader.fail(field, expected);
    }
    const LocalPoint point{*(*pair)[0].value<double>(), *(*pair)[1].value<double>()};
    if (!std::isfinite(point.x_m) || !std::isfinite(point.y_m)) {
      reader.fail(field, "holds a number that is not finite");
    }
    points.push_back(point);
  }
  return points;
}

std::vector<LocalPoint> TomlReader::points(std::string_view field) {
  const toml::node* const node = impl_->find(field);
  return node == nullptr ? std::vector<LocalPoint>{} : Impl::as_points(*node, field, *this);
}

std::vector<std::vector<LocalPoint>> TomlReader::rings(std::string_view field) {
  std::vector<std::vector<LocalPoint>> all;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return all;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of rings, each a list of [x, y] in metres");
  for (const toml::node& item : *list) all.push_back(Impl::as_points(item, field, *this));
  return all;
}

std::vector<std::string> TomlReader::texts(std::string_view field) {
  std::vector<std::string> items;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return items;
  const toml::array* const list = node->as_array();
  if (list == nullptr) fail(field, "must be a list of texts");
  for (const toml::node& item : *list) {
    const auto value = item.value_exact<std::string>();
    if (!value) fail(field, "must be a list of texts");
    items.push_back(*value);
  }
  return items;
}

}  // namespace kontwin
