#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/micro/micro_options.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic::micro {

/// A lane of the zone, or, after those, one outside that its turns lead to.
struct ZoneLane {
  std::uint32_t network_lane = no_row;  ///< where it is borrowed, the innermost of its link
  std::uint32_t link = no_row;          ///< of the network
  std::uint32_t beside = 0;             ///< which lane of its link, from the outermost
  std::uint32_t lanes = 1;              ///< of its link, borrowed ones included
  std::uint32_t first_movement = 0;
  std::uint32_t junction = no_row;  ///< of the zone, at its end
  double length_m = 0, width_m = 0;
  double shift_m = 0;  ///< across, from its network_lane to it
  bool inside = true;
  bool closed = false;       ///< to all, while other lanes of its link are open
  bool others_wait = false;  ///< somebody gives way to one of its movements
};

/// A turn as made from one lane.
struct Movement {
  std::uint32_t lane = no_row;    ///< of the zone
  std::uint32_t turn = no_row;    ///< of the network
  std::uint32_t target = no_row;  ///< lane it leads to; one outside where the zone ends
  std::uint32_t lanes = 0;        ///< of its link that the turn is made from, bit by bit
  double speed_mps = 0;           ///< how fast it can be driven, infinity for straight on
  std::uint32_t first_foe = 0, foes = 0;
  bool proper = true;       ///< the lane is one of those that the turn is made from
  bool crosses = false;     ///< some foe's way crosses this one's
  bool first_come = false;  ///< those who stand and give way go in the order in which they came
  bool must_stop = false;   ///< everybody stops first
  bool shut = false;        ///< until those under way have come into a lane that closed
};

/// Another movement that gets in the way of one.
struct Foe {
  std::uint32_t movement = no_row;
  bool crosses = false;     ///< their ways cross; otherwise they end in the same lane
  bool goes_first = false;  ///< I give way to it
};

/// Lanes of the link back that a link has for a time, on its inside.
struct BorrowedLanes {
  std::uint32_t link = no_row, lanes = 0;
};

/// What hardly ever changes of a zone: its lanes and movements with their own row numbers, and who
/// is in whose way at junctions. Right of way holds among the links of the zone; a junction is
/// driven through as it should be where all links into it are in the zone.
class ZoneMap {
 public:
  /// Throws ScenarioError for a link that is not in the network or named twice, or for none.
  ZoneMap(std::shared_ptr<const Network> network, std::vector<std::uint32_t> links,
          const JunctionOptions& options, std::vector<BorrowedLanes> borrowed = {});

  const Network& network() const { return *network_; }
  std::span<const std::uint32_t> links() const { return links_; }
  std::size_t inside_lanes() const { return inside_; }
  std::size_t lanes() const { return lane.size(); }
  std::size_t movements() const { return movement.size(); }
  std::size_t junctions() const { return junctions_; }

  /// The zone's row of a lane of the network; no_row where it is not in the zone.
  std::uint32_t lane_of(std::uint32_t network_lane) const {
    const std::uint32_t first = first_lane_of_link_[network_->lane_link[network_lane]];
    return first == no_row
               ? no_row
               : first + network_lane - network_->lane_begin[network_->lane_link[network_lane]];
  }
  /// First lane of a link in the zone; no_row where it is not in the zone.
  std::uint32_t first_lane(std::uint32_t link) const { return first_lane_of_link_[link]; }
  /// The movement from a lane of the zone by a turn of its link.
  std::uint32_t movement_of(std::uint32_t from_lane, std::uint32_t turn) const {
    return lane[from_lane].first_movement + turn - network_->turn_begin[lane[from_lane].link];
  }
  std::span<const Foe> foes(std::uint32_t which) const {
    return std::span(foe_).subspan(movement[which].first_foe, movement[which].foes);
  }

  // -- zone_map_lanes.cpp: lanes that close, open and change hands -------------------------------
  /// The same zone where links have borrowed these lanes, closed at first. Whatever is under way
  /// can go on: movements lead where they did until they are redirected.
  ZoneMap with_borrowed(std::vector<BorrowedLanes> borrowed, const JunctionOptions& options) const;
  std::span<const BorrowedLanes> borrowed() const { return borrowed_; }
  /// The row of this map for a lane or a movement of another one of the same zone; no_row where it
  /// has none.
  std::uint32_t same_lane(const ZoneMap& other, std::uint32_t row);
  std::uint32_t same_movement(const ZoneMap& other, std::uint32_t which);
  /// After lanes closed or opened: turns are made from open lanes. Movements that are to lead to
  /// other lanes than they do are shut, and listed.
  void fit_movements();
  /// Lets a movement that is shut lead where it should.
  void redirect(std::uint32_t which);
  void find_foes();

  std::vector<ZoneLane> lane;
  std::vector<Movement> movement;
  std::vector<std::uint32_t> shut;  ///< movements

 private:
  void add_lanes();
  void add_movements(const JunctionOptions& options);
  std::uint32_t borrowed_by(std::uint32_t link) const;
  std::uint32_t open_lanes(std::uint32_t link) const;
  void choose_lanes(Movement& made) const;
  std::uint32_t target_of(const Movement& made);
  void add_foes_of(std::uint32_t which, std::span<const std::uint32_t> at_junction);
  std::uint32_t outside_lane(std::uint32_t network_lane);

  std::shared_ptr<const Network> network_;
  std::vector<std::uint32_t> links_;
  std::vector<std::uint32_t> first_lane_of_link_;                 ///< [link of the network]
  std::unordered_map<std::uint32_t, std::uint32_t> outside_row_;  ///< by lane of the network
  std::vector<Foe> foe_;
  std::vector<BorrowedLanes> borrowed_;
  std::size_t inside_ = 0, junctions_ = 0;
};

/// The lane of the link it leads to on which a turn from a lane (counted within its link) ends:
/// the same place from the outer side for straight on and outer turns, from the inner side for
/// inner ones; lanes that are too many run into one. `made_from` and `open`: the lanes of the link
/// that the turn is made from, and those of the other that one may come into, bit by bit.
std::uint32_t target_lane(const Network& network, std::uint32_t turn, std::uint32_t beside,
                          std::uint32_t made_from, std::uint32_t open);
/// The same as the network has them.
std::uint32_t target_lane(const Network& network, std::uint32_t turn, std::uint32_t beside);

/// How fast a turn can be driven; infinity where it hardly bends.
double turn_speed_mps(const Network& network, std::uint32_t turn, const JunctionOptions& options);

}  // namespace kontwin::traffic::micro
