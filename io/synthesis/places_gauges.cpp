#include <algorithm>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"

namespace kontwin::synthesis {

namespace {

constexpr std::size_t rain_gauges = 60;
constexpr double rain_gauges_apart_m = 5500;

void add_river_gauges(PlaceMaker& maker) {
  const CsvTable table = maker.assets().table(
      "river_gauges.csv",
      {"id", "name", "lat", "lon", "river", "bd1_m", "bd2_m", "bd3_m", "record_m", "bed_m"});
  const auto& rivers = maker.parts().rivers;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const LocalPoint published = maker.parts().frame.to_local(AssetFolder::place(table, row));
    const auto river = std::ranges::find(rivers, table.text(row, "river"), &River::name);
    if (river == rivers.end()) {
      table.fail(row, "rivers.csv has no river '" + table.text(row, "river") + "'");
    }
    // The URN is the service's own number, so that its readings find the gauge.
    const LocalPoint place = nearest_on(river->line, published).point;
    WorldParts& parts = maker.parts();
    parts.add(Kind::river_gauge,
              {make_urn(Kind::river_gauge, AssetFolder::required_text(table, row, "id")),
               "Trạm thủy văn " + table.text(row, "name"),
               place,
               AssetFolder::provenance(table, row),
               maker.assets().source(table, row),
               maker.communes().code_of(place),
               {table.required_number(row, "bd1_m"), table.required_number(row, "bd2_m"),
                table.required_number(row, "bd3_m"), table.required_number(row, "record_m"),
                table.required_number(row, "bed_m")}});
  }
}

/// At commune seats, no two near each other, the largest gaps filled first come first served.
void add_rain_gauges(PlaceMaker& maker) {
  std::vector<LocalPoint> taken;
  for (const AdminUnit* unit : communes_of_june_2025(maker.parts())) {
    if (taken.size() == rain_gauges) break;
    const std::uint32_t seat = maker.seat(*unit);
    const LocalPoint at = maker.junction_place(seat);
    if (std::ranges::any_of(
            taken, [&](LocalPoint other) { return distance_m(other, at) < rain_gauges_apart_m; })) {
      continue;
    }
    taken.push_back(at);
    maker.add(Kind::rain_gauge, "mua-" + unit->code, "Trạm đo mưa " + unit->name,
              maker.off_junction(seat, 110, key_of("mua-" + unit->code)), Provenance::synthetic,
              maker.own(), {});
  }
}

}  // namespace

void add_gauges(PlaceMaker& maker) {
  add_river_gauges(maker);
  add_rain_gauges(maker);
}

}  // namespace kontwin::synthesis
