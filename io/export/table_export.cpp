#include "io/export/table_export.hpp"

#include <cmath>
#include <iomanip>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>

#include "io/export/run_places.hpp"
#include "io/file/whole_file.hpp"
#include "twin/local_frame.hpp"

namespace kontwin {

namespace {

/// A value in words, or nothing where it is a plain number.
std::optional<std::string> in_words(const RunTable::Column& column, double value) {
  if (!column.names.empty()) {
    const bool known = value >= 0 && value < static_cast<double>(column.names.size());
    return known ? column.names[static_cast<std::size_t>(value)] : "";
  }
  if (column.unit == RunTable::moment && std::abs(value) < 1e12) {
    return format_instant(Instant{from_seconds(value)});
  }
  return std::nullopt;
}

}  // namespace

std::string table_csv(const RunFile& run, const RunTable& table) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << "urn,name";
  for (const RunTable::Column& column : table.columns) text << ',' << csv_field(column.id);
  text << ",longitude,latitude\r\n";
  RunPlaces places(run);
  const LocalFrame frame(run.header().origin);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto place = places.of(table.of[row]);
    text << place.urn << ',' << csv_field(place.name) << std::defaultfloat << std::setprecision(7);
    for (const RunTable::Column& column : table.columns) {
      text << ',';
      const double value = column.values[row];
      if (std::isnan(value)) continue;
      if (const auto words = in_words(column, value)) {
        text << csv_field(*words);
      } else {
        text << value;
      }
    }
    const GeoPoint at = frame.to_geo(table.at[row]);
    text << std::fixed << std::setprecision(6) << ',' << at.longitude_deg << ',' << at.latitude_deg
         << "\r\n";
  }
  return std::move(text).str();
}

std::string table_geojson(const RunFile& run, const RunTable& table) {
  nlohmann::ordered_json features = nlohmann::ordered_json::array();
  RunPlaces places(run);
  const LocalFrame frame(run.header().origin);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto place = places.of(table.of[row]);
    nlohmann::ordered_json properties{{"urn", place.urn}, {"name", place.name}};
    for (const RunTable::Column& column : table.columns) {
      const double value = column.values[row];
      nlohmann::ordered_json& field = properties[column.id];
      if (!std::isfinite(value)) continue;
      if (const auto words = in_words(column, value)) {
        field = *words;
      } else {
        field = value;
      }
    }
    const GeoPoint at = frame.to_geo(table.at[row]);
    features.push_back(
        {{"type", "Feature"},
         {"geometry", {{"type", "Point"}, {"coordinates", {at.longitude_deg, at.latitude_deg}}}},
         {"properties", properties}});
  }
  return nlohmann::ordered_json{{"type", "FeatureCollection"}, {"features", features}}.dump(1) +
         "\n";
}

std::vector<std::filesystem::path> write_tables(const RunFile& run,
                                                const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::filesystem::create_directories(folder);
  for (const RunTable& table : run.tables()) {
    files.push_back(folder / (table.id + ".csv"));
    write_whole_file(files.back(), table_csv(run, table));
    files.push_back(folder / (table.id + ".geojson"));
    write_whole_file(files.back(), table_geojson(run, table));
  }
  return files;
}

}  // namespace kontwin
