#include "io/synthesis/admin_units.hpp"

#include <algorithm>
#include <array>

namespace kontwin {

namespace {

std::optional<Instant> midnight(const CsvTable& table, std::size_t row, std::string_view column) {
  const std::string& day = table.text(row, column);
  if (day.empty()) return std::nullopt;
  const auto at = parse_instant(day + "T00:00:00+07:00");
  if (!at) table.fail(row, "'" + day + "' in column '" + std::string(column) + "' is not a day");
  return at;
}

AdminLevel level_of(const CsvTable& table, std::size_t row) {
  constexpr std::array<std::string_view, 3> levels{"province", "district", "commune"};
  const std::string& word = AssetFolder::required_text(table, row, "level");
  const auto found = std::ranges::find(levels, word);
  if (found == levels.end()) {
    table.fail(row, "level '" + word + "' is none of province, district, commune");
  }
  return static_cast<AdminLevel>(found - levels.begin());
}

bool overlap(const AdminUnit& a, const AdminUnit& b) {
  const bool a_first = a.valid_until && b.valid_from && *a.valid_until <= *b.valid_from;
  const bool b_first = b.valid_until && a.valid_from && *b.valid_until <= *a.valid_from;
  return !a_first && !b_first;
}

}  // namespace

std::vector<AdminUnit> read_admin_units(const AssetFolder& folder, const LocalFrame& frame) {
  const CsvTable table =
      folder.table("admin_units.csv", {"code", "name", "level", "parent", "successor", "first_day",
                                       "last_day", "lat", "lon", "population"});
  std::vector<AdminUnit> units;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    AdminUnit unit;
    unit.code = AssetFolder::required_text(table, row, "code");
    unit.name = AssetFolder::required_text(table, row, "name");
    unit.level = level_of(table, row);
    unit.valid_from = midnight(table, row, "first_day");
    unit.valid_until = midnight(table, row, "last_day");
    if (unit.valid_until) *unit.valid_until += std::chrono::hours(24);
    unit.parent_code = table.text(row, "parent");
    unit.successor_code = table.text(row, "successor");
    unit.center = frame.to_local(AssetFolder::place(table, row));
    unit.population = table.number(row, "population").value_or(0);
    if (!(unit.population >= 0)) table.fail(row, "a population cannot be below 0");
    unit.provenance = AssetFolder::provenance(table, row);
    unit.source = folder.source(table, row);
    for (const AdminUnit& other : units) {
      if (other.code == unit.code && overlap(other, unit)) {
        table.fail(row, "code " + unit.code + " is in force twice at the same time");
      }
    }
    units.push_back(std::move(unit));
  }
  for (std::size_t row = 0; row < units.size(); ++row) {
    for (const std::string& code : {units[row].parent_code, units[row].successor_code}) {
      if (!code.empty() && std::ranges::find(units, code, &AdminUnit::code) == units.end()) {
        table.fail(row, "unit " + code + " is not in the table");
      }
    }
  }
  return units;
}

}  // namespace kontwin
