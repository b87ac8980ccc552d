#include <array>
#include <cmath>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

void add_hospitals(PlaceMaker& maker) {
  const CsvTable table =
      maker.assets().table("hospitals.csv", {"id", "name", "lat", "lon", "beds", "provincial"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const LocalPoint place = maker.parts().frame.to_local(AssetFolder::place(table, row));
    maker.add(Kind::hospital, AssetFolder::required_text(table, row, "id"), table.text(row, "name"),
              place, AssetFolder::provenance(table, row), maker.assets().source(table, row),
              {table.required_number(row, "beds"), static_cast<double>(maker.junction_near(place)),
               table.required_number(row, "provincial")});
  }
}

/// Kinds of school a commune has, with the pupils of a small and a large one.
struct SchoolKind {
  std::string_view id;
  std::string_view name;
  double fewest, most;
  double out_m;  ///< from the commune's seat
};
constexpr std::array<SchoolKind, 4> school_kinds{{
    {"mn", "Trường Mầm non", 90, 320, 180},
    {"th", "Trường Tiểu học", 160, 620, 260},
    {"thcs", "Trường THCS", 140, 560, 340},
    {"diem", "Điểm trường thôn", 25, 90, 1500},
}};

void add_schools(PlaceMaker& maker, const AdminUnit& unit) {
  RandomStream random(world_seed, key_of(unit.code), 61);
  const std::uint32_t seat = maker.seat(unit);
  for (const SchoolKind& school : school_kinds) {
    LocalPoint near = maker.junction_place(seat);
    const double way = random.uniform(0, 6.283);
    near.x_m += school.out_m * std::cos(way);
    near.y_m += school.out_m * std::sin(way);
    const std::uint32_t junction = maker.junction_near(near);
    const double pupils = std::round(random.uniform(school.fewest, school.most));
    const std::string id = std::string(school.id) + "-" + unit.code;
    maker.add(Kind::school, id, std::string(school.name) + " " + unit.name,
              maker.off_junction(junction, random.uniform(45, 90), key_of(id)),
              Provenance::synthetic, maker.own(), {pupils, static_cast<double>(junction)});
  }
}

void add_offices(PlaceMaker& maker) {
  const CsvTable table =
      maker.assets().table("facilities.csv", {"kind", "id", "name", "lat", "lon"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.text(row, "kind") != names_of(Kind::office).id) continue;
    const LocalPoint place = maker.parts().frame.to_local(AssetFolder::place(table, row));
    maker.add(Kind::office, AssetFolder::required_text(table, row, "id"), table.text(row, "name"),
              place, AssetFolder::provenance(table, row), maker.assets().source(table, row),
              {static_cast<double>(maker.junction_near(place))});
  }
}

}  // namespace

void add_care(PlaceMaker& maker) {
  add_hospitals(maker);
  add_offices(maker);
  for (const AdminUnit* unit : communes_of_june_2025(maker.parts())) {
    const std::uint32_t seat = maker.seat(*unit);
    const auto junction = static_cast<double>(seat);
    maker.add(Kind::health_station, unit->code, "Trạm y tế " + unit->name,
              maker.off_junction(seat, 70, key_of(unit->code)), Provenance::synthetic, maker.own(),
              {junction});
    maker.add(Kind::office, "ubnd-" + unit->code, "UBND " + unit->name,
              maker.off_junction(seat, 55, key_of("ubnd-" + unit->code)), Provenance::synthetic,
              maker.own(), {junction});
    add_schools(maker, *unit);
  }
}

}  // namespace kontwin::synthesis
