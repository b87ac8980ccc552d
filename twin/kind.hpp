#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kontwin {

/// What an entity is. The order is part of every file format and of the order in which events are
/// handled: append, never insert.
enum class Kind : std::uint8_t {
  road,  // a directed link
  junction,
  signal,
  river_gauge,
  rain_gauge,
  traffic_counter,
  camera,
  air_sensor,
  soil_sensor,
  power_sensor,
  hospital,
  health_station,
  school,
  shelter,
  farm_plot,
  reservoir,  // with its dam
  parking,
  lodging,
  tourist_site,
  power_facility,
  water_facility,
  office,
  residence,  // a block of homes: the people of a hamlet or a few streets
};

inline constexpr std::size_t kind_count = 23;

/// The position of `kind` in tables that hold one item a kind.
constexpr std::size_t index_of(Kind kind) { return static_cast<std::size_t>(kind); }

/// Every kind in order.
constexpr std::array<Kind, kind_count> all_kinds() {
  std::array<Kind, kind_count> kinds{};
  for (std::size_t i = 0; i < kind_count; ++i) kinds[i] = static_cast<Kind>(i);
  return kinds;
}

/// The names of a kind.
struct KindNames {
  std::string_view id;          ///< in files and options: `river_gauge`
  std::string_view type;        ///< in URNs, NGSI-LD style: `RiverGauge`
  std::string_view vietnamese;  ///< `Trạm thủy văn`
  std::string_view english;     ///< `River gauge`
};

const KindNames& names_of(Kind kind);

/// The kind with this `id` or URN `type`; nothing if there is none.
std::optional<Kind> parse_kind(std::string_view name);

}  // namespace kontwin
