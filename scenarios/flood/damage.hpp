#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "scenarios/flood/entity_depths.hpp"
#include "twin/kpi.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// What is damaged, as the curves tell it apart.
enum class DamageSector : std::uint8_t { homes, public_buildings, works, roads, fields };
inline constexpr std::size_t damage_sector_count = 5;

/// The share of a sector's value that water of a depth destroys, 0 to 1: the mean curves for Asia
/// of Huizinga, de Moel and Szewczyk 2017, Global flood depth-damage functions, JRC105688
/// (residential, commercial, industrial, roads, agriculture), linear between 0, 0.5, 1, 1.5, 2, 3,
/// 4, 5 and 6 m.
double damaged_share(DamageSector sector, double depth_m);
/// The same of a building of some storeys of 3 m, each of which holds as much of its value and is
/// damaged by the water over its own floor; below 1 and not known count as 1.
double damaged_share(DamageSector sector, double depth_m, double storeys);

/// What is assumed of values and sizes where a world does not say. docs/flood-hazard.md gives the
/// source of each.
struct DamageAssumptions {
  double gdp_per_person_usd2010 = 1310;  ///< Vietnam
  double floor_m2_per_person = 23.5;     ///< of homes
  double floor_m2_per_hospital_bed = 60;
  double floor_m2_per_pupil = 4;
  double floor_m2_per_room = 30;  ///< of lodgings
  double floor_m2_health_station = 500;
  double floor_m2_office = 600;
  double floor_m2_works = 400;  ///< a power or water facility
  double road_eur_per_m2 = 10;
  double field_eur_per_m2 = 0.15;  ///< a year's value added
};

/// The most that water can destroy in a square metre of floor, euro of 2010: construction cost a
/// GDP^b (Huizinga et al. 2017), 60 % of it for age, 60 % of that damageable, and the contents; for
/// roads and fields what is assumed.
double greatest_damage_eur_per_m2(DamageSector sector, const DamageAssumptions& assumptions = {});

/// Adds damage_total, one KPI a sector (thousand euro of 2010, structures and contents, no loss of
/// business), and people_affected, who live where water stood 0.1 m or deeper. `deepest_m` [cell]
/// is the maximum over the run. Both directions of a road are one.
void add_damage_kpis(const World& world, const EntityDepths& entities,
                     std::span<const float> deepest_m, KpiList& kpis,
                     const DamageAssumptions& assumptions = {});

}  // namespace kontwin::flood
