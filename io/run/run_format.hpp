#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "io/hdf5/file.hpp"
#include "io/hdf5/types.hpp"
#include "twin/frame.hpp"

// What the writer and the reader of run files agree on (docs/formats.md).
namespace kontwin::run_format {

inline constexpr std::int64_t format_version = 1;
inline constexpr const char* format_name = "kontwin-run";

/// The columns of a balance, in the order of Balance.
inline constexpr std::size_t balance_columns = 6;
inline constexpr const char* balance_names = "initial entered left lost inside tolerance";

/// An event as HDF5 reads and writes it.
struct EventRecord {
  std::int64_t at_ms = 0;
  double value = 0;
  std::uint32_t row = 0;
  std::uint8_t kind = 0;
  std::uint8_t type = 0;
  std::uint8_t severity = 0;
};

/// Types of events and movers: in memory as the structs are, in files without gaps.
hdf5::Handle event_type_in_memory();
hdf5::Handle event_type_in_file();
hdf5::Handle mover_type_in_memory();
hdf5::Handle mover_type_in_file();

inline constexpr std::size_t event_type_count = 16;
inline constexpr std::size_t severity_count = 3;
inline constexpr std::size_t mover_kind_count = 8;

std::string state_path(Kind kind, std::size_t column);
std::string entities_path(Kind kind);
/// Of the terrain of a run that holds its own; empty name: of all its grids.
std::string ground_path(const std::string& grid = {});

/// Where a grid lies, of the attributes of its dataset; throws FileError where that is impossible.
GridShape read_shape(const hdf5::File& file, const std::string& path, std::size_t columns,
                     std::size_t rows);
/// Sets these attributes, and the unit in its name.
void set_shape(hdf5::File& file, const std::string& path, std::string_view quantity,
               const GridShape& shape);

/// The unit that a name ends with: `m` for `water_depth_m`; empty when there is none known.
std::string_view unit_in_name(std::string_view quantity);

}  // namespace kontwin::run_format
