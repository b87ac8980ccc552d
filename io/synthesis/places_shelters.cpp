#include <algorithm>
#include <cmath>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

// The record flood at Kon Tum stood at 524.15 m (2009): a shelter of the city stands above it with
// room for the slope of the water along the city's reach.
constexpr double city_high_ground_m = 526;
constexpr int city_places = 20000;
constexpr double city_apart_m = 430;
constexpr double country_above_bed_m = 8;  ///< over the bed of a river nearer than 600 m

double lowest_safe_m(const PlaceMaker& maker, LocalPoint place) {
  const auto bank = maker.rivers().nearest(place, 600);
  return bank ? maker.height_m(bank->foot) + country_above_bed_m : -1e9;
}

/// Schools and halls on the city's high ground, the nearest to its lowest streets first.
void add_city_shelters(PlaceMaker& maker) {
  const Town& city = maker.town("kon-tum");
  const EntityTable& junctions = maker.parts().entities[index_of(Kind::junction)];
  std::vector<LocalPoint> low;
  std::vector<std::uint32_t> high;
  for (std::uint32_t row = 0; row < junctions.size(); ++row) {
    if (!city.contains(junctions.place[row])) continue;
    const double height_m = maker.height_m(junctions.place[row]);
    if (height_m < 522) low.push_back(junctions.place[row]);
    if (height_m > city_high_ground_m + 1) high.push_back(row);
  }
  const JunctionIndex low_ground(low);
  std::vector<std::pair<double, std::uint32_t>> by_distance;
  for (const std::uint32_t row : high) {
    const std::uint32_t near = low_ground.nearest(junctions.place[row]);
    by_distance.emplace_back(near == no_row ? 0 : distance_m(low[near], junctions.place[row]), row);
  }
  std::ranges::sort(by_distance);

  RandomStream random(world_seed, key_of("city-shelters"));
  std::vector<LocalPoint> taken;
  int places = 0;
  for (const auto& [away_m, row] : by_distance) {
    if (places >= city_places) break;
    const LocalPoint at = junctions.place[row];
    if (std::ranges::any_of(
            taken, [&](LocalPoint other) { return distance_m(other, at) < city_apart_m; })) {
      continue;
    }
    const std::string id = "city-" + std::to_string(taken.size() + 1);
    const LocalPoint place = maker.off_junction(row, 45, key_of(id));
    if (maker.height_m(place) < city_high_ground_m) continue;
    const double size = random.uniform();
    const int room = static_cast<int>(std::round((300 + 1700 * size * size) / 50) * 50);
    taken.push_back(at);
    places += room;
    maker.add(Kind::shelter, id, "Điểm sơ tán số " + std::to_string(taken.size()) + " (trường học)",
              place, Provenance::synthetic, maker.own(),
              {static_cast<double>(room), static_cast<double>(row)});
  }
}

/// One or two in each commune: at the office, and at a school or communal house near the seat.
void add_commune_shelters(PlaceMaker& maker, const AdminUnit& unit) {
  RandomStream random(world_seed, key_of(unit.code), 71);
  const int wanted = unit.population > 4500 ? 2 : 1;
  int made = 0;
  for (const std::uint32_t row : maker.junctions_near(maker.junction_place(maker.seat(unit)), 60)) {
    const std::string id = unit.code + "-" + std::to_string(made + 1);
    const LocalPoint place = maker.off_junction(row, 60, key_of("shelter-" + id));
    const bool in_city = maker.town("kon-tum").contains(place, 500);
    const double safe_m =
        std::max(lowest_safe_m(maker, place), in_city ? city_high_ground_m : -1e9);
    if (maker.height_m(place) < safe_m) continue;
    maker.add(Kind::shelter, id,
              std::string(made == 0 ? "Điểm sơ tán UBND " : "Điểm sơ tán nhà văn hóa ") + unit.name,
              place, Provenance::synthetic, maker.own(),
              {std::round(random.uniform(150, 500) / 10) * 10, static_cast<double>(row)});
    if (++made == wanted) break;
  }
}

}  // namespace

void add_shelters(PlaceMaker& maker) {
  add_city_shelters(maker);
  for (const AdminUnit* unit : communes_of_june_2025(maker.parts())) {
    add_commune_shelters(maker, *unit);
  }
}

}  // namespace kontwin::synthesis
