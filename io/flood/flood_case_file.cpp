#include "io/flood/flood_case_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "io/flood/case_edges.hpp"
#include "io/flood/case_reader.hpp"
#include "io/flood/case_series.hpp"
#include "io/flood/case_times.hpp"
#include "io/flood/lisflood.hpp"
#include "io/flood/sfincs.hpp"
#include "io/import/csv_reader.hpp"
#include "scenarios/file/flood_works_reader.hpp"
#include "scenarios/file/options_reader.hpp"
#include "scenarios/flood/given_edges.hpp"
#include "scenarios/flood/uplands.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

FileTerms terms_of(const FloodCase& flood_case) {
  FileTerms terms;
  terms.place = [](TomlReader& table, std::string_view field) {
    const auto xy = table.numbers(field);
    if (xy.size() != 2) table.fail(field, "must be a place: [x, y] in metres");
    return LocalPoint{xy[0], xy[1]};
  };
  terms.places = [](TomlReader& table, std::string_view field) { return table.points(field); };
  terms.series = [&flood_case](TomlReader& table, std::string_view field) {
    return read_case_quantity(table, field, flood_case, -HUGE_VAL);
  };
  terms.start = flood_case.start;
  return terms;
}

void read_points(TomlReader& root, FloodCase& flood_case) {
  auto table = root.table("points");
  if (!table) return;
  const auto path = table->resolve(table->required_text("file"));
  const auto places = table->numbers("columns");
  if (!places.empty() && (places.size() != 3 || *std::ranges::min_element(places) < 1)) {
    table->fail("columns", "are three numbers from 1: the places of name, x and y");
  }
  table->finish();
  const CsvTable csv =
      CsvTable::read(path, places.empty() ? std::vector<std::string>{"name", "x", "y"}
                                          : std::vector<std::string>{});
  std::array<std::string, 3> columns{"name", "x", "y"};
  for (std::size_t i = 0; i < places.size(); ++i) {
    columns[i] = column_at(csv, path, static_cast<std::size_t>(places[i]));
  }
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    flood_case.points.push_back(
        {csv.text(row, columns[0]),
         {csv.required_number(row, columns[1]), csv.required_number(row, columns[2])}});
  }
}

Duration positive(TomlReader& table, std::string_view field, Duration otherwise) {
  const auto given = table.duration(field);
  if (given && given->count() <= 0) table.fail(field, "must be longer than nothing");
  return given.value_or(otherwise);
}

void read_output(TomlReader& root, const FileTerms& terms, FloodCase& flood_case) {
  if (auto output = root.table("output")) {
    flood_case.every = positive(*output, "every", flood_case.every);
    flood_case.maps_every = positive(*output, "maps_every", Duration{0});
    flood_case.record_every = positive(*output, "record_every", Duration{0});
    output->finish();
  }
  flood_case.every = std::min(flood_case.every, flood_case.length);
  read_points(root, flood_case);
  for (TomlReader& table : root.tables("point")) {
    const std::string name = table.required_text("name");
    flood_case.points.push_back({name, terms.place(table, "place")});
    table.finish();
  }
  for (TomlReader& table : root.tables("section")) {
    const std::string name = table.required_text("name");
    flood_case.sections.push_back({name, terms.places(table, "line")});
    table.finish();
  }
}

}  // namespace

FloodCase read_flood_case(const std::filesystem::path& path) {
  if (path.extension() == ".par") return read_lisflood(path);
  if (path.extension() == ".inp") return read_sfincs(path);
  TomlReader root = TomlReader::read(path);
  FloodCase flood_case;
  const std::string stem = path.filename().string();
  flood_case.name = root.text("name").value_or(stem.substr(0, stem.find(".flood")));
  root.text("source");
  const auto start = root.instant("start");
  flood_case.dated = start.has_value();
  flood_case.start = start.value_or(undated_start);
  const auto length = root.duration("length");
  if (!length) root.fail("", "the field 'length' is missing");
  if (length->count() <= 0) root.fail("length", "must be longer than nothing");
  flood_case.length = *length;
  const FileTerms terms = terms_of(flood_case);
  read_output(root, terms, flood_case);
  flood_case.window = positive(root, "window", usual_window(flood_case));

  flood_case.options.initial_stage_warmup_h = 0;
  flood_case.options.upland_height_m = Uplands::no_uplands_m;
  if (auto flood = root.table("flood")) {
    read_water_options(*flood, flood_case.options);
    read_structures_and_edges(*flood, terms, flood_case.options);
    flood->finish();
  }
  read_case_ground(root, terms, flood_case);
  read_case_water(root, terms, flood_case);
  root.finish();
  for (const EdgePlan& edge : flood_case.options.edges) {
    note_short(std::string("the edge ") + name_of(edge.side), edge.over_time, flood_case);
  }
  try {
    keep_edges_on_ground(flood_case);
  } catch (const ScenarioError& error) {
    throw FileError(path.string(), error.what());
  }
  check_case(flood_case, path);
  return flood_case;
}

}  // namespace kontwin::flood
