#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scenarios/evacuation/closing_ways.hpp"
#include "scenarios/evacuation/door_flow.hpp"
#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/travel.hpp"
#include "twin/evacuation_record.hpp"
#include "twin/road_graph.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// Where people are safe: the shelters by row, then the hospitals, which take patients alone. Who
/// is in them, who has a place kept, how far they are, and how long their supplies last.
class ShelterBook {
 public:
  /// The world and the service must outlive the book. Throws ScenarioError where a shelter has less
  /// than no room.
  ShelterBook(const World& world, const StateTable& state, const TravelService& travel,
              const EvacuationOptions& options);

  std::uint32_t shelters() const { return shelter_count_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(refuges_.size()); }
  /// The refuge that a hospital is.
  std::uint32_t hospital(std::uint32_t row) const { return shelter_count_ + row; }
  EntityRef place(std::uint32_t refuge) const { return refuges_[refuge].place; }
  std::uint32_t junction(std::uint32_t refuge) const { return refuges_[refuge].junction; }
  std::uint64_t occupants(std::uint32_t refuge) const { return refuges_[refuge].occupants; }
  Door& door(std::uint32_t refuge) { return refuges_[refuge].door; }

  /// Reads which shelters are open and reachable and which roads can be walked on. Distances are
  /// looked up anew after `refresh_s`, or when asked for. True when they are.
  bool take_over(const StateTable& state, double now_s, bool look_again);
  /// Those inside eat and drink until `to_s`.
  void supply(double from_s, double to_s);
  /// A hospital that is told to leave takes nobody in.
  void leave_hospital(std::uint32_t row) { refuges_[shelter_count_ + row].leaves = true; }

  /// How one gets there: with a vehicle, by time, or on foot, by length.
  enum class By : std::uint8_t { motorbike, car, bus, ambulance, foot };
  /// The nearest shelter that takes `people` more; no_row when there is none. Looks at the nearest
  /// ones as the crow flies first, which is where the nearest by road is but for the rarest of
  /// cases. Once closings are announced, one that can be reached in time goes before nearer ones;
  /// who is too late for all goes where the fewest roads close before.
  std::uint32_t nearest(std::uint32_t junction, std::uint32_t people, By by);
  /// The nearest of some shelters that takes them, can be reached in time and is less than
  /// `within` away; no_row when there is none.
  std::uint32_t nearest_of(std::span<const std::uint32_t> some, std::uint32_t junction,
                           std::uint32_t people, By by, double within);
  /// What a plan says of roads that close, at moments counted from `first_s`, and by how much
  /// earlier one has to be past them.
  void announce(std::span<const EvacuationPlan::ClosingRoad> roads, double first_s,
                double safety_s);
  /// The same of hospitals.
  std::uint32_t nearest_hospital(std::uint32_t junction, std::uint32_t people, By by);
  /// Whether a way leads from there to any open shelter, be it full.
  bool has_way(std::uint32_t junction, By by);
  /// How far a refuge is; `unreachable` where there is no way.
  double distance(std::uint32_t refuge, std::uint32_t junction, By by);
  /// The way on foot to a shelter, as road rows; its length in metres as cost.
  Route walk(std::uint32_t junction, std::uint32_t refuge);
  const RoadGraph& graph() const { return graph_; }

  bool takes(std::uint32_t refuge, std::uint32_t people) const;
  bool is_open(std::uint32_t refuge) const { return refuges_[refuge].open; }
  void reserve(std::uint32_t refuge, std::uint32_t people) { refuges_[refuge].reserved += people; }
  void release(std::uint32_t refuge, std::uint32_t people) { refuges_[refuge].reserved -= people; }
  /// Those who had a place kept are inside.
  void admit(std::uint32_t refuge, std::uint32_t people) {
    release(refuge, people);
    refuges_[refuge].occupants += people;
    refuges_[refuge].use.taken_in += people;
  }
  /// What each was used for. Moments are seconds after `begin`.
  std::vector<RefugeUse> uses(Instant begin) const;
  double unmet_person_days() const;

 private:
  static constexpr double refresh_s = 900;
  static constexpr std::size_t looked_at = 8;
  static constexpr double wade_m = 0.5;
  static constexpr std::size_t by_count = 5;

  struct Refuge {
    EntityRef place;
    std::uint32_t junction = no_row;
    std::uint64_t places = 0;
    std::uint64_t occupants = 0;
    std::uint64_t reserved = 0;
    bool open = true;
    bool reachable = true;
    bool leaves = false;
    Door door;
    double stock_person_days = 0;
    double supplies_out_s = -1;
    RefugeUse use;
    std::array<std::vector<double>, by_count> away;  // [by][junction]; empty: not looked up
    RouteTree by_foot_m;
  };
  void add_shelters(const StateTable& state, const EvacuationOptions& options);
  void add_hospitals(const StateTable& state, const EvacuationOptions& options);
  const std::vector<std::uint32_t>& by_crow(std::uint32_t junction);
  /// Who sets out now is past what closes so long before it does.
  bool in_time(std::uint32_t refuge, std::uint32_t junction, By by, double safety_s);
  /// Of those that take them the one with the fewest closings that they miss, then the nearest.
  std::uint32_t least_missed(std::uint32_t junction, std::uint32_t people, By by);
  std::uint32_t nearest_with(std::uint32_t junction, std::uint32_t people, By by, double safety_s);

  const World& world_;
  const TravelService& travel_;
  RoadGraph graph_;
  std::uint32_t shelter_count_ = 0;
  std::vector<Refuge> refuges_;
  std::vector<double> foot_cost_m_;                   // [link]
  std::vector<std::vector<std::uint32_t>> by_crow_;   // [junction]; empty: not sorted yet
  std::array<std::vector<double>, by_count> to_any_;  // [by][junction]; empty: not looked up
  ClosingWays closing_;
  double safety_s_ = 0;
  double now_s_ = 0, next_refresh_s_ = 0;
};

}  // namespace kontwin::evacuation
