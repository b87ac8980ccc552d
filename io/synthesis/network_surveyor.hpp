#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/synthesis/network_country.hpp"

namespace kontwin::synthesis {

/// Leads country roads over the ground, turns them into junctions and roads, and joins them to the
/// streets of the towns. Its steps are taken in the order of their declaration.
class Surveyor {
 public:
  Surveyor(const CountryAssets& assets, const std::vector<Town>& towns, const RiverIndex& rivers,
           RoadGround& ground, NetworkDraft& draft)
      : assets_(assets), towns_(towns), rivers_(rivers), ground_(ground), draft_(draft) {}

  /// Notes the street junctions of each town, and makes roads run through the waypoints.
  void settle_waypoints();
  /// Finds the course of one main road, leg by leg.
  void lead(const CountryRoad& road);
  /// Links every waypoint that cannot be reached yet to what can.
  void link_the_rest();
  /// Cells that can be reached from the first town by the roads noted so far.
  std::set<std::uint32_t> reached_cells() const;
  /// Turns the courses into junctions and links.
  void build();
  /// Carries the numbers of main roads on along the streets of the towns they pass.
  void number_through_towns();
  /// Names the junctions at waypoints, and gives seats of communes their ids.
  void name_seats();

 private:
  using Step = std::pair<std::uint32_t, std::uint32_t>;  ///< neighbouring cells, the lower first

  void note(const std::vector<std::uint32_t>& way, const DraftRoad& road);
  /// The street junction a road from a cell outside joins, on its side of the water.
  std::uint32_t gate(std::uint32_t outside_cell, int town);
  std::uint32_t junction_at(std::uint32_t cell);
  /// True where links of country roads must end.
  bool is_corner(std::uint32_t cell) const;
  /// Where a road of some number calls in a town: near the cell, on a street of that number if any.
  std::uint32_t stop(std::uint32_t cell, int town, const std::string& number) const;
  /// Builds the road from one corner to the next.
  void chain(std::uint32_t start, std::uint32_t next, std::set<Step>& done);

  const CountryAssets& assets_;
  const std::vector<Town>& towns_;
  const RiverIndex& rivers_;
  RoadGround& ground_;
  NetworkDraft& draft_;
  std::vector<std::uint32_t> cells_;  ///< of the waypoints
  std::map<Step, const DraftRoad*> steps_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> next_;  ///< neighbours by road, of each cell
  std::set<std::uint32_t> pinned_;
  std::map<std::uint32_t, std::uint32_t> junctions_;  ///< of country cells
  std::map<std::uint32_t, std::uint32_t> gates_;      ///< street junction, by the cell outside
  std::vector<std::pair<const CountryRoad*, std::vector<std::uint32_t>>> ways_;
  std::vector<JunctionIndex> streets_;  ///< of each town
  std::vector<std::vector<std::uint32_t>> street_rows_;
};

}  // namespace kontwin::synthesis
