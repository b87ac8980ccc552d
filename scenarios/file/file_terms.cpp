#include "scenarios/file/file_terms.hpp"

#include <string>

#include "scenarios/file/entity_field.hpp"
#include "scenarios/file/local_place.hpp"

namespace kontwin {

FileTerms scenario_terms(const World& world) {
  FileTerms terms;
  terms.place = [&world](TomlReader& table, std::string_view field) {
    const auto place = table.place(field);
    if (!place) table.fail("", "the field '" + std::string(field) + "' is missing");
    return local_place(table, field, world, *place);
  };
  terms.places = [&world](TomlReader& table, std::string_view field) {
    return local_places(table, field, world);
  };
  terms.series = [](TomlReader& table, std::string_view field) {
    return as_series(table.series(field));
  };
  return terms;
}

}  // namespace kontwin
