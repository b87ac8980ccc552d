#include "twin/edit.hpp"

#include <array>
#include <cmath>

#include "twin/error.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

namespace {

EntityRef checked(const StateTable& state, Kind kind, std::uint32_t row) {
  if (row >= state.rows(kind)) {
    throw ScenarioError("edit: there is no " + std::string(names_of(kind).id) + " with row " +
                        std::to_string(row));
  }
  return {kind, row};
}

void require(bool holds, const char* what) {
  if (!holds) throw ScenarioError(std::string("edit: ") + what);
}

struct Apply {
  StateTable& state;

  void operator()(const SetRoadOpen& edit) const {
    state.at(checked(state, Kind::road, edit.road), road_column::open) = edit.open ? 1 : 0;
  }
  void operator()(const SetRoadCapacity& edit) const {
    require(edit.factor >= 0 && edit.factor <= 1, "a capacity factor lies between 0 and 1");
    state.at(checked(state, Kind::road, edit.road), road_column::capacity_factor) = edit.factor;
  }
  void operator()(const SetSpeedLimit& edit) const {
    require(edit.speed_mps > 0 && edit.speed_mps <= 60, "a speed limit lies above 0, up to 60 m/s");
    state.at(checked(state, Kind::road, edit.road), road_column::speed_limit_mps) = edit.speed_mps;
  }
  void operator()(const SetDebris& edit) const { checked(state, Kind::road, edit.road); }
  void operator()(const SetRelease& edit) const {
    require(!(edit.outflow_m3ps < 0), "a release cannot be negative");
    checked(state, Kind::reservoir, edit.reservoir);
  }
  void operator()(const AddBarrier& edit) const {
    require(edit.line.size() >= 2, "a barrier needs two points or more");
    require(edit.height_m > 0 && std::isfinite(edit.height_m), "a barrier's height lies above 0");
  }
  void operator()(const SetShelterOpen& edit) const {
    state.at(checked(state, Kind::shelter, edit.shelter), shelter_column::open) = edit.open ? 1 : 0;
  }
  void operator()(const SetSignalPlan& edit) const {
    require(edit.cycle_s > 0 && edit.green_share >= 0 && edit.green_share <= 1,
            "a signal plan needs a cycle above 0 s and a green share between 0 and 1");
    const EntityRef ref = checked(state, Kind::signal, edit.signal);
    state.at(ref, signal_column::cycle_s) = edit.cycle_s;
    state.at(ref, signal_column::green_share) = edit.green_share;
    state.at(ref, signal_column::offset_s) = edit.offset_s;
  }
  void operator()(const SetDemand& edit) const {
    require(edit.factor >= 0 && std::isfinite(edit.factor), "a demand factor is 0 or more");
  }
  void operator()(const OrderEvacuation& edit) const {
    for (const std::uint32_t row : edit.residences) {
      state.at(checked(state, Kind::residence, row), residence_column::ordered) = 1;
    }
    for (const EntityRef place : edit.places) checked(state, place.kind, place.row);
  }
  void operator()(const SetDiverting& edit) const {
    state.at(checked(state, Kind::hospital, edit.hospital), hospital_column::diverting) =
        edit.diverting ? 1 : 0;
  }
  void operator()(const StartMeasure& edit) const {
    check(edit.measure);
    require(edit.lasts.count() >= 0, "a measure cannot last less than nothing");
    for (const EntityRef ref : entities_of(edit.measure)) checked(state, ref.kind, ref.row);
  }
  void operator()(const EndMeasure& edit) const {
    require(!edit.id.empty(), "ending a measure takes its name");
  }
  void operator()(const Earthquake& edit) const {
    require(edit.magnitude >= 2 && edit.magnitude <= 8.5,
            "the magnitude of an earthquake lies between 2 and 8.5");
    require(edit.depth_km >= 0 && edit.depth_km <= 100, "an earthquake lies 0 to 100 km deep");
    require(std::isfinite(edit.epicentre.x_m) && std::isfinite(edit.epicentre.y_m),
            "an earthquake has a place");
  }
  void operator()(const SetGate& edit) const {
    require(!(edit.opening < 0 || edit.opening > 1), "a gate's opening lies between 0 and 1");
    checked(state, Kind::reservoir, edit.reservoir);
  }
  void operator()(const SetStructure& edit) const {
    require(!edit.structure.empty(), "a structure has a name");
    require(!(edit.open < 0 || edit.open > 1), "what is open of a structure lies between 0 and 1");
  }
  void operator()(const RaiseRoad& edit) const {
    require(edit.height_m > 0 && std::isfinite(edit.height_m),
            "the height by which a road is raised lies above 0");
    checked(state, Kind::road, edit.road);
  }
  void operator()(const StartBreach& edit) const {
    require(std::isfinite(edit.bottom_m), "a breach has a bottom");
    require(!(edit.width_m < 0) && !(edit.side_slope < 0), "a breach is 0 m wide or more");
    require(edit.formation.count() >= 0, "a breach cannot form in less than no time");
    require(!(edit.at_level_m <= edit.bottom_m), "a breach begins with water over its bottom");
    if (edit.reservoir != no_row) {
      checked(state, Kind::reservoir, edit.reservoir);
    } else {
      require(edit.line.size() >= 2, "a breach needs a dam, or a line of two points or more");
    }
  }
};

}  // namespace

std::string_view name_of(const Edit& edit) {
  static constexpr std::array<std::string_view, std::variant_size_v<Edit>> names{
      "set_road_open", "set_road_capacity", "set_speed_limit", "set_debris", "set_release",
      "add_barrier",   "set_shelter_open",  "set_signal_plan", "set_demand", "order_evacuation",
      "set_diverting", "start_measure",     "end_measure",     "earthquake", "set_gate",
      "set_structure", "raise_road",        "breach"};
  return names[edit.index()];
}

void refuse_edit(const TimedEdit& edit, const std::string& reason) {
  if (edit.origin.empty()) throw ScenarioError(reason);
  throw FileError(edit.origin, reason);
}

void apply_to_state(const Edit& edit, StateTable& state) { std::visit(Apply{state}, edit); }

}  // namespace kontwin
