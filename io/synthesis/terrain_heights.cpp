#include "io/synthesis/terrain_heights.hpp"

#include <array>

namespace kontwin {

std::vector<KnownHeight> read_known_heights(const AssetFolder& folder, const LocalFrame& frame) {
  constexpr std::array<std::string_view, 4> kinds{"peak", "town", "plain", "pass"};
  const CsvTable table =
      folder.table("elevations.csv", {"kind", "name", "lat", "lon", "elevation_m", "radius_m"});
  std::vector<KnownHeight> heights;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    (void)folder.source(table, row);
    (void)AssetFolder::provenance(table, row);
    const std::string& kind = AssetFolder::required_text(table, row, "kind");
    std::size_t index = 0;
    while (index < kinds.size() && kinds[index] != kind) ++index;
    if (index == kinds.size()) {
      table.fail(row, "kind '" + kind + "' is none of peak, town, plain, pass");
    }
    heights.push_back({.kind = static_cast<HeightKind>(index),
                       .name = AssetFolder::required_text(table, row, "name"),
                       .place = frame.to_local(AssetFolder::place(table, row)),
                       .elevation_m = table.required_number(row, "elevation_m"),
                       .radius_m = table.number(row, "radius_m").value_or(0)});
  }
  return heights;
}

}  // namespace kontwin
