#include <algorithm>
#include <set>

#include "io/import/csv_reader.hpp"
#include "io/import/entities.hpp"
#include "io/import/entity_fields.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The columns that hold attributes. Throws where a column is neither fixed nor an attribute.
std::vector<std::string> attribute_columns(const CsvTable& table, const std::string& path) {
  std::vector<std::string> attributes;
  for (const std::string& column : table.columns()) {
    if (EntityFields::is_fixed(column)) continue;
    if (!EntityFields::is_attribute(column)) {
      throw FileError(
          path, table.header_line(),
          "column '" + column + "' is no attribute of any kind" + EntityFields::hint(column));
    }
    attributes.push_back(column);
  }
  return attributes;
}

}  // namespace

void import_entities_csv(const std::filesystem::path& path, WorldParts& parts,
                         const EntityFileOptions& options, ImportReport* report) {
  const CsvTable table = CsvTable::read(path, {"id"});
  const bool geographic = table.has("lon") && table.has("lat");
  if (!geographic && !(table.has("x") && table.has("y"))) {
    throw FileError(path.string(), table.header_line(),
                    "has neither the columns lon and lat nor x and y");
  }
  const auto attributes = attribute_columns(table, path.string());
  EntityFields fields(parts, options, path.filename().string());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const EntityFields::Fail fail = [&](const std::string& field, const std::string& reason) {
      table.fail(row, "column '" + field + "': " + reason);
    };
    EntityFields::Entity entity{.kind = table.text(row, "kind"),
                                .id = table.text(row, "id"),
                                .name = table.text(row, "name"),
                                .provenance = table.text(row, "provenance"),
                                .commune = table.text(row, "commune"),
                                .place = {},
                                .area_m2 = 0,
                                .attributes = {},
                                .where = "line " + std::to_string(table.line(row))};
    if (geographic && !table.text(row, "lon").empty()) {
      entity.place = fields.place_of(
          GeoPoint{table.required_number(row, "lon"), table.required_number(row, "lat")}, fail);
    } else if (table.has("x")) {
      entity.place = fields.place_of(
          Vn2000Point{table.required_number(row, "x"), table.required_number(row, "y")},
          table.text(row, "zone"), fail);
    } else {
      fail("lon", "is empty");
    }
    for (const std::string& column : attributes) {
      const auto value = table.number(row, column);
      if (value) entity.attributes.emplace_back(column, *value);
    }
    fields.append(std::move(entity), fail);
  }
  if (report != nullptr) report->count("entities from " + path.filename().string(), table.rows());
}

}  // namespace kontwin
