#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/synthesis/asset_folder.hpp"
#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/places_communes.hpp"
#include "io/synthesis/streets.hpp"
#include "twin/world.hpp"

namespace kontwin::synthesis {

/// What all makers of places share: the world so far and ways to ask it.
class PlaceMaker {
 public:
  PlaceMaker(const std::filesystem::path& folder, WorldParts& parts);

  WorldParts& parts() { return parts_; }
  const WorldParts& parts() const { return parts_; }
  const AssetFolder& assets() const { return assets_; }
  const CommuneIndex& communes() const { return communes_; }
  const RiverIndex& rivers() const { return rivers_; }
  const std::vector<Town>& towns() const { return towns_; }
  /// The town with an id of quarters.csv; throws WorldError when there is none.
  const Town& town(std::string_view id) const;
  std::uint32_t own() const { return own_; }
  /// A total of figures.csv, with its source; throws WorldError when it is not there.
  double figure(std::string_view id) const;
  std::uint32_t figure_source(std::string_view id) const;

  /// Appends an entity, moved out of any channel and into the extent; its row. Its commune is the
  /// one in force now.
  std::uint32_t add(Kind kind, std::string_view local_id, std::string name, LocalPoint place,
                    Provenance provenance, std::uint32_t source, std::vector<double> attributes);
  /// The same at the very place, for what stands in the water.
  std::uint32_t add_in_water(Kind kind, std::string_view local_id, std::string name,
                             LocalPoint place, Provenance provenance, std::uint32_t source,
                             std::vector<double> attributes);
  /// Row of the junction nearest to a place.
  std::uint32_t junction_near(LocalPoint place) const;
  std::vector<std::uint32_t> junctions_near(LocalPoint place, std::size_t count) const;
  LocalPoint junction_place(std::uint32_t row) const;
  /// Row of the junction at the seat of a commune of June 2025; the nearest to its centre where the
  /// network has none.
  std::uint32_t seat(const AdminUnit& unit) const;
  /// A place beside a link: `share` of its length from its start, `out_m` to its left (negative: to
  /// its right), on the other side where that is in the water.
  LocalPoint beside(std::uint32_t link, double share, double out_m) const;
  /// A dry place `out_m` from a junction.
  LocalPoint off_junction(std::uint32_t row, double out_m, std::uint64_t key) const;
  double height_m(LocalPoint place) const { return parts_.terrain->elevation_m(place); }
  /// True when the ground at the place lies in the province.
  bool in_province(LocalPoint place) const;
  /// One link (direction `a`) of each road whose middle lies in the town, by row; streets only.
  std::vector<std::uint32_t> streets_of(const Town& town) const;

 private:
  LocalPoint within_extent(LocalPoint place) const;

  WorldParts& parts_;
  AssetFolder assets_;
  CommuneIndex communes_;
  RiverIndex rivers_;
  JunctionIndex junctions_;
  std::vector<Town> towns_;
  std::uint32_t own_;
  std::map<std::string, std::uint32_t, std::less<>> seats_;
  std::map<std::string, std::pair<double, std::uint32_t>, std::less<>> figures_;
  const std::vector<LocalPoint>* outline_ = nullptr;
};

/// Splits a whole number among shares in proportion to weights, each at least `least`, the largest
/// remainders rounded up, so that the sum is exact.
std::vector<int> apportion(int total, const std::vector<double>& weights, int least);

void add_homes(PlaceMaker& maker);
void add_care(PlaceMaker& maker);  ///< hospitals, health stations, schools, offices
void add_shelters(PlaceMaker& maker);
void add_visitor_places(PlaceMaker& maker);  ///< lodgings, tourist sites, parking
void add_farms(PlaceMaker& maker);
void add_works(PlaceMaker& maker);         ///< reservoirs, power and water facilities
void add_gauges(PlaceMaker& maker);        ///< river and rain gauges
void add_city_sensors(PlaceMaker& maker);  ///< signals, counters, cameras, air, soil, power

}  // namespace kontwin::synthesis
