#pragma once

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/geometry.hpp"
#include "twin/provenance.hpp"
#include "twin/schema.hpp"

namespace kontwin::synthesis {

/// A place where roads meet, before it becomes an entity.
struct DraftJunction {
  LocalPoint place;
  std::string id;  ///< local part of its URN; empty: numbered
  std::string name;
  bool in_town = false;
};

/// A road between two junctions, open both ways, before it becomes two links.
struct DraftRoad {
  std::uint32_t a = no_row;
  std::uint32_t b = no_row;
  std::vector<LocalPoint> line;  ///< from a to b, both ends included
  RoadClass road_class = RoadClass::residential;
  std::string number;  ///< `QL24`; empty for none
  std::string name;
  bool in_town = false;
  bool bridge = false;
  double lanes = 1;         ///< each way
  double width_m = 0;       ///< 0: by class
  double speed_kmh = 0;     ///< 0: by class
  double capacity_vph = 0;  ///< each way; 0: by class
  Provenance provenance = Provenance::synthetic;
  std::uint32_t source = 0;
};

/// A road network while it is being drawn.
class NetworkDraft {
 public:
  std::vector<DraftJunction> junctions;
  std::vector<DraftRoad> roads;

  std::uint32_t add_junction(DraftJunction junction);
  /// A straight road between two junctions; its index.
  std::uint32_t add_road(std::uint32_t a, std::uint32_t b, DraftRoad road);

  /// Roads at each junction. [junction]
  std::vector<std::vector<std::uint32_t>> roads_at() const;
  /// Roads of the cheapest way between two junctions, in order; nothing when there is none.
  /// `cost` may give infinity for a road that is not to be used; each turn by more than 35° costs
  /// `turn_cost`, so that a way keeps to its street.
  std::optional<std::vector<std::uint32_t>> way(std::uint32_t from, std::uint32_t to,
                                                const std::function<double(const DraftRoad&)>& cost,
                                                double turn_cost) const;
  /// The number of the connected part each junction belongs to. [junction]
  std::vector<std::uint32_t> parts() const;
  /// Takes away the junctions (with their roads) for which `drop` is true; renumbers the rest.
  void remove_junctions(const std::vector<bool>& drop);
  /// Leaves the largest connected part: what no road reaches is not part of the network.
  void keep_largest_part();
  /// Takes away roads.
  void remove_roads(const std::vector<bool>& drop);
};

/// Junctions by place: the nearest ones to a point, nearest first, ties by number.
class JunctionIndex {
 public:
  explicit JunctionIndex(std::span<const LocalPoint> places);
  explicit JunctionIndex(const NetworkDraft& draft);
  std::vector<std::uint32_t> nearest(LocalPoint point, std::size_t count) const;
  /// no_row when there are no junctions.
  std::uint32_t nearest(LocalPoint point) const;
  void add(std::uint32_t junction, LocalPoint place);

 private:
  using Corner = boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>;
  using Value = std::pair<Corner, std::uint32_t>;
  boost::geometry::index::rtree<Value, boost::geometry::index::quadratic<16>> tree_;
};

}  // namespace kontwin::synthesis
