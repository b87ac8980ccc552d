#include <algorithm>
#include <cmath>

#include "io/synthesis/network_hamlets.hpp"
#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double people_per_town_block = 115;
constexpr double people_per_hamlet_block = 100;
constexpr double people_per_household = 3.7;  // census of 2019, Kon Tum, rounded

/// Links along which homes may stand, with how densely.
struct Frontage {
  std::vector<std::uint32_t> links;
  std::vector<double> weights;
};

/// Spreads blocks of homes evenly over a frontage: block k stands where the running sum of weights
/// reaches (k + 1/2) / count of the whole.
void line_with_homes(PlaceMaker& maker, const std::string& commune, const Frontage& frontage,
                     int people, double people_per_block, std::string_view series) {
  const auto count = static_cast<std::size_t>(std::max(1.0, std::round(people / people_per_block)));
  RandomStream random(world_seed, key_of(commune), key_of(series));
  std::vector<double> sizes(count);
  for (double& size : sizes) size = random.uniform(70, 170);
  const auto blocks = apportion(people, sizes, 0);
  double whole = 0;
  for (const double weight : frontage.weights) whole += weight;

  std::size_t at = 0;
  double before = 0;
  const EntityTable& roads = maker.parts().entities[index_of(Kind::road)];
  for (std::size_t block = 0; block < count; ++block) {
    const double target = (static_cast<double>(block) + 0.5) / static_cast<double>(count) * whole;
    while (at + 1 < frontage.links.size() && before + frontage.weights[at] < target) {
      before += frontage.weights[at++];
    }
    const std::uint32_t link = frontage.links[at];
    const double share = std::clamp((target - before) / frontage.weights[at], 0.05, 0.95);
    const double half_road_m = roads.attribute(road_attribute::width_m, link) / 2;
    const double out_m = half_road_m + random.uniform(10, 38);
    const LocalPoint place = maker.beside(link, share, random.uniform() < 0.5 ? out_m : -out_m);
    std::string name = "Khối nhà " + roads.name[link];
    maker.add(Kind::residence,
              std::string(series) + "-" + commune + "-" + std::to_string(block + 1),
              std::move(name), place, Provenance::synthetic, maker.own(),
              {static_cast<double>(blocks[block]),
               std::max(1.0, std::round(blocks[block] / people_per_household)),
               static_cast<double>(maker.junction_near(place))});
  }
}

}  // namespace

void add_homes(PlaceMaker& maker) {
  const auto& communes = maker.communes().communes();
  std::vector<Frontage> streets(communes.size());
  std::vector<Frontage> lanes(communes.size());
  std::vector<Frontage> all(communes.size());
  std::vector<double> room(communes.size());
  const EntityTable& roads = maker.parts().entities[index_of(Kind::road)];

  for (const Town& town : maker.towns()) {
    for (const std::uint32_t link : maker.streets_of(town)) {
      const std::size_t commune = maker.communes().of(roads.place[link]);
      const double dense = town.fineness(roads.place[link]) == 1 ? 1.0 : 0.6;
      streets[commune].links.push_back(link);
      streets[commune].weights.push_back(roads.attribute(road_attribute::length_m, link) * dense);
    }
    for (const LocalPoint place : maker.parts().entities[index_of(Kind::junction)].place) {
      if (town.contains(place)) room[maker.communes().of(place)] += people_per_street_junction;
    }
  }
  for (std::uint32_t link = 0; link < roads.size(); ++link) {
    if (maker.parts().roads.opposite[link] < link) continue;
    const std::size_t commune = maker.communes().of(roads.place[link]);
    const auto road_class =
        static_cast<RoadClass>(static_cast<int>(roads.attribute(road_attribute::road_class, link)));
    const double weight = roads.attribute(road_attribute::length_m, link);
    if (road_class == RoadClass::track) {
      lanes[commune].links.push_back(link);
      lanes[commune].weights.push_back(weight);
    }
    all[commune].links.push_back(link);
    all[commune].weights.push_back(weight);
  }
  for (std::size_t i = 0; i < communes.size(); ++i) {
    const auto people = static_cast<int>(std::lround(communes[i].population));
    if (people == 0 || all[i].links.empty()) continue;
    int in_town = static_cast<int>(std::min(room[i], 0.95 * people));
    if (streets[i].links.empty()) in_town = 0;
    if (lanes[i].links.empty() && in_town > 0) in_town = people;
    const Frontage& country = lanes[i].links.empty() ? all[i] : lanes[i];
    if (in_town > 0) {
      line_with_homes(maker, communes[i].code, streets[i], in_town, people_per_town_block, "pho");
    }
    if (people > in_town) {
      line_with_homes(maker, communes[i].code, country, people - in_town, people_per_hamlet_block,
                      "thon");
    }
  }
}

}  // namespace kontwin::synthesis
