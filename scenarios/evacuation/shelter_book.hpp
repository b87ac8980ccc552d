#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/door_flow.hpp"
#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/travel.hpp"
#include "twin/road_graph.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// The shelters: who is in them, who has a place kept, and how far they are by road and on foot.
class ShelterBook {
 public:
  /// The world and the service must outlive the book.
  ShelterBook(const World& world, const StateTable& state, const TravelService& travel,
              const EvacuationOptions& options);

  std::size_t size() const { return shelters_.size(); }
  std::uint32_t junction(std::uint32_t shelter) const { return shelters_[shelter].junction; }
  std::uint64_t occupants(std::uint32_t shelter) const { return shelters_[shelter].occupants; }
  Door& door(std::uint32_t shelter) { return shelters_[shelter].door; }

  /// Reads which shelters are open and reachable and which roads can be walked on. Distances are
  /// looked up anew after `refresh_s`, or when asked for.
  void take_over(const StateTable& state, double now_s, bool look_again);

  enum class By : std::uint8_t { road, foot };
  /// The nearest shelter that takes `people` more, by time or length; no_row when there is none.
  /// Looks at the nearest ones as the crow flies first, which is where the nearest by road is but
  /// for the rarest of cases.
  std::uint32_t nearest(std::uint32_t junction, std::uint32_t people, By by);
  /// The way on foot to a shelter, as road rows; its length in metres as cost.
  Route walk(std::uint32_t junction, std::uint32_t shelter);

  bool takes(std::uint32_t shelter, std::uint32_t people) const;
  bool is_open(std::uint32_t shelter) const { return shelters_[shelter].open; }
  void reserve(std::uint32_t shelter, std::uint32_t people) {
    shelters_[shelter].reserved += people;
  }
  void release(std::uint32_t shelter, std::uint32_t people) {
    shelters_[shelter].reserved -= people;
  }
  /// Those who had a place kept are inside.
  void admit(std::uint32_t shelter, std::uint32_t people) {
    release(shelter, people);
    shelters_[shelter].occupants += people;
  }

 private:
  static constexpr double refresh_s = 900;
  static constexpr std::size_t looked_at = 8;
  static constexpr double wade_m = 0.5;

  struct Shelter {
    std::uint32_t junction = no_row;
    std::uint64_t places = 0;
    std::uint64_t occupants = 0;
    std::uint64_t reserved = 0;
    bool open = true;
    bool reachable = true;
    Door door;
    std::vector<double> by_road_s;  // [junction]; empty: not looked up
    RouteTree by_foot_m;
  };
  double distance(std::uint32_t shelter, std::uint32_t junction, By by);
  const std::vector<std::uint32_t>& by_crow(std::uint32_t junction);

  const World& world_;
  const TravelService& travel_;
  RoadGraph graph_;
  std::vector<Shelter> shelters_;
  std::vector<double> foot_cost_m_;                  // [link]
  std::vector<std::vector<std::uint32_t>> by_crow_;  // [junction]; empty: not sorted yet
  double next_refresh_s_ = 0;
};

}  // namespace kontwin::evacuation
