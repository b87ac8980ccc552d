#include "io/run/run_format.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

#include "twin/event.hpp"
#include "twin/schema.hpp"

namespace kontwin::run_format {

namespace {

/// Dry parts of a grid are not in the file, so its size says nothing of a grid's: this must.
constexpr std::size_t most_cells = 400'000'000;

using hdf5::Handle;
using hdf5::Lock;
using hdf5::Member;

Handle kind_names() {
  std::vector<std::string_view> names;
  for (const Kind kind : all_kinds()) names.push_back(names_of(kind).id);
  return hdf5::enum_type(names);
}

template <typename Enum>
Handle names_of_all(std::size_t count) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(name_of(static_cast<Enum>(i)));
  return hdf5::enum_type(names);
}

Handle mover_kind_names() {
  static constexpr std::array<std::string_view, mover_kind_count> names{
      "car", "motorbike", "bus", "lorry", "pedestrian", "boat", "ambulance", "boulder"};
  return hdf5::enum_type(names);
}

/// A file's record: the members one after the other.
Handle packed(std::vector<Member> members) {
  std::size_t offset = 0;
  for (Member& member : members) {
    member.offset = offset;
    offset += H5Tget_size(member.type);
  }
  return hdf5::record_type(offset, members);
}

struct EventTypes {
  Handle kind = kind_names();
  Handle type = names_of_all<EventType>(event_type_count);
  Handle severity = names_of_all<Severity>(severity_count);

  std::vector<Member> members() const {
    return {{"at_ms", offsetof(EventRecord, at_ms), hdf5::number_type<std::int64_t>()},
            {"kind", offsetof(EventRecord, kind), kind.get()},
            {"row", offsetof(EventRecord, row), hdf5::number_type<std::uint32_t>()},
            {"type", offsetof(EventRecord, type), type.get()},
            {"value", offsetof(EventRecord, value), hdf5::number_type<double>()},
            {"severity", offsetof(EventRecord, severity), severity.get()}};
  }
};

std::vector<Member> mover_members(const Handle& kind) {
  return {{"x_m", offsetof(Mover, x_m), hdf5::number_type<float>()},
          {"y_m", offsetof(Mover, y_m), hdf5::number_type<float>()},
          {"kind", offsetof(Mover, kind), kind.get()},
          {"evacuating", offsetof(Mover, evacuating), hdf5::number_type<std::uint8_t>()}};
}

}  // namespace

Handle event_type_in_memory() {
  const Lock lock;
  return hdf5::record_type(sizeof(EventRecord), EventTypes().members());
}

Handle event_type_in_file() {
  const Lock lock;
  const EventTypes types;
  return packed(types.members());
}

Handle mover_type_in_memory() {
  const Lock lock;
  return hdf5::record_type(sizeof(Mover), mover_members(mover_kind_names()));
}

Handle mover_type_in_file() {
  const Lock lock;
  const Handle kind = mover_kind_names();
  return packed(mover_members(kind));
}

std::string state_path(Kind kind, std::size_t column) {
  return "/state/" + std::string(names_of(kind).id) + "/" +
         std::string(schema_of(kind).columns[column].id);
}

std::string entities_path(Kind kind) { return "/entities/" + std::string(names_of(kind).id); }

std::string ground_path(const std::string& grid) {
  return grid.empty() ? "/ground" : "/ground/" + grid;
}

GridShape read_shape(const hdf5::File& file, const std::string& path, std::size_t columns,
                     std::size_t rows) {
  const GridShape shape{file.number(path, "left_m"), file.number(path, "bottom_m"),
                        file.number(path, "cell_m"), columns, rows};
  if (!std::isfinite(shape.left_m) || !std::isfinite(shape.bottom_m) || !(shape.cell_m > 0) ||
      !std::isfinite(shape.cell_m) || shape.columns == 0 || shape.rows == 0 ||
      shape.rows > most_cells / shape.columns) {
    file.fail(path + " is no grid: its place, cell or extent is impossible");
  }
  return shape;
}

void set_shape(hdf5::File& file, const std::string& path, std::string_view quantity,
               const GridShape& shape) {
  file.set(path, "units", unit_in_name(quantity));
  file.set(path, "left_m", shape.left_m);
  file.set(path, "bottom_m", shape.bottom_m);
  file.set(path, "cell_m", shape.cell_m);
  file.set(path, "row_0", "the southernmost");
}

std::string_view unit_in_name(std::string_view quantity) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> units{
      {{"_mps", "m/s"},
       {"_m3ps", "m³/s"},
       {"_m2ps", "m²/s"},
       {"_mmph", "mm/h"},
       {"_s", "s"},
       {"_m", "m"}}};
  for (const auto& [ending, unit] : units) {
    if (quantity.ends_with(ending)) return unit;
  }
  return "";
}

}  // namespace kontwin::run_format
