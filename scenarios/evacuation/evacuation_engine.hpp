#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "scenarios/engine.hpp"
#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/travel.hpp"

namespace kontwin {

/// People who did not get to a shelter, and why.
struct StrandedPeople {
  std::uint32_t residence = 0;
  std::uint32_t people = 0;
  std::uint32_t junction = 0;  ///< where they are
  Instant at;                  ///< when they gave up
  std::string_view reason;     ///< `no open way to the shelter`
};

/// Households of residences that leave for a shelter: when they are ordered to, or when they stand
/// in deep water. Each decides by a stream of its own whether and when it leaves, and with what: on
/// motorbikes of three, by car, on foot, or by a bus that picks up those for whom it is too far.
/// They go to the nearest shelter by travel time that is open, reachable and has room, keep places
/// there when they leave, and pass its door (SFPE hydraulic model); refused, they go on to the
/// next.
///
/// It owns people_home, people_moving and people_safe of residences and the occupants of shelters.
/// It must advance before the traffic engine that it puts its vehicles on; it hears of arrivals one
/// window later.
class EvacuationEngine final : public Engine {
 public:
  /// `travel` must outlive the engine. Throws ScenarioError when an option is out of its range.
  EvacuationEngine(const Branch& branch, TravelService& travel, EvacuationOptions options);
  ~EvacuationEngine() override;

  std::string_view name() const override { return "evacuation"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  std::vector<Balance> balances() const override;
  void show(Frame& frame) const override;
  void add_kpis(KpiList& kpis) const override;

  /// Those who gave up on the way, in order of time.
  const std::vector<StrandedPeople>& stranded() const;
  /// People who would leave but found no open way or no room when they last tried.
  std::uint64_t people_without_way() const;

  /// How a party of people that travels together got on, for those who look closely.
  struct Journey {
    std::uint32_t residence = 0;
    std::uint32_t people = 0;
    std::uint32_t shelter = 0;  ///< row, when safe
    bool ordered = false;
    bool safe = false;
    double told_s = 0;  ///< since the start of the branch, as all three
    double left_s = 0;  ///< NaN: still at home
    double safe_s = 0;  ///< NaN: not yet
  };
  std::vector<Journey> journeys() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
