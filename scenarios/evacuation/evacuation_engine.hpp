#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/engine.hpp"
#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/evacuation/people.hpp"
#include "scenarios/evacuation/square.hpp"
#include "scenarios/travel.hpp"
#include "twin/evacuation_record.hpp"

namespace kontwin {

/// People who got no further on the way, and why.
struct StrandedPeople {
  EntityRef home;
  std::uint32_t people = 0;
  std::uint32_t junction = 0;           ///< where they are
  Instant at;                           ///< when they gave up
  std::string_view reason;              ///< `no open way to the shelter`
  std::optional<Instant> fetched = {};  ///< when somebody came for them
};

/// People, one by one, who leave homes, lodgings, tourist sites and hospitals for a shelter: when
/// they are ordered to and the warning reaches them, or when they stand in deep water. Each
/// household decides by a stream of its own whether and when it leaves, and with what: on
/// motorbikes of three, by car, by the coach it came with, on foot. Who is too far to walk, needs
/// help or has no road left is picked up, by buses, boats and ambulances that come back while
/// people wait. They go to the nearest shelter by travel time that is open, reachable and has room,
/// or where the plan sends them, keep places there when they leave, and pass its door (SFPE
/// hydraulic model); refused, they go on to the next. Patients who cannot walk go to hospitals.
/// Whose vehicle gets no further walk on, or say so and are fetched from where they are.
///
/// It owns people_home, people_moving and people_safe of residences, the guests of lodgings, the
/// visitors of tourist sites, the patients of hospitals and the occupants of shelters. It must
/// advance before the traffic engine that it puts its vehicles on; it hears of arrivals one window
/// later.
class EvacuationEngine final : public Engine {
 public:
  /// `travel` must outlive the engine. Throws ScenarioError when an option is out of its range,
  /// when the plan or an order names what the world does not have, when a place that is ordered to
  /// leave lies outside the world, and when a shelter has less than no room.
  /// `squares`: places that people leave on foot first, told by order alone.
  EvacuationEngine(const Branch& branch, TravelService& travel, EvacuationOptions options,
                   std::vector<evacuation::SquareAt> squares = {});
  ~EvacuationEngine() override;

  std::string_view name() const override { return "evacuation"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  std::vector<Balance> balances() const override;
  void show(Frame& frame) const override;
  void summarise(RunSummary& summary) const override;
  void add_kpis(KpiList& kpis) const override;

  /// Those who gave up on the way, in order of time.
  const std::vector<StrandedPeople>& stranded() const;
  /// People who would leave but found no open way or no room when they last tried.
  std::uint64_t people_without_way() const;

  /// How a party of people that travels together got on, for those who look closely.
  struct Journey {
    std::uint32_t residence = 0;  ///< row; beyond the residences: of another place
    std::uint32_t people = 0;
    std::uint32_t shelter = 0;  ///< row, when safe
    EvacuationMode mode = EvacuationMode::on_foot;
    bool ordered = false;
    bool safe = false;
    double told_s = 0;   ///< since the start of the branch, as all four
    double heard_s = 0;  ///< NaN: not yet
    double left_s = 0;   ///< NaN: still at home
    double safe_s = 0;   ///< NaN: not yet
  };
  std::vector<Journey> journeys() const;

  /// One person, and where he or she is.
  struct Whereabouts {
    EntityRef home;
    std::uint32_t household = 0;  ///< number within the home
    evacuation::Age age = evacuation::Age::adult;
    evacuation::Need need = evacuation::Need::none;
    EvacueeFate fate = EvacueeFate::safe;
    EntityRef refuge;  ///< when safe
  };
  /// Everyone who was to leave so far.
  std::vector<Whereabouts> people() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
