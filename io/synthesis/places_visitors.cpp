#include <algorithm>
#include <array>
#include <cmath>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

struct Lodging {
  std::string id;
  std::string name;
  LocalPoint place;
  int rooms = 0;  ///< 0: to be filled in
  Provenance provenance = Provenance::synthetic;
  std::uint32_t source = 0;
};

std::vector<Lodging> known_lodgings(PlaceMaker& maker, std::string_view town) {
  const CsvTable table =
      maker.assets().table("lodgings.csv", {"town", "id", "name", "lat", "lon", "rooms"});
  std::vector<Lodging> lodgings;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.text(row, "town") != town) continue;
    lodgings.push_back({AssetFolder::required_text(table, row, "id"), table.text(row, "name"),
                        maker.parts().frame.to_local(AssetFolder::place(table, row)),
                        static_cast<int>(table.number(row, "rooms").value_or(0)),
                        AssetFolder::provenance(table, row), maker.assets().source(table, row)});
  }
  return lodgings;
}

/// A spot by a street of the town, denser towards its middle.
LocalPoint spot(PlaceMaker& maker, const Town& town, const std::vector<std::uint32_t>& streets,
                RandomStream& random) {
  std::uint32_t best = streets[random.below(streets.size())];
  const std::uint32_t other = streets[random.below(streets.size())];
  const auto& places = maker.parts().entities[index_of(Kind::road)].place;
  const LocalPoint middle = town.quarters.front().center;
  if (distance_m(places[other], middle) < distance_m(places[best], middle)) best = other;
  const double share = random.uniform(0.15, 0.85);
  const double out_m = random.uniform(16, 42);
  return maker.beside(best, share, random.uniform() < 0.5 ? out_m : -out_m);
}

void add_lodging(PlaceMaker& maker, std::string_view town, const Lodging& lodging, int rooms,
                 int beds) {
  maker.add(Kind::lodging, std::string(town) + "-" + lodging.id, lodging.name, lodging.place,
            lodging.provenance, lodging.source,
            {static_cast<double>(rooms), static_cast<double>(beds),
             static_cast<double>(maker.junction_near(lodging.place))});
}

/// Măng Đen: the known lodgings and as many more as the published totals of lodgings, rooms and
/// guests need.
void add_mang_den_lodgings(PlaceMaker& maker) {
  constexpr std::array<std::string_view, 3> kinds{"Homestay", "Nhà nghỉ", "Khách sạn"};
  const Town& town = maker.town("mang-den");
  const auto streets = maker.streets_of(town);
  auto lodgings = known_lodgings(maker, town.id);
  const auto count = static_cast<std::size_t>(maker.figure("mang-den-lodgings"));
  RandomStream random(world_seed, key_of("mang-den-lodgings"));
  for (std::size_t number = 1; lodgings.size() < count; ++number) {
    const auto kind = kinds[random.below(10) < 6 ? 0 : random.below(2) + 1];
    lodgings.push_back({"mo-phong-" + std::to_string(number),
                        std::string(kind) + " Măng Đen " + std::to_string(number) + " (mô phỏng)",
                        spot(maker, town, streets, random), 0, Provenance::synthetic, maker.own()});
  }
  int free_rooms = static_cast<int>(maker.figure("mang-den-rooms"));
  std::vector<double> weights;
  for (const Lodging& lodging : lodgings) {
    free_rooms -= lodging.rooms;
    if (lodging.rooms == 0) {
      const bool hotel = lodging.provenance == Provenance::fact;
      weights.push_back((hotel ? 2.2 : 1.0) * std::exp(0.7 * random.normal()));
    }
  }
  const auto filled = apportion(free_rooms, weights, 3);
  std::size_t next = 0;
  std::vector<double> rooms;
  for (const Lodging& lodging : lodgings) {
    rooms.push_back(lodging.rooms > 0 ? lodging.rooms : filled[next++]);
  }
  const auto beds = apportion(static_cast<int>(maker.figure("mang-den-guests")), rooms, 2);
  for (std::size_t i = 0; i < lodgings.size(); ++i) {
    add_lodging(maker, town.id, lodgings[i], static_cast<int>(rooms[i]), beds[i]);
  }
}

void add_other_lodgings(PlaceMaker& maker) {
  for (const Town& town : maker.towns()) {
    if (town.id == "mang-den") continue;
    const auto streets = maker.streets_of(town);
    auto lodgings = known_lodgings(maker, town.id);
    const std::size_t count = town.id == "kon-tum" ? 70 : lodgings.size() + 3;
    RandomStream random(world_seed, key_of(town.id), 81);
    for (std::size_t number = 1; lodgings.size() < count && !streets.empty(); ++number) {
      lodgings.push_back({"mo-phong-" + std::to_string(number),
                          "Nhà nghỉ số " + std::to_string(number) + " " +
                              town.quarters.front().name + " (mô phỏng)",
                          spot(maker, town, streets, random), 0, Provenance::synthetic,
                          maker.own()});
    }
    for (const Lodging& lodging : lodgings) {
      const int rooms = lodging.rooms > 0 ? lodging.rooms : 8 + static_cast<int>(random.below(40));
      add_lodging(maker, town.id, lodging, rooms, 2 * rooms);
    }
  }
}

void add_sites(PlaceMaker& maker) {
  const CsvTable table =
      maker.assets().table("tourist_sites.csv", {"id", "name", "lat", "lon", "capacity"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const LocalPoint place = maker.parts().frame.to_local(AssetFolder::place(table, row));
    maker.add(
        Kind::tourist_site, AssetFolder::required_text(table, row, "id"), table.text(row, "name"),
        place, AssetFolder::provenance(table, row), maker.assets().source(table, row),
        {table.required_number(row, "capacity"), static_cast<double>(maker.junction_near(place))});
  }
}

void add_parking(PlaceMaker& maker) {
  for (const Town& town : maker.towns()) {
    const auto streets = maker.streets_of(town);
    if (streets.empty()) continue;
    const std::size_t count = town.id == "kon-tum" ? 28 : town.id == "mang-den" ? 18 : 2;
    RandomStream random(world_seed, key_of(town.id), 82);
    for (std::size_t number = 1; number <= count; ++number) {
      const LocalPoint place = spot(maker, town, streets, random);
      maker.add(
          Kind::parking, town.id + "-" + std::to_string(number),
          "Bãi đỗ xe số " + std::to_string(number) + " " + town.quarters.front().name, place,
          Provenance::synthetic, maker.own(),
          {std::round(random.uniform(20, 150)), static_cast<double>(maker.junction_near(place))});
    }
  }
}

}  // namespace

void add_visitor_places(PlaceMaker& maker) {
  add_mang_den_lodgings(maker);
  add_other_lodgings(maker);
  add_sites(maker);
  add_parking(maker);
}

}  // namespace kontwin::synthesis
