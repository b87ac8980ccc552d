#include "io/synthesis/places_maker.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "io/synthesis/network.hpp"
#include "io/synthesis/network_emit.hpp"
#include "io/synthesis/network_key.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

PlaceMaker::PlaceMaker(const std::filesystem::path& folder, WorldParts& parts)
    : parts_(parts),
      assets_(folder, parts),
      communes_(parts),
      rivers_(parts.rivers),
      junctions_(parts.entities[index_of(Kind::junction)].place),
      towns_(StreetAssets::read(assets_, parts.frame).towns),
      own_(own_source(parts)) {
  const EntityTable& junctions = parts.entities[index_of(Kind::junction)];
  if (junctions.size() == 0) throw WorldError("places need a road network, and there is none");
  for (std::uint32_t row = 0; row < junctions.size(); ++row) seats_[junctions.urn[row]] = row;
  for (const AdminUnit& unit : parts.admin_units) {
    if (unit.level == AdminLevel::province && !unit.outline.empty() && outline_ == nullptr) {
      outline_ = &unit.outline;
    }
  }
  const CsvTable figures = assets_.table("figures.csv", {"id", "value"});
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    figures_[figures.text(row, "id")] = {figures.required_number(row, "value"),
                                         assets_.source(figures, row)};
  }
}

const Town& PlaceMaker::town(std::string_view id) const {
  const auto found = std::ranges::find(towns_, id, &Town::id);
  if (found == towns_.end()) {
    throw WorldError("quarters.csv has no town '" + std::string(id) + "'");
  }
  return *found;
}

double PlaceMaker::figure(std::string_view id) const {
  const auto found = figures_.find(id);
  if (found == figures_.end()) throw WorldError("figures.csv has no '" + std::string(id) + "'");
  return found->second.first;
}

std::uint32_t PlaceMaker::figure_source(std::string_view id) const {
  const auto found = figures_.find(id);
  if (found == figures_.end()) throw WorldError("figures.csv has no '" + std::string(id) + "'");
  return found->second.second;
}

LocalPoint PlaceMaker::within_extent(LocalPoint place) const {
  const LocalBox& box = parts_.extent;
  return {std::clamp(place.x_m, box.min_x_m + 1, box.max_x_m - 1),
          std::clamp(place.y_m, box.min_y_m + 1, box.max_y_m - 1)};
}

std::uint32_t PlaceMaker::add(Kind kind, std::string_view local_id, std::string name,
                              LocalPoint place, Provenance provenance, std::uint32_t source,
                              std::vector<double> attributes) {
  return add_in_water(kind, local_id, std::move(name), rivers_.pushed_clear(place, 3), provenance,
                      source, std::move(attributes));
}

std::uint32_t PlaceMaker::add_in_water(Kind kind, std::string_view local_id, std::string name,
                                       LocalPoint place, Provenance provenance,
                                       std::uint32_t source, std::vector<double> attributes) {
  place = within_extent(place);
  return parts_.add(
      kind, {make_urn(kind, "kontum-" + std::string(local_id)), std::move(name), place, provenance,
             source, communes_.code_of(place), std::move(attributes)});
}

std::uint32_t PlaceMaker::junction_near(LocalPoint place) const {
  return junctions_.nearest(place);
}

std::vector<std::uint32_t> PlaceMaker::junctions_near(LocalPoint place, std::size_t count) const {
  return junctions_.nearest(place, count);
}

LocalPoint PlaceMaker::junction_place(std::uint32_t row) const {
  return parts_.entities[index_of(Kind::junction)].place[row];
}

std::uint32_t PlaceMaker::seat(const AdminUnit& unit) const {
  const auto found = seats_.find(seat_junction_urn(unit.code));
  return found != seats_.end() ? found->second : junction_near(unit.center);
}

LocalPoint PlaceMaker::beside(std::uint32_t link, double share, double out_m) const {
  const auto line = parts_.roads.shape_of(link);
  const double along_m = share * length_m(line);
  const LocalPoint on = point_along(line, along_m);
  const LocalPoint before = point_along(line, std::max(0.0, along_m - 5));
  const LocalPoint after = point_along(line, along_m + 5);
  const double run = std::max(0.1, distance_m(before, after));
  const LocalPoint left{-(after.y_m - before.y_m) / run, (after.x_m - before.x_m) / run};
  const LocalPoint place{on.x_m + left.x_m * out_m, on.y_m + left.y_m * out_m};
  if (!rivers_.nearest(place, 5)) return place;
  const LocalPoint other{on.x_m - left.x_m * out_m, on.y_m - left.y_m * out_m};
  return rivers_.pushed_clear(other, 5);
}

LocalPoint PlaceMaker::off_junction(std::uint32_t row, double out_m, std::uint64_t key) const {
  RandomStream random(world_seed, key, 51);
  const LocalPoint from = junction_place(row);
  LocalPoint place = from;
  for (int attempt = 0; attempt < 8; ++attempt) {
    const double way = random.uniform(0, 2 * std::numbers::pi);
    place = {from.x_m + out_m * std::cos(way), from.y_m + out_m * std::sin(way)};
    if (!rivers_.nearest(place, 10) && parts_.extent.contains(place)) return place;
  }
  return rivers_.pushed_clear(place, 10);
}

bool PlaceMaker::in_province(LocalPoint place) const {
  return parts_.extent.contains(place) && (outline_ == nullptr || inside(*outline_, place));
}

std::vector<std::uint32_t> PlaceMaker::streets_of(const Town& town) const {
  const EntityTable& roads = parts_.entities[index_of(Kind::road)];
  std::vector<std::uint32_t> found;
  for (std::uint32_t link = 0; link < roads.size(); ++link) {
    if (parts_.roads.opposite[link] < link) continue;
    if (roads.attribute(road_attribute::bridge, link) != 0) continue;
    const auto road_class =
        static_cast<RoadClass>(static_cast<int>(roads.attribute(road_attribute::road_class, link)));
    if (road_class == RoadClass::track || road_class == RoadClass::commune) continue;
    if (roads.attribute(road_attribute::length_m, link) < 600 &&
        town.contains(roads.place[link], 60)) {
      found.push_back(link);
    }
  }
  return found;
}

std::vector<int> apportion(int total, const std::vector<double>& weights, int least) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const int free = total - least * static_cast<int>(weights.size());
  std::vector<int> shares(weights.size(), least);
  std::vector<std::pair<double, std::size_t>> remainders;
  int given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = std::max(free, 0) * weights[i] / sum;
    const int whole = static_cast<int>(exact);
    shares[i] += whole;
    given += whole;
    remainders.emplace_back(whole - exact, i);
  }
  std::ranges::sort(remainders);
  for (std::size_t i = 0; i < remainders.size() && given < free; ++i, ++given) {
    ++shares[remainders[i].second];
  }
  return shares;
}

}  // namespace kontwin::synthesis
