#include "render/building.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include "twin/random.hpp"

namespace kontwin {

namespace {

constexpr double yard_m = 3;  // least distance from a wall to a carriageway
constexpr double spacing_cell_m = 24;

/// Which houses stand where, to keep them apart.
class Occupied {
 public:
  bool free(const House& house) const {
    const auto [column, row] = cell(house.place);
    for (std::int64_t y = row - 1; y <= row + 1; ++y) {
      for (std::int64_t x = column - 1; x <= column + 1; ++x) {
        const auto found = houses_.find({x, y});
        if (found == houses_.end()) continue;
        for (const House& other : found->second) {
          const double apart_m = (house.length_m + other.length_m) * 0.5 + 1;
          if (distance_m(house.place, other.place) < apart_m) return false;
        }
      }
    }
    return true;
  }
  void add(const House& house) { houses_[cell(house.place)].push_back(house); }

 private:
  static std::pair<std::int64_t, std::int64_t> cell(LocalPoint place) {
    return {static_cast<std::int64_t>(std::floor(place.x_m / spacing_cell_m)),
            static_cast<std::int64_t>(std::floor(place.y_m / spacing_cell_m))};
  }
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<House>> houses_;
};

bool clear_of_roads(const SegmentIndex& roads, const House& house) {
  const double reach_m = std::hypot(house.length_m, house.width_m) / 2;
  for (const RoadSegment* segment : roads.around(house.place, reach_m + 30)) {
    const Foot foot = nearest_on(std::array{segment->from, segment->to}, house.place);
    if (foot.distance_m < segment->half_width_m + reach_m + 0.5) return false;
  }
  return true;
}

House shape_of(RandomStream& random) {
  House house;
  house.length_m = static_cast<float>(random.uniform(9, 15));
  house.width_m = static_cast<float>(random.uniform(6, 9));
  const double storeys = random.uniform();
  house.height_m = static_cast<float>(storeys < 0.6 ? 3.8 : storeys < 0.9 ? 7.0 : 10.5);
  house.look = static_cast<std::uint8_t>(random.below(8));
  return house;
}

/// A place beside a street: somewhere along it, on one side, in the first row or one behind.
void place_beside(const RoadSegment& segment, RandomStream& random, House& house) {
  const double along = random.uniform();
  const double side = random.uniform() < 0.5 ? -1 : 1;
  const double length = std::max(1e-6, distance_m(segment.from, segment.to));
  const double ux = (segment.to.x_m - segment.from.x_m) / length;
  const double uy = (segment.to.y_m - segment.from.y_m) / length;
  const double reach_m = std::hypot(house.length_m, house.width_m) / 2;
  const double row = random.uniform() < 0.62 ? 0 : random.uniform() < 0.7 ? 17 : 34;
  const double off_m =
      side * (segment.half_width_m + yard_m + reach_m + row + random.uniform(0, 4));
  house.place = {segment.from.x_m + ux * along * length - uy * off_m,
                 segment.from.y_m + uy * along * length + ux * off_m};
  house.angle_rad = std::atan2(uy, ux) + random.normal() * 0.05 +
                    (random.uniform() < 0.5 ? std::numbers::pi / 2 : 0);
}

}  // namespace

std::vector<House> houses_of(const World& world, const SegmentIndex& roads,
                             std::span<const std::uint32_t> residences, std::size_t most_each) {
  std::vector<House> houses;
  Occupied occupied;
  const EntityTable& table = world.entities(Kind::residence);
  for (const std::uint32_t row : residences) {
    const double households = table.attribute(residence_attribute::households, row);
    if (!(households > 0)) continue;
    const auto wanted = std::min(static_cast<std::size_t>(std::lround(households)), most_each);
    const LocalPoint home = table.place[row];
    const double radius_m = std::clamp(std::sqrt(static_cast<double>(wanted)) * 22, 70.0, 220.0);
    const auto streets = roads.around(home, radius_m);
    RandomStream random(1, row, 0x686f757365);  // "house"
    std::size_t built = 0;
    for (std::size_t attempt = 0; attempt < wanted * 6 && built < wanted; ++attempt) {
      House house = shape_of(random);
      if (streets.empty()) {
        house.place = {home.x_m + random.normal() * radius_m * 0.45,
                       home.y_m + random.normal() * radius_m * 0.45};
        house.angle_rad = random.uniform(0, std::numbers::pi);
      } else {
        place_beside(*streets[random.below(streets.size())], random, house);
        if (distance_m(house.place, home) > radius_m) continue;
      }
      if (!occupied.free(house) || !clear_of_roads(roads, house)) continue;
      occupied.add(house);
      houses.push_back(house);
      ++built;
    }
  }
  return houses;
}

}  // namespace kontwin
