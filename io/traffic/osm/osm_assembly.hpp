#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/traffic/osm/osm_extract.hpp"
#include "io/traffic/osm/osm_network.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

/// Makes the parts of a network of an extract, step by step. Private to this folder.
class OsmAssembly {
 public:
  OsmAssembly(const OsmExtract& extract, const OsmNetworkOptions& options, RepairBook& repairs);
  /// Throws WorldError where the places are too far apart.
  NetworkParts build();

 private:
  // -- osm_links.cpp: ways become links between junctions ----------------------------------------
  void place_nodes();
  void count_uses();
  void add_roads();
  void add_road(const OsmRoad& road);
  void add_piece(const OsmRoad& road, std::span<const std::uint32_t> nodes, std::size_t& number);
  void add_segment(const OsmRoad& road, std::span<const std::uint32_t> nodes, std::size_t number);
  std::uint32_t add_link(const OsmRoad& road, const OsmRoadWay& way, std::size_t number,
                         std::uint32_t from, std::uint32_t to, VehicleKinds kinds);
  std::uint32_t junction(std::uint32_t node);
  void index_links();

  // -- osm_sign_places.cpp: which junction a sign or a light is for ------------------------------
  /// Roads that make a junction one to a sign: who drives on a street is not told of a path.
  enum class Rank : std::uint8_t { path, lane, street };
  struct Lead {
    std::uint32_t link;
    double to_end_m;
  };
  void read_signs();
  static Rank rank_of_road(const OsmRoad& road, VehicleKinds kinds);
  Rank rank_of(std::uint32_t link) const;
  /// Roads of more than two ends, each of such a rank at least, meet there.
  bool is_crossing_of(Rank rank, std::uint32_t at) const;
  /// The last link before the nearest junction for one of these; no_row beyond the reach.
  std::uint32_t nearest_junction(std::span<const Lead> leads) const;
  /// The last link before the next crossing of that rank; no_row beyond the reach.
  std::uint32_t follow(std::uint32_t link, Rank rank, double& distance_m) const;
  void obey(const OsmSign& sign, std::uint32_t link);
  void sign_at_junction(const OsmSign& sign, std::uint32_t junction);

  // -- osm_controls.cpp: lights and who goes first -----------------------------------------------
  void join_lights();
  void join_to_lights_near(std::uint32_t junction);
  std::uint32_t first_of_signal(std::uint32_t junction);
  void set_controls();
  JunctionControl control_of_equals(std::uint32_t junction);
  bool is_merge(std::uint32_t junction) const;
  bool goes_straight_on(std::uint32_t link) const;
  /// Who comes up a slip road of a motorway or trunk road onto it, with no sign and no light.
  bool is_ramp_merge(std::uint32_t from, std::uint32_t to) const;
  void let_ramps_merge();
  void add_signals();

  // -- osm_restrictions.cpp ----------------------------------------------------------------------
  void resolve_restrictions();
  void resolve_at_node(const OsmRestriction& rule);
  void resolve_over_ways(const OsmRestriction& rule);
  void forbid_chain(const OsmRestriction& rule, std::span<const std::uint32_t> chain);
  std::vector<std::uint32_t> links_of(std::span<const std::int64_t> ways) const;
  void ban(std::uint32_t from, std::uint32_t to, VehicleKinds kinds);
  void ban_all_but(std::uint32_t from, std::span<const std::uint32_t> to, VehicleKinds kinds);
  std::uint32_t copy_link(std::uint32_t link, std::int64_t relation);

  // -- osm_turns.cpp -----------------------------------------------------------------------------
  void choose_explicit_junctions();
  void add_turns();
  void add_turns_of(std::uint32_t link);
  void add_turn(std::uint32_t from, std::uint32_t to, VehicleKinds kinds);
  void read_turn_lanes(std::uint32_t link, std::size_t first_turn);
  VehicleKinds banned(std::uint32_t from, std::uint32_t to) const;
  double angle_deg(std::uint32_t from, std::uint32_t to) const;

  std::span<const std::uint32_t> out(std::uint32_t at) const {
    return std::span(out_).subspan(out_begin_[at], out_begin_[at + 1] - out_begin_[at]);
  }
  std::span<const std::uint32_t> in(std::uint32_t at) const {
    return std::span(in_).subspan(in_begin_[at], in_begin_[at + 1] - in_begin_[at]);
  }
  /// What a give-way or stop sign takes off a link's priority: more than classes differ by.
  static constexpr int signed_down = 100;
  bool is_signed_down(std::uint32_t link) const {
    return parts_.links[link].priority <= -signed_down / 2;
  }
  /// Roads of more than two ends meet there.
  bool is_crossing(std::uint32_t at) const { return ends_at_[at] > 2; }

  const OsmExtract& extract_;
  const OsmNetworkOptions& options_;
  RepairBook& repairs_;
  NetworkParts parts_;

  // By node row.
  std::vector<LocalPoint> points_;
  std::vector<std::uint8_t> uses_, signed_;
  std::vector<std::uint32_t> junction_of_node_;

  // By junction.
  std::vector<std::uint32_t> node_of_junction_;
  std::vector<std::uint32_t> ends_at_, lane_ends_at_, street_ends_at_;  // of all, of wide roads
  std::vector<std::uint8_t> on_roundabout_, small_roundabout_, all_stop_, lights_, explicit_;
  std::vector<std::uint32_t> signal_of_;  // the first junction of its group of lights
  std::vector<std::uint8_t> within_;      // of such a group of several, with or without a light
  std::vector<std::uint32_t> out_begin_, out_, in_begin_, in_;

  // By link.
  struct LinkOrigin {
    std::uint32_t road = 0;
    bool forward = true, last = false;  // the last piece of its way in its direction
    std::uint32_t opposite = no_row, original = no_row;
    float length_m = 0;
  };
  std::vector<LinkOrigin> origin_;

  /// A sign between two junctions.
  struct Spot {
    std::uint32_t sign, forward, backward;
    double to_end_m, to_start_m;
  };
  std::vector<Spot> spots_;
  std::vector<std::int64_t> ways_of_rules_;                            // sorted
  std::vector<std::pair<std::int64_t, std::uint32_t>> links_of_ways_;  // of those, sorted
  std::unordered_map<std::uint64_t, VehicleKinds> banned_;             // [from, to]
  struct Extra {
    std::uint32_t to;
    VehicleKinds kinds;
  };
  std::map<std::uint32_t, std::vector<Extra>> extra_turns_;  // [from]
  std::map<std::uint32_t, std::vector<std::uint32_t>>
      copies_to_;  // [junction] links that end there
  std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> turns_of_;  // [link]
};

}  // namespace kontwin::traffic
