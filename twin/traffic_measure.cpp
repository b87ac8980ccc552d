#include "twin/traffic_measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "twin/error.hpp"

namespace kontwin {

namespace {

void require(bool holds, const char* what) {
  if (!holds) throw ScenarioError(std::string("edit: ") + what);
}
bool said(double value) { return !std::isnan(value); }
bool positive(double value) { return value > 0 && std::isfinite(value); }
void require_roads(const std::vector<std::uint32_t>& roads) {
  require(!roads.empty(), "a measure on roads names one at least");
}

struct Entities {
  std::vector<EntityRef> found;
  void add(Kind kind, const std::vector<std::uint32_t>& rows) {
    for (const std::uint32_t row : rows) found.push_back({kind, row});
  }
  template <typename OfRoads>
  void operator()(const OfRoads& it) {
    add(Kind::road, it.roads);
  }
  void operator()(const SpeedControl& it) {
    add(Kind::road, it.roads);
    add(Kind::road, it.watched);
  }
  void operator()(const RampMeter& it) { add(Kind::road, {it.ramp, it.main_road}); }
  void operator()(const SignalControl& it) {
    add(Kind::signal, it.signals);
    for (const SignalStage& stage : it.stages) {
      add(Kind::road, stage.roads);
      for (const auto& [from, to] : stage.turns) add(Kind::road, {from, to});
    }
  }
  void operator()(const AmbulancePriority& it) { add(Kind::signal, it.signals); }
  void operator()(const ParkingSearch& it) {
    for (const ParkingSite& site : it.sites) {
      if (site.parking != no_row) found.push_back({Kind::parking, site.parking});
    }
  }
};

using Numbers = std::vector<std::pair<std::string_view, double>>;

struct NumbersOf {
  Numbers operator()(const BusLane& it) const {
    return {{"lanes", it.lanes}, {"inner", it.inner}, {"kinds", it.kinds}};
  }
  Numbers operator()(const NarrowRoad& it) const {
    return {{"lanes", it.lanes}, {"inner", it.inner}, {"speed_mps", it.speed_mps}};
  }
  Numbers operator()(const Incident& it) const {
    return {{"lanes", it.lanes}, {"inner", it.inner}, {"capacity_factor", it.capacity_factor}};
  }
  Numbers operator()(const Contraflow& it) const { return {{"lanes", it.lanes}}; }
  Numbers operator()(const OneWay&) const { return {}; }
  Numbers operator()(const SpeedControl& it) const {
    return {{"speed_mps", it.speed_mps},
            {"above_density_vpkm", it.above_density_vpkm},
            {"above_flow_vph", it.above_flow_vph},
            {"off_share", it.off_share},
            {"every_s", it.every_s}};
  }
  Numbers operator()(const RampMeter& it) const {
    return {{"occupancy_share", it.occupancy_share},
            {"gain_vph", it.gain_vph},
            {"least_vph", it.least_vph},
            {"most_vph", it.most_vph},
            {"queue_share", it.queue_share},
            {"every_s", it.every_s}};
  }
  Numbers operator()(const Weather& it) const {
    return {{"rain_mmph", it.rain_mmph}, {"water_m", it.water_m}};
  }
  Numbers operator()(const SignalControl& it) const {
    return {{"mode", static_cast<double>(it.mode)},
            {"stages", static_cast<double>(it.stages.size())},
            {"between_s", it.between_s},
            {"offset_s", it.offset_s},
            {"cycle_s", it.cycle_s},
            {"least_cycle_s", it.least_cycle_s},
            {"most_cycle_s", it.most_cycle_s},
            {"count_min", it.count_min}};
  }
  Numbers operator()(const AmbulancePriority& it) const {
    return {{"lead_s", it.lead_s}, {"yield", it.yield}};
  }
  Numbers operator()(const ParkingSearch& it) const {
    double places = 0;
    for (const ParkingSite& site : it.sites) places += site.places;
    return {{"sites", static_cast<double>(it.sites.size())},
            {"places", places},
            {"walk_m", it.walk_m},
            {"search_m", it.search_m},
            {"stay_min", it.stay_min},
            {"tries", it.tries},
            {"kinds", it.kinds}};
  }
};

struct Check {
  void operator()(const BusLane& it) const {
    require_roads(it.roads);
    require(it.lanes >= 1, "a bus lane is one lane at least");
    require(it.kinds != 0, "a bus lane is for one kind of vehicle at least");
  }
  void operator()(const NarrowRoad& it) const {
    require_roads(it.roads);
    require(it.lanes >= 0, "a road cannot lose a negative number of lanes");
    require(!said(it.speed_mps) || positive(it.speed_mps), "a speed lies above 0");
    require(it.lanes > 0 || said(it.speed_mps), "narrowing a road takes a lane or a speed");
  }
  void operator()(const Incident& it) const {
    require_roads(it.roads);
    require(it.lanes >= 0, "an incident cannot block a negative number of lanes");
    require(!said(it.capacity_factor) || (it.capacity_factor > 0 && it.capacity_factor <= 1),
            "the capacity that an incident leaves lies above 0, up to 1");
    require(it.lanes > 0 || said(it.capacity_factor), "an incident takes a lane or capacity");
  }
  void operator()(const Contraflow& it) const {
    require_roads(it.roads);
    require(it.lanes >= 1, "contraflow takes one lane at least");
  }
  void operator()(const OneWay& it) const { require_roads(it.roads); }
  void operator()(const SpeedControl& it) const {
    require_roads(it.roads);
    require(positive(it.speed_mps) && it.speed_mps <= 60,
            "a speed limit lies above 0, up to 60 m/s");
    const bool rule = said(it.above_density_vpkm) || said(it.above_flow_vph);
    require(it.watched.empty() != rule,
            "a rule for a speed limit needs watched links and a density or a flow");
    require(!said(it.above_density_vpkm) || positive(it.above_density_vpkm),
            "the density that sets a speed limit lies above 0");
    require(!said(it.above_flow_vph) || positive(it.above_flow_vph),
            "the flow that sets a speed limit lies above 0");
    require(it.off_share > 0 && it.off_share <= 1, "off_share lies above 0, up to 1");
    require(it.every_s >= 1, "a controller looks once a second at most");
  }
  void operator()(const RampMeter& it) const {
    require(it.ramp != it.main_road, "a ramp and the main road it leads to are two links");
    require(!said(it.occupancy_share) || (it.occupancy_share > 0 && it.occupancy_share < 1),
            "the wished occupancy lies between 0 and 1");
    require(positive(it.gain_vph), "the gain of a ramp meter lies above 0");
    require(positive(it.least_vph) && it.most_vph >= it.least_vph && std::isfinite(it.most_vph),
            "a ramp meter's least rate lies above 0 and not above its most");
    require(it.queue_share > 0 && it.queue_share <= 1, "queue_share lies above 0, up to 1");
    require(it.every_s >= 1, "a controller looks once a second at most");
  }
  void operator()(const Weather& it) const {
    require(it.rain_mmph >= 0 && std::isfinite(it.rain_mmph), "rain is 0 mm/h or more");
    require(it.water_m >= 0 && std::isfinite(it.water_m), "water is 0 m deep or more");
  }
  void operator()(const SignalControl& it) const {
    require(!it.signals.empty(), "a signal plan names a signal at least");
    require(it.between_s >= 0 && it.between_s <= 60, "between_s lies between 0 and 60 s");
    require(it.offset_s >= 0 && std::isfinite(it.offset_s), "an offset is 0 s or more");
    require(!said(it.cycle_s) || (it.cycle_s >= 10 && it.cycle_s <= 600),
            "a cycle lies between 10 and 600 s");
    require(it.least_cycle_s >= 10 && it.most_cycle_s >= it.least_cycle_s && it.most_cycle_s <= 600,
            "cycles lie between 10 and 600 s, the least not above the most");
    require(it.count_min >= 1 && it.count_min <= 1440, "count_min lies between 1 and 1440");
    for (const SignalStage& stage : it.stages) {
      require(positive(stage.green_s) && positive(stage.least_s) && stage.most_s >= stage.least_s,
              "a stage lasts longer than nothing, and its most is not below its least");
      require(!stage.roads.empty() || !stage.turns.empty(), "a stage lets someone drive");
    }
  }
  void operator()(const AmbulancePriority& it) const {
    require(it.lead_s >= 1 && it.lead_s <= 300, "lead_s lies between 1 and 300");
  }
  void operator()(const ParkingSearch& it) const {
    require(!it.sites.empty(), "parking needs a site at least");
    for (const ParkingSite& site : it.sites) {
      require(site.places >= 0 && std::isfinite(site.places), "a site has 0 places or more");
      require(site.occupied >= 0, "a site's vehicles are 0 or more");
    }
    require(it.walk_m >= 0 && it.search_m >= 0, "distances are 0 m or more");
    require(positive(it.stay_min), "a stay lasts longer than nothing");
    require(it.tries >= 1, "a driver looks at one site at least");
  }
};

}  // namespace

std::string_view name_of(const TrafficMeasure& measure) {
  static constexpr std::array<std::string_view, std::variant_size_v<TrafficMeasure>> names{
      "bus_lane",       "narrow_road",        "incident",   "contraflow",
      "one_way",        "speed_control",      "ramp_meter", "weather",
      "signal_control", "ambulance_priority", "parking"};
  return names[measure.index()];
}

std::vector<EntityRef> entities_of(const TrafficMeasure& measure) {
  Entities entities;
  std::visit(entities, measure);
  return entities.found;
}

std::vector<std::pair<std::string_view, double>> numbers_of(const TrafficMeasure& measure) {
  return std::visit(NumbersOf{}, measure);
}

void check(const TrafficMeasure& measure) { std::visit(Check{}, measure); }

}  // namespace kontwin
