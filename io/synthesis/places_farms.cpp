#include <algorithm>
#include <cmath>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr std::size_t plots = 3000;
constexpr double steepest = 0.32;

double slope_at(const PlaceMaker& maker, LocalPoint place) {
  constexpr double reach_m = 90;
  return std::hypot(maker.height_m({place.x_m + reach_m, place.y_m}) -
                        maker.height_m({place.x_m - reach_m, place.y_m}),
                    maker.height_m({place.x_m, place.y_m + reach_m}) -
                        maker.height_m({place.x_m, place.y_m - reach_m})) /
         (2 * reach_m);
}

/// What would be grown there: rice on flat land by water, rubber in the low west, coffee between
/// 500 and 1,100 m, vegetables and flowers round Măng Đen, ginseng only high on the Ngọc Linh
/// range.
Crop crop_at(const PlaceMaker& maker, LocalPoint place, double slope, double chance) {
  const double height_m = maker.height_m(place);
  if (height_m > 1450 && place.y_m > maker.parts().frame.to_local({108.0, 14.85}).y_m) {
    return Crop::ginseng;
  }
  if (height_m > 1000) return chance < 0.6 ? Crop::vegetables : Crop::coffee;
  if (slope < 0.04 && maker.rivers().nearest(place, 500) && chance < 0.7) return Crop::rice;
  const bool west = place.x_m < maker.parts().frame.to_local({107.85, 14.4}).x_m;
  if (west && height_m < 750 && chance < 0.65) return Crop::rubber;
  if (chance < 0.6) return Crop::coffee;
  if (chance < 0.75) return Crop::rubber;
  return chance < 0.92 ? Crop::cassava : Crop::fruit;
}

}  // namespace

void add_farms(PlaceMaker& maker) {
  const EntityTable& junctions = maker.parts().entities[index_of(Kind::junction)];
  std::vector<std::uint32_t> country;
  for (std::uint32_t row = 0; row < junctions.size(); ++row) {
    const bool in_town = std::ranges::any_of(
        maker.towns(), [&](const Town& town) { return town.contains(junctions.place[row]); });
    if (!in_town) country.push_back(row);
  }
  if (country.empty()) return;
  RandomStream random(world_seed, key_of("farms"));
  std::size_t made = 0;
  for (std::size_t attempt = 0; made < plots && attempt < 12 * plots; ++attempt) {
    const LocalPoint from = junctions.place[country[random.below(country.size())]];
    const double way = random.uniform(0, 6.283185);
    const double out_m = random.uniform(150, 2200);
    const double chance = random.uniform();
    const double area_m2 = std::round(4000 * std::exp(0.9 * random.normal()) / 100 + 10) * 100;
    const LocalPoint place{from.x_m + out_m * std::cos(way), from.y_m + out_m * std::sin(way)};
    if (!maker.in_province(place) || maker.rivers().nearest(place, 25)) continue;
    if (std::ranges::any_of(maker.towns(),
                            [&](const Town& town) { return town.contains(place); })) {
      continue;
    }
    const double slope = slope_at(maker, place);
    if (slope > steepest) continue;
    const Crop crop = crop_at(maker, place, slope, chance);
    ++made;
    maker.add(Kind::farm_plot, "thua-" + std::to_string(made),
              "Thửa " + std::string(vietnamese_name_of(crop)) + " " + std::to_string(made), place,
              Provenance::synthetic, maker.own(), {area_m2, static_cast<double>(crop)});
  }
}

}  // namespace kontwin::synthesis
