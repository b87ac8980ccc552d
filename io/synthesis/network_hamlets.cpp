#include "io/synthesis/network_hamlets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "io/synthesis/network_key.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double farthest_m = 1900;
constexpr double apart_m = 380;

double slope_at(const Terrain& terrain, LocalPoint place) {
  constexpr double reach_m = 90;
  const double east = terrain.elevation_m({place.x_m + reach_m, place.y_m}) -
                      terrain.elevation_m({place.x_m - reach_m, place.y_m});
  const double north = terrain.elevation_m({place.x_m, place.y_m + reach_m}) -
                       terrain.elevation_m({place.x_m, place.y_m - reach_m});
  return std::hypot(east, north) / (2 * reach_m);
}

class Settler {
 public:
  Settler(const WorldParts& parts, const CommuneIndex& communes, const RiverIndex& rivers,
          NetworkDraft& draft)
      : parts_(parts), communes_(communes), rivers_(rivers), draft_(draft), roots_(draft) {
    for (const AdminUnit& unit : parts.admin_units) {
      if (unit.level == AdminLevel::province && !unit.outline.empty() && outline_ == nullptr) {
        outline_ = &unit.outline;
      }
    }
  }

  void settle(std::size_t commune, std::size_t hamlets, const std::vector<std::uint32_t>& roots);

 private:
  bool habitable(LocalPoint place, LocalPoint root, std::size_t commune) const;
  void build(LocalPoint place, std::uint32_t root, std::size_t commune, std::size_t number,
             RandomStream& random);
  void lane(std::uint32_t from, LocalPoint to, RoadClass road_class, const std::string& name);

  const WorldParts& parts_;
  const CommuneIndex& communes_;
  const RiverIndex& rivers_;
  NetworkDraft& draft_;
  const std::vector<LocalPoint>* outline_ = nullptr;
  JunctionIndex hamlets_{std::span<const LocalPoint>{}};
  JunctionIndex roots_;  ///< junctions a track may start from
  std::vector<LocalPoint> places_;
};

bool Settler::habitable(LocalPoint place, LocalPoint root, std::size_t commune) const {
  const LocalBox& extent = parts_.extent;
  const LocalBox within{extent.min_x_m + 600, extent.min_y_m + 600, extent.max_x_m - 600,
                        extent.max_y_m - 600};
  if (!within.contains(place)) return false;
  if (outline_ != nullptr && !inside(*outline_, place)) return false;
  if (communes_.of(place) != commune || rivers_.nearest(place, 60)) return false;
  const std::uint32_t other = hamlets_.nearest(place);
  if (other != no_row && distance_m(places_[other], place) < apart_m) return false;
  return !rivers_.crosses_wide(root, place);
}

void Settler::lane(std::uint32_t from, LocalPoint to, RoadClass road_class,
                   const std::string& name) {
  const LocalPoint start = draft_.junctions[from].place;
  if (rivers_.crosses_wide(start, to) || rivers_.nearest(to, 15) || !parts_.extent.contains(to)) {
    return;
  }
  DraftRoad road;
  road.road_class = road_class;
  road.name = name;
  road.source = no_row;
  draft_.add_road(from, draft_.add_junction({to, {}, name, false}), std::move(road));
}

void Settler::build(LocalPoint place, std::uint32_t root, std::size_t commune, std::size_t number,
                    RandomStream& random) {
  const auto& unit = communes_.communes()[commune];
  const std::string name = "Thôn " + std::to_string(number) + ", " + unit.name;
  const LocalPoint start = draft_.junctions[root].place;
  const std::uint32_t center = draft_.add_junction(
      {place, "kontum-hamlet-" + unit.code + "-" + std::to_string(number), name, false});
  DraftRoad track;
  track.road_class = RoadClass::commune;
  track.name = "Đường vào " + name;
  track.source = no_row;
  track.line = {start};
  const double length = distance_m(start, place);
  const double side = random.uniform(-0.16, 0.16);
  const LocalPoint bend{(start.x_m + place.x_m) / 2 - (place.y_m - start.y_m) * side,
                        (start.y_m + place.y_m) / 2 + (place.x_m - start.x_m) * side};
  if (length > 250 && !rivers_.crosses_wide(start, bend) && !rivers_.crosses_wide(bend, place)) {
    track.line.push_back(bend);
  }
  track.line.push_back(place);
  draft_.add_road(root, center, std::move(track));
  roots_.add(center, place);

  const double heading = std::atan2(place.y_m - start.y_m, place.x_m - start.x_m);
  for (const double turn : {-1.2, 1.3}) {
    const double way = heading + turn + random.uniform(-0.25, 0.25);
    const double out_m = random.uniform(110, 260);
    lane(center, {place.x_m + out_m * std::cos(way), place.y_m + out_m * std::sin(way)},
         RoadClass::track, name);
  }
}

void Settler::settle(std::size_t commune, std::size_t hamlets,
                     const std::vector<std::uint32_t>& roots) {
  if (roots.empty()) return;
  RandomStream random(world_seed, key_of(communes_.communes()[commune].code), 41);
  for (std::size_t number = 1; number <= hamlets; ++number) {
    double gentlest = std::numeric_limits<double>::infinity();
    LocalPoint chosen;
    std::uint32_t chosen_root = no_row;
    int fitting = 0;
    for (int attempt = 0; attempt < 50 && fitting < 4; ++attempt) {
      const std::uint32_t root = roots[random.below(roots.size())];
      const double way = random.uniform(0, 2 * std::numbers::pi);
      const double out_m = random.uniform(300, farthest_m);
      const LocalPoint from = draft_.junctions[root].place;
      const LocalPoint place{from.x_m + out_m * std::cos(way), from.y_m + out_m * std::sin(way)};
      if (!habitable(place, from, commune)) continue;
      ++fitting;
      const double slope = slope_at(*parts_.terrain, place);
      if (slope >= gentlest) continue;
      gentlest = slope;
      chosen = place;
      chosen_root = root;
    }
    if (chosen_root == no_row) continue;
    for (const std::uint32_t near : roots_.nearest(chosen, 4)) {
      if (rivers_.crosses_wide(draft_.junctions[near].place, chosen)) continue;
      chosen_root = near;
      break;
    }
    build(chosen, chosen_root, commune, number, random);
    hamlets_.add(static_cast<std::uint32_t>(places_.size()), chosen);
    places_.push_back(chosen);
  }
}

}  // namespace

void draw_hamlets(const WorldParts& parts, const CommuneIndex& communes, const RiverIndex& rivers,
                  NetworkDraft& draft) {
  std::vector<std::vector<std::uint32_t>> roots(communes.communes().size());
  std::vector<double> in_town(communes.communes().size());
  for (std::uint32_t i = 0; i < draft.junctions.size(); ++i) {
    const std::size_t commune = communes.of(draft.junctions[i].place);
    if (draft.junctions[i].in_town) {
      in_town[commune] += people_per_street_junction;
    } else {
      roots[commune].push_back(i);
    }
  }
  Settler settler(parts, communes, rivers, draft);
  for (std::size_t commune = 0; commune < roots.size(); ++commune) {
    const double people = communes.communes()[commune].population;
    const double outside = people - std::min(in_town[commune], 0.95 * people);
    settler.settle(commune, static_cast<std::size_t>(std::ceil(outside / people_per_hamlet)),
                   roots[commune]);
  }
}

}  // namespace kontwin::synthesis
