#include "io/synthesis/asset_folder.hpp"

#include <cmath>

#include "twin/error.hpp"

namespace kontwin {

AssetFolder::AssetFolder(std::filesystem::path folder, WorldParts& parts)
    : folder_(std::move(folder)) {
  if (!std::filesystem::is_directory(folder_)) {
    throw FileError(folder_.string(), "is not a folder");
  }
  const CsvTable rows = CsvTable::read(path("sources.csv"), {"id", "title", "license"});
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string& id = required_text(rows, row, "id");
    const std::uint32_t index = parts.add_source(
        {id, required_text(rows, row, "title"), required_text(rows, row, "license")});
    if (!sources_.emplace(id, index).second) rows.fail(row, "source '" + id + "' is listed twice");
  }
}

CsvTable AssetFolder::table(std::string_view file, std::vector<std::string> columns) const {
  columns.insert(columns.end(), {"provenance", "source"});
  return CsvTable::read(path(file), columns);
}

std::uint32_t AssetFolder::source(const CsvTable& table, std::size_t row) const {
  const std::string& id = required_text(table, row, "source");
  const auto found = sources_.find(id);
  if (found == sources_.end()) table.fail(row, "source '" + id + "' is not in sources.csv");
  return found->second;
}

Provenance AssetFolder::provenance(const CsvTable& table, std::size_t row) {
  const std::string& word = required_text(table, row, "provenance");
  const auto provenance = parse_provenance(word);
  if (!provenance) {
    table.fail(row, "provenance '" + word + "' is none of fact, derived, synthetic");
  }
  return *provenance;
}

GeoPoint AssetFolder::place(const CsvTable& table, std::size_t row) {
  const GeoPoint place{table.required_number(row, "lon"), table.required_number(row, "lat")};
  // Written so that a NaN fails too.
  if (!(std::abs(place.longitude_deg) <= 180) || !(std::abs(place.latitude_deg) <= 90)) {
    table.fail(row, "lat and lon are not a place on the globe");
  }
  return place;
}

const std::string& AssetFolder::required_text(const CsvTable& table, std::size_t row,
                                              std::string_view column) {
  const std::string& text = table.text(row, column);
  if (text.empty()) table.fail(row, "column '" + std::string(column) + "' is empty");
  return text;
}

}  // namespace kontwin
