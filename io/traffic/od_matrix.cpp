#include "io/traffic/od_matrix.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "io/import/csv_reader.hpp"

namespace kontwin {

namespace {

constexpr double hours_a_day = 24;

std::uint32_t hour_of(const CsvTable& table, std::size_t row, std::uint32_t otherwise) {
  if (!table.has("hour")) return otherwise;
  const double hour = table.required_number(row, "hour");
  if (!(hour >= 0 && hour < hours_a_day) || hour != std::floor(hour)) {
    table.fail(row, "'" + table.text(row, "hour") + "' is no hour from 0 to 23");
  }
  return static_cast<std::uint32_t>(hour);
}

}  // namespace

traffic::HourlyOd read_od_matrix(const std::filesystem::path& path, std::vector<std::string> zones,
                                 std::uint32_t hour) {
  const CsvTable table = CsvTable::read(path, {"from", "to", "trips"});
  const bool given = !zones.empty();
  std::unordered_map<std::string, std::size_t> row_of;
  for (std::size_t zone = 0; zone < zones.size(); ++zone) row_of.emplace(zones[zone], zone);
  const auto zone_at = [&](std::size_t row, const char* column) {
    const std::string& name = table.text(row, column);
    if (name.empty()) table.fail(row, std::string("column '") + column + "' is empty");
    const auto [found, added] = row_of.emplace(name, zones.size());
    if (added) {
      if (given) table.fail(row, "there is no zone '" + name + "'");
      zones.push_back(name);
    }
    return found->second;
  };

  struct Cell {
    std::uint32_t hour;
    std::size_t from, to;
    double trips;
  };
  std::vector<Cell> cells;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double trips = table.required_number(row, "trips");
    if (!std::isfinite(trips) || trips < 0) table.fail(row, "trips must be a number of 0 or more");
    const std::size_t from = zone_at(row, "from");
    cells.push_back({hour_of(table, row, hour), from, zone_at(row, "to"), trips});
  }

  constexpr double unnamed = std::numeric_limits<double>::quiet_NaN();
  std::map<std::uint32_t, traffic::OdMatrix> by_hour;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const Cell& cell = cells[row];
    auto& matrix =
        by_hour.try_emplace(cell.hour, zones.size(), zones.size(), unnamed).first->second;
    double& trips = matrix.at(cell.from, cell.to);
    if (!std::isnan(trips)) {
      table.fail(
          row, "trips from '" + zones[cell.from] + "' to '" + zones[cell.to] + "' are named twice");
    }
    trips = cell.trips;
  }
  traffic::HourlyOd result;
  result.zone = std::move(zones);
  for (auto& [of, matrix] : by_hour) {
    for (double& trips : matrix.values) trips = std::isnan(trips) ? 0 : trips;
    result.hours.push_back({of, std::move(matrix)});
  }
  return result;
}

}  // namespace kontwin
