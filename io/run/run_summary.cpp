#include "io/run/run_summary.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "io/run/evacuation_columns.hpp"
#include "io/run/run_format.hpp"
#include "io/run/run_tables.hpp"

namespace kontwin {

namespace {

constexpr std::int64_t not_over = std::numeric_limits<std::int64_t>::min();

std::string map_path(const std::string& grid, const std::string& name) {
  return "/maps/" + grid + "/" + name;
}

std::string names_of_kinds() {
  std::string names;
  for (const Kind kind : all_kinds()) {
    names += (names.empty() ? "" : ", ") + std::to_string(index_of(kind)) + " " +
             std::string(names_of(kind).id);
  }
  return names;
}

void write_impacts(hdf5::File& file, const std::vector<ImpactSpell>& impacts) {
  const auto write = [&](const char* name, auto value_of) {
    std::vector<decltype(value_of(impacts.front()))> column;
    column.reserve(impacts.size());
    for (const ImpactSpell& spell : impacts) column.push_back(value_of(spell));
    file.write("/impacts/" + std::string(name),
               std::span<const typename decltype(column)::value_type>(column));
  };
  const auto ms = [](Instant at) { return std::int64_t{at.time_since_epoch().count()}; };
  write("kind", [](const ImpactSpell& s) { return static_cast<std::uint8_t>(s.entity.kind); });
  write("row", [](const ImpactSpell& s) { return s.entity.row; });
  write("what", [](const ImpactSpell& s) { return static_cast<std::uint8_t>(s.kind); });
  write("from_ms", [&](const ImpactSpell& s) { return ms(s.from); });
  write("until_ms", [&](const ImpactSpell& s) { return s.until ? ms(*s.until) : not_over; });
  write("deepest_m", [](const ImpactSpell& s) { return s.deepest_m; });
  write("hazard_class",
        [](const ImpactSpell& s) { return static_cast<std::uint8_t>(s.hazard_class); });
  write("people", [](const ImpactSpell& s) { return s.people; });
  file.set("/impacts/kind", "values", names_of_kinds());
  file.set("/impacts/what", "values", "0 wet, 1 no_hospital, 2 no_seat");
  for (const char* moment : {"/impacts/from_ms", "/impacts/until_ms"}) {
    file.set(moment, "units", "ms since 1970-01-01T00:00:00Z");
  }
  file.set("/impacts/until_ms", "not_over", not_over);
  file.set("/impacts/deepest_m", "units", "m");
}

}  // namespace

void write_summary(hdf5::File& file, const RunSummary& summary) {
  for (const RunMap& map : summary.maps) {
    const std::string path = map_path(map.grid, map.name);
    file.write(path, std::span<const float>(map.raster.values), map.raster.shape.columns);
    run_format::set_shape(file, path, map.name, map.raster.shape);
  }
  write_impacts(file, summary.impacts);
  write_evacuation(file, summary.evacuation);
  write_tables(file, summary.tables);
}

std::vector<RecordedField> read_map_list(const hdf5::File& file) {
  std::vector<RecordedField> maps;
  if (!file.has("/maps")) return maps;
  for (const std::string& grid : file.names("/maps")) {
    for (const std::string& name : file.names("/maps/" + grid)) {
      const std::string path = map_path(grid, name);
      const hdf5::Extent extent = file.open_dataset(path).extent();
      if (extent.size() != 2) file.fail(path + " is not a grid");
      maps.push_back({name, grid, run_format::read_shape(file, path, extent[1], extent[0])});
    }
  }
  return maps;
}

RunMap read_map(const hdf5::File& file, const RecordedField& map) {
  RunMap result{map.name, map.grid, {}};
  result.raster.shape = map.shape;
  result.raster.values = file.read<float>(map_path(map.grid, map.name));
  return result;
}

std::vector<ImpactSpell> read_impacts(const hdf5::File& file) {
  if (!file.has("/impacts/kind")) return {};
  const auto kind = file.read<std::uint8_t>("/impacts/kind");
  const auto row = file.read<std::uint32_t>("/impacts/row");
  const auto what = file.read<std::uint8_t>("/impacts/what");
  const auto from = file.read<std::int64_t>("/impacts/from_ms");
  const auto until = file.read<std::int64_t>("/impacts/until_ms");
  const auto deepest_m = file.read<double>("/impacts/deepest_m");
  const auto hazard = file.read<std::uint8_t>("/impacts/hazard_class");
  const auto people = file.read<double>("/impacts/people");
  for (const std::size_t length : {row.size(), what.size(), from.size(), until.size(),
                                   deepest_m.size(), hazard.size(), people.size()}) {
    if (length != kind.size()) file.fail("/impacts has columns of unequal length");
  }
  std::vector<ImpactSpell> impacts;
  impacts.reserve(kind.size());
  for (std::size_t i = 0; i < kind.size(); ++i) {
    if (kind[i] >= kind_count || what[i] >= impact_kind_count) {
      file.fail("/impacts names a kind that there is not");
    }
    ImpactSpell spell{.entity = {static_cast<Kind>(kind[i]), row[i]},
                      .kind = static_cast<ImpactKind>(what[i]),
                      .from = Instant{Duration{from[i]}},
                      .until = {},
                      .deepest_m = deepest_m[i],
                      .hazard_class = std::min<int>(hazard[i], 6),
                      .people = people[i]};
    if (until[i] != not_over) spell.until = Instant{Duration{until[i]}};
    impacts.push_back(spell);
  }
  return impacts;
}

}  // namespace kontwin
