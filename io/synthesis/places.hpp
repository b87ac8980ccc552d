#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "twin/world.hpp"

namespace kontwin {

/// What grows on a farm plot: farm_plot_attribute::crop. Append, never insert.
enum class Crop : std::uint8_t {
  coffee,      // cà phê
  rubber,      // cao su
  rice,        // lúa nước
  cassava,     // sắn
  fruit,       // cây ăn quả
  vegetables,  // rau, hoa xứ lạnh (Măng Đen)
  ginseng,     // sâm Ngọc Linh
};
inline constexpr std::size_t crop_count = 7;

std::string_view vietnamese_name_of(Crop crop);

/// Everything that stands on the land and by the roads of a world, made from an asset folder:
/// appends entities of all kinds but roads and junctions to `parts`. To be called after add_land
/// and add_network. The same folder, land and network give the same bits.
///
/// Reads figures.csv (totals to meet), hospitals.csv, lodgings.csv, tourist_sites.csv,
/// facilities.csv, quarters.csv, river_gauges.csv and reservoirs.csv. What these do not list is
/// synthesised and marked so: homes for the people of each commune, schools, shelters on high
/// ground, health stations, farm plots, sensors. All lies inside the extent; only gauges and dams
/// stand in a river's channel. Throws FileError naming file, line and reason; WorldError when there
/// is no network.
void add_places(const std::filesystem::path& folder, WorldParts& parts);

}  // namespace kontwin
