#include <algorithm>
#include <cmath>

#include "io/synthesis/places_maker.hpp"
#include "twin/error.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double snap_m = 3000;  ///< a dam is moved onto a river nearer than this

void add_reservoirs(PlaceMaker& maker) {
  const CsvTable table = maker.assets().table(
      "reservoirs.csv",
      {"id", "name", "lat", "lon", "full_level_m", "dead_level_m", "flood_control_level_m",
       "volume_total_mm3", "volume_dead_mm3", "installed_mw"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    LocalPoint place = maker.parts().frame.to_local(AssetFolder::place(table, row));
    if (const auto bank = maker.rivers().nearest(place, snap_m, true)) place = bank->foot;
    const auto provenance = AssetFolder::provenance(table, row);
    const std::uint32_t source = maker.assets().source(table, row);
    const std::string& id = AssetFolder::required_text(table, row, "id");
    const double megawatts = table.required_number(row, "installed_mw");
    maker.add_in_water(
        Kind::reservoir, id, "Hồ " + table.text(row, "name"), place, provenance, source,
        {table.required_number(row, "full_level_m"), table.required_number(row, "dead_level_m"),
         table.required_number(row, "flood_control_level_m"),
         table.required_number(row, "volume_total_mm3") * 1e6,
         table.required_number(row, "volume_dead_mm3") * 1e6, megawatts});
    // The power house stands on the bank below the dam; where exactly is not known.
    const auto bank = maker.rivers().nearest(place, 1);
    LocalPoint house = place;
    if (bank) {
      house = {bank->foot.x_m + 250 * bank->downstream.x_m - 90 * bank->downstream.y_m,
               bank->foot.y_m + 250 * bank->downstream.y_m + 90 * bank->downstream.x_m};
    }
    maker.add(Kind::power_facility, "thuy-dien-" + id,
              "Nhà máy thủy điện " + table.text(row, "name"), house, Provenance::derived, source,
              {megawatts * 1000});
  }
}

void add_listed(PlaceMaker& maker) {
  const CsvTable table =
      maker.assets().table("facilities.csv", {"kind", "id", "name", "lat", "lon", "installed_kw"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto kind = parse_kind(table.text(row, "kind"));
    const bool known =
        kind == Kind::power_facility || kind == Kind::water_facility || kind == Kind::office;
    if (!known) table.fail(row, "'" + table.text(row, "kind") + "' is no kind of facility");
    if (kind == Kind::office) continue;
    std::vector<double> attributes;
    if (kind == Kind::power_facility) {
      attributes.push_back(table.required_number(row, "installed_kw"));
    }
    maker.add(*kind, AssetFolder::required_text(table, row, "id"), table.text(row, "name"),
              maker.parts().frame.to_local(AssetFolder::place(table, row)),
              AssetFolder::provenance(table, row), maker.assets().source(table, row),
              std::move(attributes));
  }
}

/// Gravity-fed village supplies, one in every fourth commune.
void add_village_supplies(PlaceMaker& maker) {
  const auto units = communes_of_june_2025(maker.parts());
  for (std::size_t i = 0; i < units.size(); i += 4) {
    const AdminUnit& unit = *units[i];
    maker.add(Kind::water_facility, "tu-chay-" + unit.code, "Cấp nước tự chảy " + unit.name,
              maker.off_junction(maker.seat(unit), 350, i), Provenance::synthetic, maker.own(), {});
  }
}

}  // namespace

void add_works(PlaceMaker& maker) {
  add_reservoirs(maker);
  add_listed(maker);
  add_village_supplies(maker);
}

}  // namespace kontwin::synthesis
