#include "scenarios/file/water_edits.hpp"

#include <string>

#include "scenarios/file/local_place.hpp"

namespace kontwin {

std::vector<Edit> read_release(TomlReader& table, const EditPlaces& places) {
  const double outflow = table.required_number("outflow_m3ps", 0, 100000);
  return for_rows(places.rows(table, "where", Kind::reservoir), [outflow](std::uint32_t row) {
    return SetRelease{row, outflow};
  });
}

std::vector<Edit> read_gate(TomlReader& table, const EditPlaces& places) {
  const double opening = table.required_number("opening", 0, 1);
  return for_rows(places.rows(table, "where", Kind::reservoir), [opening](std::uint32_t row) {
    return SetGate{row, opening};
  });
}

std::vector<Edit> read_structure_edit(TomlReader& table, const EditPlaces& /*places*/) {
  SetStructure edit;
  edit.structure = table.required_text("structure");
  edit.open = table.required_number("open", 0, 1);
  return {edit};
}

std::vector<Edit> read_raised_road(TomlReader& table, const EditPlaces& places) {
  const double height_m = table.required_number("height_m", 0.01, 100);
  return for_rows(places.rows(table, "where", Kind::road), [height_m](std::uint32_t row) {
    return RaiseRoad{row, height_m};
  });
}

std::vector<Edit> read_barrier(TomlReader& table, const EditPlaces& places) {
  AddBarrier barrier;
  barrier.line = local_places(table, "line", *places.world());
  if (barrier.line.size() < 2) table.fail("line", "needs two points or more");
  barrier.height_m = table.required_number("height_m", 0.01, 100);
  return {barrier};
}

namespace {

/// What a breach of a dam and one of a levee have in common.
StartBreach read_shape(TomlReader& table) {
  using enum StartBreach::Formula;
  StartBreach breach;
  breach.bottom_m = table.required_number("bottom_m");
  breach.width_m = table.number("width_m", 0, 10000).value_or(breach.width_m);
  breach.side_slope = table.number("side_slope", 0, 10).value_or(breach.side_slope);
  if (const auto formation = table.duration("formation")) {
    if (formation->count() <= 0) table.fail("formation", "must be longer than nothing");
    breach.formation = *formation;
  }
  if (table.flag("at_crest").value_or(false)) {
    if (table.has("at_level_m")) table.fail("at_level_m", "stands beside 'at_crest': use one");
    breach.at_level_m = StartBreach::at_crest;
  } else if (const auto level_m = table.number("at_level_m")) {
    if (!(*level_m > breach.bottom_m)) table.fail("at_level_m", "must lie over bottom_m");
    breach.at_level_m = *level_m;
  }
  const std::string formula = table.text("formula").value_or("froehlich_2008");
  if (formula == "von_thun_gillette_1990") {
    breach.formula = von_thun_gillette_1990;
  } else if (formula != "froehlich_2008") {
    table.fail("formula", "'" + formula + "' is neither froehlich_2008 nor von_thun_gillette_1990");
  }
  breach.overtopped = table.flag("overtopped").value_or(breach.overtopped);
  return breach;
}

}  // namespace

std::vector<Edit> read_breach(TomlReader& table, const EditPlaces& places) {
  if (table.has("where")) {
    StartBreach breach = read_shape(table);
    if (table.has("line")) table.fail("line", "stands beside 'where': a dam or a line breaks");
    breach.crest_m = table.number("crest_m").value_or(breach.crest_m);
    return for_rows(places.rows(table, "where", Kind::reservoir),
                    [breach](std::uint32_t row) mutable {
                      breach.reservoir = row;
                      return breach;
                    });
  }
  return {read_levee_breach(table, scenario_terms(*places.world()))};
}

StartBreach read_levee_breach(TomlReader& table, const FileTerms& terms) {
  StartBreach breach = read_shape(table);
  breach.line = terms.places(table, "line");
  if (breach.line.size() < 2) {
    table.fail("", "needs 'where' (a reservoir), or 'line' of two points or more");
  }
  if (!table.has("place")) {
    table.fail("", "the field 'place' is missing: where on its line the levee breaks");
  }
  breach.place = terms.place(table, "place");
  breach.volume_m3 = table.number("volume_m3", 0, 1e12).value_or(breach.volume_m3);
  const bool sized = table.has("width_m") && table.has("formation");
  if (!sized && !table.has("volume_m3")) {
    table.fail("", "needs 'width_m' and 'formation', or 'volume_m3' of the water behind it");
  }
  return breach;
}

}  // namespace kontwin
