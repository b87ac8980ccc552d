#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/network/network_parts.hpp"
#include "scenarios/traffic/network/units.hpp"

namespace kontwin::traffic {

/// A fixed-time plan or the stages of an actuated one, as the simulation reads it.
struct Signal {
  std::string id;
  SignalKind kind = SignalKind::fixed;
  Micros offset = 0;
  Micros cycle = 0;                  ///< the sum of the stages' durations
  std::vector<std::uint32_t> turns;  ///< rising
  struct Stage {
    Micros duration = 0, least = 0, most = 0;
    std::vector<Aspect> aspects;  ///< [turn of the signal]
  };
  std::vector<Stage> stages;
};

/// A road network as traffic sees it: immutable, shared by all simulations on it, in columns. Links
/// are in the order of the parts, lanes of a link side by side from the outermost inwards, turns by
/// link they leave, then by link they enter.
///
/// Each lane has a triangular fundamental diagram (Newell 1993): free speed, capacity and jam
/// density; the speed of its jam waves follows.
class Network {
 public:
  /// Makes a network of its parts. What is odd is repaired by stated rules, each repair listed in
  /// `repairs`:
  ///
  /// - `zero length`: a length that is not above 0 becomes that of the shape, at least 1 m.
  /// - `no speed`: 30 km/h. `no capacity`: what the speed gives. `no lanes`: one.
  /// - `no one allowed`: a link that lets in nobody is kept, closed to all.
  /// - `turn of other links`: a turn whose links do not meet is dropped, as is a turn named twice.
  /// - `dead end`: a link with no turn at a junction that others leave gets the turn back if there
  ///   is a link back, else all turns there are.
  /// - `lanes of a turn`: lanes that the link does not have are dropped; lanes with no turn are
  ///   given those of the lane beside.
  /// - `no green`: a turn that no stage lets go passes by giving way to all that conflict.
  /// - `no cycle`: a signal without stages of any length is taken away.
  ///
  /// Throws WorldError for what cannot be mended: an id used twice, a junction or link row that is
  /// not there, no links at all.
  static std::shared_ptr<const Network> seal(NetworkParts parts,
                                             std::vector<Repair>* repairs = nullptr);

  std::size_t junctions() const { return junction_id.size(); }
  std::size_t links() const { return from.size(); }
  std::size_t lanes() const { return lane_link.size(); }
  std::size_t turns() const { return turn_from.size(); }

  std::span<const std::uint32_t> out_links(std::uint32_t junction) const;
  std::span<const std::uint32_t> in_links(std::uint32_t junction) const;
  /// The turn from one link into another; no_row where there is none.
  std::uint32_t find_turn(std::uint32_t from_link, std::uint32_t to_link) const;
  /// Turns that go before this one where it gives way.
  std::span<const std::uint32_t> gives_way_to(std::uint32_t turn) const {
    return std::span(give_way).subspan(give_way_begin[turn],
                                       give_way_begin[turn + 1] - give_way_begin[turn]);
  }
  std::optional<std::uint32_t> find_link(std::string_view id) const;
  std::optional<std::uint32_t> find_junction(std::string_view id) const;
  std::optional<std::uint32_t> find_signal(std::string_view id) const;

  std::string name;
  bool drives_on_right = true;

  // -- junctions ---------------------------------------------------------------------------------
  std::vector<std::string> junction_id;
  std::vector<LocalPoint> junction_place;
  std::vector<JunctionControl> junction_control;

  // -- links -------------------------------------------------------------------------------------
  std::vector<std::string> link_id, link_name;
  std::vector<std::uint32_t> from, to, opposite;  ///< opposite: the link back, or no_row
  std::vector<double> length_m, free_speed_mps, lane_width_m;
  std::vector<double> lane_capacity_pcph;
  std::vector<VehicleKinds> allowed;
  std::vector<int> priority;
  std::vector<std::uint32_t> lane_begin;   ///< [link] and an end
  std::vector<std::uint32_t> turn_begin;   ///< [link] and an end
  std::vector<std::uint32_t> shape_begin;  ///< [link] and an end
  std::vector<LocalPoint> shape;

  // -- lanes -------------------------------------------------------------------------------------
  std::vector<std::uint32_t> lane_link;
  std::vector<CarHundredths> lane_storage;  ///< room for waiting vehicles, at least one car
  std::vector<Micros> lane_hole_delay;  ///< from a vehicle leaving until its room is at the start

  // -- turns -------------------------------------------------------------------------------------
  std::vector<std::uint32_t> turn_from, turn_to;
  std::vector<std::uint32_t> turn_lanes;   ///< bit of each lane of turn_from it may be made from
  std::vector<float> turn_angle;           ///< radians, 0 straight on, left positive
  std::vector<std::uint32_t> turn_signal;  ///< signal that rules it, or no_row
  std::vector<std::uint32_t> give_way_begin, give_way;
  std::vector<std::uint8_t> goes_first;  ///< [turn] 1: others give way to it
  /// Green of fixed plans: moments within the cycle, [begin, end), by turn.
  struct Green {
    Micros begin = 0, end = 0;
    bool permissive = false;
  };
  std::vector<std::uint32_t> green_begin;  ///< [turn] and an end
  std::vector<Green> green;

  // -- signals -----------------------------------------------------------------------------------
  std::vector<Signal> signals;

  std::span<const LocalPoint> shape_of(std::uint32_t link) const {
    return std::span(shape).subspan(shape_begin[link], shape_begin[link + 1] - shape_begin[link]);
  }
  std::uint32_t lanes_of(std::uint32_t link) const {
    return lane_begin[link + 1] - lane_begin[link];
  }

 private:
  friend class NetworkBuilder;
  Network() = default;

  std::vector<std::uint32_t> out_begin_, out_, in_begin_, in_;
  std::unordered_map<std::string_view, std::uint32_t> link_by_id_, junction_by_id_;
};

}  // namespace kontwin::traffic
