#pragma once

#include "io/flood/flood_case.hpp"
#include "scenarios/file/file_terms.hpp"
#include "scenarios/toml/toml_reader.hpp"

// The parts of a case's file, each read from its tables (docs/flood-cases.md). All throw FileError
// with line and field.
namespace kontwin::flood {

/// `[terrain]`, `[roughness]`, `[[building]]` and `[[inset]]`: grids and outside, plane, options of
/// the insets, notes.
void read_case_ground(TomlReader& root, const FileTerms& terms, FloodCase& flood_case);

/// `[rain]`, `[[inflow]]`, `[[initial]]`, `[[wall]]` and `[[breach]]`; the ground is there.
void read_case_water(TomlReader& root, const FileTerms& terms, FloodCase& flood_case);

/// A number, a list of [time, value], or the name of a CSV file whose column `column` names; with
/// no value below `lowest`. Empty where the field is not there.
TimeSeries read_case_quantity(TomlReader& table, std::string_view field,
                              const FloodCase& flood_case, double lowest);

}  // namespace kontwin::flood
