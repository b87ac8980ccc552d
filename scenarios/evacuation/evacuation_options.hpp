#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"
#include "scenarios/evacuation/plan/evacuation_plan.hpp"
#include "scenarios/evacuation/square.hpp"
#include "scenarios/evacuation/warning.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin {

/// Guests and day visitors that a scenario puts into places, by their beds and capacities.
struct EvacuationVisitors {
  double people = 0;                           ///< in all; 0: as the state has them
  double lodging_share = 0.6;                  ///< of them in lodgings, the others at tourist sites
  std::vector<std::uint32_t> lodgings, sites;  ///< rows that they are dealt out over
};

/// A place whose people leave on foot, in the crowd engine, before they are on the road, and which
/// others cross.
struct EvacuationSquare {
  EntityRef place;  ///< tourist site, lodging or residence
  std::shared_ptr<const crowd::Building> building;
  double cell_m = 0.5;                        ///< of the grid that its ways are found on
  std::vector<evacuation::SquareGate> gates;  ///< exits of the building; others lead to the place's
  /// Roads that lead over it from gate to gate, each with the one the other way.
  std::vector<std::uint32_t> streets;
};

/// Which wards of a hospital leave first.
enum class WardOrder : std::uint8_t { walking_first, critical_first };

/// What a scenario may say of the evacuation engine. Shares are 0 to 1.
struct EvacuationOptions {
  // -- who hears of it and leaves, and when -------------------------------------------------------
  std::vector<evacuation::WarningChannel> warning;  ///< empty: everyone hears of the order at once
  double departure_median_min = 45;  ///< from hearing of it until half of the households left
  double departure_sigma = 0.7;      ///< of the lognormal spread of departure times
  double compliance = 0.9;           ///< share of the ordered households that leave
  double exposed_depth_m = 0.3;      ///< at home in deeper water some leave without an order
  double spontaneous_share = 0.3;    ///< share of the exposed households that leave unordered
  /// Median of those who are told or see that deeper water stands at their homes: they stop
  /// packing. The first thing that most of 316 survivors of a flash flood did was to leave:
  /// Lindell, Arlikatti and Huang 2019, Immediate behavioral response to the June 17, 2013 flash
  /// floods in Uttarakhand. The number is an assumption.
  double exposed_departure_median_min = 5;
  double visitor_departure_median_min = 30;  ///< of visitors: they have less to pack and to guard
  double retry_min = 15;  ///< between attempts of those who find no way or no room

  // -- what they are and have ---------------------------------------------------------------------
  double car_share = 0.1;          ///< households that leave by car
  double no_vehicle_share = 0.08;  ///< households without a vehicle; the rest leave by motorbike
  /// Under 15 and of 65 or more: 24.3 % and 7.7 %, Vietnam's census of 2019 (General Statistics
  /// Office).
  double child_share = 0.243;
  double old_share = 0.077;
  /// Of all people: about 1 % need a wheelchair, World Health Organization 2008, Guidelines on the
  /// provision of manual wheelchairs in less resourced settings.
  double wheelchair_share = 0.01;
  double visitor_group = 3.2;         ///< mean size of a visitors' group
  double visitor_car_share = 0.45;    ///< visitors' groups that came by car
  double visitor_coach_share = 0.25;  ///< and by coach; the rest by motorbike
  EvacuationVisitors visitors;
  std::vector<EvacuationSquare> squares;

  // -- on foot ------------------------------------------------------------------------------------
  double walk_speed_mps = 1.2;  ///< above 0; families with the old walk at 0.8 of it
  double walk_limit_km = 3;     ///< those farther from a shelter wait for a bus

  // -- vehicles that pick people up; nothing: as many as are needed
  // --------------------------------
  std::optional<std::uint32_t> buses;
  std::optional<std::uint32_t> ambulances;
  std::uint32_t boats = 0;
  double bus_places = 30;    ///< 1 or more, whole
  double bus_wait_min = 30;  ///< a bus leaves after this even when it is not full
  double boat_places = 10;   ///< 1 or more, whole
  double boat_speed_kmh = 8;
  double boat_ready_min = 30;  ///< from the first order until boats are on the water

  // -- hospitals that leave -----------------------------------------------------------------------
  double hospital_occupancy = 0.8;  ///< of the beds where the state knows no patients
  double ward_walking_share = 0.55;
  double ward_wheelchair_share = 0.25;
  double ward_stretcher_share = 0.17;  ///< the rest is in intensive care
  double ward_ready_min = 1;           ///< until the next patient of a hospital is ready to leave
  /// The same of one in intensive care, who is unplugged and plugged into what can be moved: 331 s
  /// of active preparation in high-dependency units; Geoerg, De Schot and Lovreglio 2025, Hospital
  /// Evacuation Dynamics, Fire Technology.
  double ward_intensive_ready_min = 5.5;
  WardOrder ward_order = WardOrder::walking_first;

  // -- shelters -----------------------------------------------------------------------------------
  double door_width_m_per_100_places = 0.9;  ///< clear width of a shelter's doors; 1.2 m at least
  double supply_days = 1;  ///< water and food for as many days, were the shelter full

  /// Who goes where, when and with what; nobody: everyone chooses.
  std::shared_ptr<const EvacuationPlan> plan;
};

}  // namespace kontwin
