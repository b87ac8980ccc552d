#include "scenarios/flood/damage.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace kontwin::flood {

namespace {

constexpr std::size_t curve_points = 9;
constexpr std::array<double, curve_points> curve_depths_m{0, 0.5, 1, 1.5, 2, 3, 4, 5, 6};

/// A sector: its curve, the cost of construction a GDP^b in euro of 2010, and what the contents are
/// worth beside the building; a = 0 where the value is assumed as such.
struct Sector {
  std::string_view id, vietnamese, english;
  std::array<double, curve_points> share;
  double a, b, contents;
};

constexpr std::array<Sector, damage_sector_count> sectors{{
    {"damage_homes",
     "nhà ở",
     "homes",
     {0, 0.3266, 0.4941, 0.6166, 0.7207, 0.8695, 0.9315, 0.9836, 1},
     24.078,
     0.3852,
     0.5},
    {"damage_public_buildings",
     "bệnh viện, trường học, công sở, lưu trú",
     "hospitals, schools, offices, lodgings",
     {0, 0.38, 0.54, 0.66, 0.76, 0.88, 0.94, 0.98, 1},
     33.642,
     0.3574,
     1.0},
    {"damage_works",
     "công trình điện, nước",
     "power and water works",
     {0, 0.28, 0.48, 0.63, 0.72, 0.86, 0.91, 0.96, 1},
     30.824,
     0.3249,
     1.5},
    {"damage_roads", "đường", "roads", {0, 0.21, 0.37, 0.60, 0.71, 0.81, 0.89, 0.97, 1}, 0, 0, 0},
    {"damage_fields",
     "đất canh tác",
     "farm plots",
     {0, 0.14, 0.37, 0.52, 0.56, 0.66, 0.83, 0.99, 1},
     0,
     0,
     0},
}};

/// Of the cost of construction: what age leaves of the value, and how much of that water can spoil.
constexpr double depreciated = 0.6;
constexpr double damageable = 0.6;
/// Shallower than this nothing is damaged: rain on a street.
constexpr double least_damaging_m = 0.1;

const Sector& of(DamageSector sector) { return sectors[static_cast<std::size_t>(sector)]; }

/// From floor to floor.
constexpr double storey_m = 3;

/// What an entity has to lose.
struct Asset {
  DamageSector sector;
  double area_m2;
};

/// NaN: not known.
double storeys_of(const World& world, EntityRef ref) {
  const auto attribute = find_attribute(ref.kind, "storeys");
  return attribute ? world.entities(ref.kind).attribute(*attribute, ref.row) : std::nan("");
}

std::optional<Asset> asset_of(const World& world, EntityRef ref, const DamageAssumptions& assumed) {
  const EntityTable& table = world.entities(ref.kind);
  const auto number = [&](std::size_t attribute) {
    const double value = table.attribute(attribute, ref.row);
    return std::isfinite(value) ? value : 0;
  };
  using enum DamageSector;
  switch (ref.kind) {
    case Kind::residence:
      return Asset{homes, number(residence_attribute::people) * assumed.floor_m2_per_person};
    case Kind::hospital:
      return Asset{public_buildings,
                   number(hospital_attribute::beds) * assumed.floor_m2_per_hospital_bed};
    case Kind::health_station:
      return Asset{public_buildings, assumed.floor_m2_health_station};
    case Kind::school:
      return Asset{public_buildings, number(school_attribute::pupils) * assumed.floor_m2_per_pupil};
    case Kind::lodging:
      return Asset{public_buildings, number(lodging_attribute::rooms) * assumed.floor_m2_per_room};
    case Kind::office:
      return Asset{public_buildings, assumed.floor_m2_office};
    case Kind::power_facility:
    case Kind::water_facility:
      return Asset{works, assumed.floor_m2_works};
    case Kind::farm_plot:
      return Asset{fields, number(farm_plot_attribute::area_m2)};
    case Kind::road: {
      const std::uint32_t opposite = world.roads().opposite[ref.row];
      if (opposite != no_row && opposite < ref.row) return std::nullopt;
      return Asset{roads, number(road_attribute::length_m) * number(road_attribute::width_m)};
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

double damaged_share(DamageSector sector, double depth_m) {
  const auto& share = of(sector).share;
  if (!(depth_m > 0)) return 0;
  for (std::size_t i = 1; i < curve_points; ++i) {
    if (depth_m > curve_depths_m[i]) continue;
    const double part =
        (depth_m - curve_depths_m[i - 1]) / (curve_depths_m[i] - curve_depths_m[i - 1]);
    return std::lerp(share[i - 1], share[i], part);
  }
  return 1;
}

double damaged_share(DamageSector sector, double depth_m, double storeys) {
  if (!(storeys > 1)) return damaged_share(sector, depth_m);
  double share = 0;
  for (double below = 0; below < storeys && depth_m > below * storey_m; ++below) {
    // The last of them may be there in part of the buildings only.
    share += std::min(1.0, storeys - below) / storeys *
             damaged_share(sector, depth_m - below * storey_m);
  }
  return share;
}

double greatest_damage_eur_per_m2(DamageSector sector, const DamageAssumptions& assumptions) {
  if (sector == DamageSector::roads) return assumptions.road_eur_per_m2;
  if (sector == DamageSector::fields) return assumptions.field_eur_per_m2;
  const Sector& its = of(sector);
  const double construction = its.a * std::pow(assumptions.gdp_per_person_usd2010, its.b);
  return construction * depreciated * damageable * (1 + its.contents);
}

void add_damage_kpis(const World& world, const EntityDepths& entities,
                     std::span<const float> deepest_m, KpiList& kpis,
                     const DamageAssumptions& assumptions) {
  std::array<double, damage_sector_count> eur{};
  double people = 0;
  entities.for_deepest(deepest_m, [&](EntityRef ref, double depth_m) {
    if (depth_m < least_damaging_m) return;
    if (ref.kind == Kind::residence) {
      const double living =
          world.entities(ref.kind).attribute(residence_attribute::people, ref.row);
      if (std::isfinite(living)) people += living;
    }
    const auto asset = asset_of(world, ref, assumptions);
    if (!asset) return;
    eur[static_cast<std::size_t>(asset->sector)] +=
        asset->area_m2 * damaged_share(asset->sector, depth_m, storeys_of(world, ref)) *
        greatest_damage_eur_per_m2(asset->sector, assumptions);
  });
  kpis.push_back({"people_affected", "Số người có nhà bị ngập từ 0,1 m trở lên",
                  "People whose homes stood in 0.1 m of water or more", "person", people});
  double total = 0;
  for (const double part : eur) total += part;
  const char* const unit = "1000 EUR";
  kpis.push_back({"damage_total", "Thiệt hại ước tính, giá 2010",
                  "Estimated damage, prices of 2010", unit, total / 1000});
  for (std::size_t i = 0; i < damage_sector_count; ++i) {
    kpis.push_back({std::string(sectors[i].id), "Trong đó " + std::string(sectors[i].vietnamese),
                    "Of it damage to " + std::string(sectors[i].english), unit, eur[i] / 1000});
  }
}

}  // namespace kontwin::flood
