#include "io/live/recorded.hpp"

#include <algorithm>

#include "io/import/csv_reader.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

Quality quality_of(const CsvTable& table, std::size_t row) {
  const std::string& text = table.text(row, "quality");
  if (text.empty() || text == "good") return Quality::good;
  if (text == "suspect") return Quality::suspect;
  if (text == "estimated") return Quality::estimated;
  table.fail(row, "'" + text + "' in column 'quality' is none of good, suspect, estimated");
}

}  // namespace

std::vector<Observation> read_recorded(const std::filesystem::path& path) {
  const CsvTable table = CsvTable::read(path, {"time", "entity", "property", "value"});
  std::vector<Observation> observations;
  observations.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto at = parse_instant(table.text(row, "time"));
    if (!at) {
      table.fail(row, "'" + table.text(row, "time") +
                          "' is not a moment with an offset, such as 2025-11-18T03:00:00+07:00");
    }
    const std::string& source = table.text(row, "source");
    observations.push_back({.entity = table.text(row, "entity"),
                            .property = table.text(row, "property"),
                            .value = table.required_number(row, "value"),
                            .observed_at = *at,
                            .source = source.empty() ? "replay" : source,
                            .quality = quality_of(table, row)});
  }
  std::ranges::stable_sort(observations, {}, &Observation::observed_at);
  return observations;
}

TimeSeries read_recorded_series(const std::filesystem::path& path, const std::string& urn,
                                const std::string& property) {
  TimeSeries series;
  for (const Observation& observation : read_recorded(path)) {
    if (observation.entity != urn || observation.property != property) continue;
    if (!series.at.empty() && series.at.back() == observation.observed_at) continue;
    series.at.push_back(observation.observed_at);
    series.value.push_back(observation.value);
  }
  if (series.empty()) throw FileError(path.string(), "holds no " + property + " of " + urn);
  return series;
}

}  // namespace kontwin
