#include "scenarios/toml/toml_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "scenarios/toml/toml_nodes.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// How many letters must change to make one word of the other (Levenshtein 1966).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substitute, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

TomlReader TomlReader::read(const std::filesystem::path& path) {
  auto impl = std::make_shared<Impl>();
  impl->path = path;
  if (!std::filesystem::is_regular_file(path)) {
    throw FileError(path.string(), exists(path) ? "is not a file" : "there is no such file");
  }
  try {
    impl->document = std::make_shared<const toml::table>(toml::parse_file(path.string()));
  } catch (const toml::parse_error& error) {
    throw FileError(path.string(), static_cast<long>(error.source().begin.line),
                    std::string(error.description()));
  }
  impl->table = impl->document.get();
  return TomlReader(std::move(impl));
}

bool TomlReader::has(std::string_view field) const { return impl_->table->contains(field); }

bool TomlReader::is_text(std::string_view field) const {
  const toml::node* node = impl_->table->get(field);
  return node != nullptr && node->is_string();
}

bool TomlReader::is_number(std::string_view field) const {
  const toml::node* node = impl_->table->get(field);
  return node != nullptr && node->is_number();
}

long TomlReader::line() const {
  return static_cast<long>(std::max<toml::source_index>(impl_->table->source().begin.line, 1));
}

const std::filesystem::path& TomlReader::path() const { return impl_->path; }

std::filesystem::path TomlReader::resolve(const std::string& relative) const {
  return impl_->path.parent_path() / relative;
}

namespace {

/// The name among `candidates` that a word was most likely meant to be; empty where none is near.
std::string nearest_of(std::string_view word, const auto& candidates, std::size_t most_changes) {
  constexpr std::size_t longest_word = 64;
  std::string nearest;
  std::size_t best = most_changes + 1;
  if (word.size() > longest_word) return nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace

void TomlReader::fail(std::string_view field, const std::string& reason) const {
  const toml::node* node = field.empty() ? nullptr : impl_->table->get(field);
  if (node == nullptr) node = impl_->table;
  const auto line = static_cast<long>(std::max<toml::source_index>(node->source().begin.line, 1));
  throw FileError(
      impl_->path.string(), line,
      field.empty() ? reason + impl_->misspelt() : "field '" + std::string(field) + "': " + reason);
}

std::string TomlReader::Impl::misspelt() const {
  std::vector<std::string> absent;
  for (const std::string& name : known) {
    if (!table->contains(name)) absent.push_back(name);
  }
  std::string told;
  for (const auto& [key, node] : *table) {
    const std::string_view name = key.str();
    if (known.contains(name)) continue;
    // Fields that are still to be asked for must not look misspelt.
    const std::string meant =
        nearest_of(name, absent, std::max<std::size_t>(1, (name.size() + 1) / 3));
    if (meant.empty() || meant.size() < 3) continue;
    told += "; field '" + std::string(name) + "' in line " +
            std::to_string(node.source().begin.line) + " is not known here: did you mean '" +
            meant + "'?";
  }
  return told;
}

void TomlReader::finish() const {
  for (const auto& [key, node] : *impl_->table) {
    const std::string_view name = key.str();
    if (impl_->known.contains(name)) continue;
    const std::string nearest = nearest_of(name, impl_->known, 3);
    fail(name, nearest.empty() ? "is not a known field here"
                               : "is not a known field here; did you mean '" + nearest + "'?");
  }
}

std::optional<std::string> TomlReader::text(std::string_view field) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value_exact<std::string>();
  if (!value) fail(field, "must be a text in quotes");
  return *value;
}

std::string TomlReader::required_text(std::string_view field) {
  const auto value = text(field);
  if (!value) fail("", "the field '" + std::string(field) + "' is missing");
  if (value->empty()) fail(field, "must not be empty");
  return *value;
}

namespace {

std::string short_text(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

}  // namespace

std::optional<double> TomlReader::number(std::string_view field, double minimum, double maximum) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  if (!node->is_number()) fail(field, "must be a number");
  const double value = *node->value<double>();
  if (!std::isfinite(value)) fail(field, "must be a finite number");
  if (value < minimum || value > maximum) {
    fail(field, "is " + short_text(value) + " and must " +
                    (std::isinf(maximum) ? "be " + short_text(minimum) + " or more"
                     : std::isinf(minimum)
                         ? "be " + short_text(maximum) + " or less"
                         : "lie between " + short_text(minimum) + " and " + short_text(maximum)));
  }
  return value;
}

double TomlReader::required_number(std::string_view field, double minimum, double maximum) {
  const auto value = number(field, minimum, maximum);
  if (!value) fail("", "the field '" + std::string(field) + "' is missing");
  return *value;
}

std::optional<std::int64_t> TomlReader::whole(std::string_view field, std::int64_t minimum,
                                              std::int64_t maximum) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value_exact<std::int64_t>();
  if (!value) fail(field, "must be a whole number");
  if (*value < minimum || *value > maximum) {
    fail(field, "must lie between " + std::to_string(minimum) + " and " + std::to_string(maximum));
  }
  return *value;
}

std::optional<bool> TomlReader::flag(std::string_view field) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value_exact<bool>();
  if (!value) fail(field, "must be true or false");
  return *value;
}

std::optional<Duration> TomlReader::duration(std::string_view field) {
  const auto written = text(field);
  if (!written) return std::nullopt;
  const auto value = parse_duration(*written);
  if (!value) fail(field, "'" + *written + "' is not a length of time such as \"90s\" or \"1.5h\"");
  return value;
}

std::optional<Instant> TomlReader::instant(std::string_view field) {
  const auto written = text(field);
  if (!written) return std::nullopt;
  const auto value = parse_instant(*written);
  if (!value) {
    fail(field, "'" + *written + "' is not a moment such as \"2025-11-18T03:00:00+07:00\"");
  }
  return value;
}

GeoPoint TomlReader::Impl::as_place(const toml::node& node, std::string_view field,
                                    const TomlReader& reader) {
  const toml::array* const pair = node.as_array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number()) {
    reader.fail(field, "must be [longitude, latitude], or a list of them");
  }
  const GeoPoint point{*(*pair)[0].value<double>(), *(*pair)[1].value<double>()};
  // Not a number fails this too.
  if (!(std::abs(point.longitude_deg) <= 180 && std::abs(point.latitude_deg) <= 90)) {
    reader.fail(field, "is no place on the earth; longitude comes first");
  }
  return point;
}

std::optional<GeoPoint> TomlReader::place(std::string_view field) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  return Impl::as_place(*node, field, *this);
}

std::optional<TomlReader> TomlReader::table(std::string_view field) {
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) fail(field, "must be a table");
  auto impl = std::make_shared<Impl>(Impl{impl_->document, node->as_table(), impl_->path, {}});
  return TomlReader(std::move(impl));
}

std::vector<TomlReader> TomlReader::tables(std::string_view field) {
  std::vector<TomlReader> readers;
  const toml::node* const node = impl_->find(field);
  if (node == nullptr) return readers;
  const toml::array* const list = node->as_array();
  if (list == nullptr)
    fail(field, "must be a list of tables, each under [[" + std::string(field) + "]]");
  for (const toml::node& item : *list) {
    if (!item.is_table()) fail(field, "must be a list of tables");
    readers.push_back(TomlReader(
        std::make_shared<Impl>(Impl{impl_->document, item.as_table(), impl_->path, {}})));
  }
  return readers;
}

}  // namespace kontwin
