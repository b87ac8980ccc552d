#pragma once

#include <toml++/toml.h>

#include <set>

#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

struct TomlReader::Impl {
  std::shared_ptr<const toml::table> document;  // keeps the nodes alive
  const toml::table* table = nullptr;
  std::filesystem::path path;
  std::set<std::string, std::less<>> known;

  const toml::node* find(std::string_view field) {
    known.emplace(field);
    return table->get(field);
  }
  /// What to add to an error about a missing field: fields of the table that nobody asked for and
  /// whose names are nearly those of fields that are missing.
  std::string misspelt() const;
  static GeoPoint as_place(const toml::node& node, std::string_view field,
                           const TomlReader& reader);
  static std::vector<LocalPoint> as_points(const toml::node& node, std::string_view field,
                                           const TomlReader& reader);
};

}  // namespace kontwin
