#include "io/run/branch_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace kontwin {

namespace {

using Json = nlohmann::ordered_json;

std::string urn_of(const World& world, Kind kind, std::uint32_t row) {
  if (row >= world.entities(kind).size()) return "row " + std::to_string(row);
  return world.urn({kind, row});
}

/// NaN has no place in JSON; it says "given back to its own rule".
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

struct ToJson {
  const World& world;

  Json operator()(const SetRoadOpen& edit) const {
    return {{"road", urn_of(world, Kind::road, edit.road)}, {"open", edit.open}};
  }
  Json operator()(const SetRoadCapacity& edit) const {
    return {{"road", urn_of(world, Kind::road, edit.road)}, {"factor", number(edit.factor)}};
  }
  Json operator()(const SetSpeedLimit& edit) const {
    return {{"road", urn_of(world, Kind::road, edit.road)}, {"speed_mps", number(edit.speed_mps)}};
  }
  Json operator()(const SetDebris& edit) const {
    return {{"road", urn_of(world, Kind::road, edit.road)}, {"blocked", edit.blocked}};
  }
  Json operator()(const SetRelease& edit) const {
    return {{"reservoir", urn_of(world, Kind::reservoir, edit.reservoir)},
            {"outflow_m3ps", number(edit.outflow_m3ps)}};
  }
  Json operator()(const AddBarrier& edit) const {
    Json line = Json::array();
    for (const LocalPoint point : edit.line) line.push_back({point.x_m, point.y_m});
    return {{"line_m", line}, {"height_m", number(edit.height_m)}};
  }
  Json operator()(const SetGate& edit) const {
    return {{"reservoir", urn_of(world, Kind::reservoir, edit.reservoir)},
            {"opening", number(edit.opening)}};
  }
  Json operator()(const SetStructure& edit) const {
    return {{"structure", edit.structure}, {"open", number(edit.open)}};
  }
  Json operator()(const RaiseRoad& edit) const {
    return {{"road", urn_of(world, Kind::road, edit.road)}, {"height_m", number(edit.height_m)}};
  }
  Json operator()(const StartBreach& edit) const {
    Json json{{"bottom_m", number(edit.bottom_m)},
              {"width_m", number(edit.width_m)},
              {"side_slope", number(edit.side_slope)},
              {"formation_s", to_seconds(edit.formation)}};
    if (edit.at_level_m == StartBreach::at_crest) {
      json["at_level_m"] = "crest";
    } else {
      json["at_level_m"] = number(edit.at_level_m);
    }
    if (edit.reservoir != no_row) {
      json["reservoir"] = urn_of(world, Kind::reservoir, edit.reservoir);
      json["crest_m"] = number(edit.crest_m);
    } else {
      Json line = Json::array();
      for (const LocalPoint point : edit.line) line.push_back({point.x_m, point.y_m});
      json["line_m"] = line;
      json["place_m"] = {edit.place.x_m, edit.place.y_m};
    }
    return json;
  }
  Json operator()(const SetShelterOpen& edit) const {
    return {{"shelter", urn_of(world, Kind::shelter, edit.shelter)}, {"open", edit.open}};
  }
  Json operator()(const SetSignalPlan& edit) const {
    return {{"signal", urn_of(world, Kind::signal, edit.signal)},
            {"cycle_s", number(edit.cycle_s)},
            {"green_share", number(edit.green_share)},
            {"offset_s", number(edit.offset_s)}};
  }
  Json operator()(const SetDemand& edit) const { return {{"factor", number(edit.factor)}}; }
  Json operator()(const OrderEvacuation& edit) const {
    Json residences = Json::array();
    for (const std::uint32_t row : edit.residences) {
      residences.push_back(urn_of(world, Kind::residence, row));
    }
    Json order{{"residences", residences}};
    if (!edit.places.empty()) {
      Json places = Json::array();
      for (const EntityRef place : edit.places) {
        places.push_back(urn_of(world, place.kind, place.row));
      }
      order["places"] = places;
    }
    return order;
  }
  Json operator()(const SetDiverting& edit) const {
    return {{"hospital", urn_of(world, Kind::hospital, edit.hospital)},
            {"diverting", edit.diverting}};
  }
  Json operator()(const Earthquake& edit) const {
    static constexpr std::array names{"by_magnitude", "atkinson_2015", "boore_2014"};
    return {{"epicentre_m", {number(edit.epicentre.x_m), number(edit.epicentre.y_m)}},
            {"magnitude", number(edit.magnitude)},
            {"depth_km", number(edit.depth_km)},
            {"motion", names[static_cast<std::size_t>(edit.motion)]}};
  }
  Json operator()(const StartMeasure& edit) const {
    Json entities = Json::array();
    for (const EntityRef ref : entities_of(edit.measure)) {
      entities.push_back(urn_of(world, ref.kind, ref.row));
    }
    Json json{{"id", edit.id}, {"measure", name_of(edit.measure)}, {"entities", entities}};
    if (edit.lasts.count() > 0) json["lasts_s"] = to_seconds(edit.lasts);
    for (const auto& [name, value] : numbers_of(edit.measure)) {
      if (!std::isnan(value)) json[name] = number(value);
    }
    return json;
  }
  Json operator()(const EndMeasure& edit) const { return {{"id", edit.id}}; }
};

Json summary_of(const TimeSeries& series) {
  if (series.empty()) return nullptr;
  const auto [least, most] = std::ranges::minmax(series.value);
  const double sum = std::accumulate(series.value.begin(), series.value.end(), 0.0);
  return {{"from", format_instant(series.at.front())},
          {"until", format_instant(series.at.back())},
          {"points", series.at.size()},
          {"least", number(least)},
          {"most", number(most)},
          {"mean", number(sum / static_cast<double>(series.value.size()))}};
}

Json summaries_of(const World& world, Kind kind,
                  const std::vector<std::pair<std::uint32_t, TimeSeries>>& series) {
  Json all = Json::object();
  for (const auto& [row, values] : series) all[urn_of(world, kind, row)] = summary_of(values);
  return all;
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string edits_to_json(const World& world, std::span<const TimedEdit> edits) {
  Json list = Json::array();
  for (const TimedEdit& timed : edits) {
    Json item{{"at", format_instant(timed.at)}, {"edit", name_of(timed.edit)}};
    item.update(std::visit(ToJson{world}, timed.edit));
    list.push_back(std::move(item));
  }
  return text_of(list);
}

std::optional<std::vector<std::pair<Instant, Earthquake>>> earthquakes_of_json(
    const std::string& edits) {
  const Json list = Json::parse(edits, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  std::vector<std::pair<Instant, Earthquake>> quakes;
  try {
    for (const Json& item : list) {
      if (item.at("edit").get<std::string>() != name_of(Edit{Earthquake{}})) continue;
      const auto at = parse_instant(item.at("at").get<std::string>());
      if (!at) return std::nullopt;
      Earthquake quake;
      quake.epicentre = {item.at("epicentre_m").at(0).get<double>(),
                         item.at("epicentre_m").at(1).get<double>()};
      quake.magnitude = item.at("magnitude").get<double>();
      quake.depth_km = item.at("depth_km").get<double>();
      quakes.emplace_back(*at, quake);
    }
  } catch (const Json::exception&) {
    return std::nullopt;
  }
  return quakes;
}

std::string forcing_to_json(const World& world, const Forcing& forcing) {
  Json inflows = Json::array();
  for (const Inflow& inflow : forcing.inflows) {
    inflows.push_back({{"name", inflow.name},
                       {"place_m", {inflow.place.x_m, inflow.place.y_m}},
                       {"discharge_m3ps", summary_of(inflow.discharge_m3ps)}});
  }
  return text_of(
      {{"rain_mmph", summary_of(forcing.rain_mmph)},
       {"rain_at_gauge_mmph", summaries_of(world, Kind::rain_gauge, forcing.rain_at_gauge_mmph)},
       {"inflows", inflows},
       {"reservoir_outflow_m3ps",
        summaries_of(world, Kind::reservoir, forcing.reservoir_outflow_m3ps)},
       {"traffic_demand", summary_of(forcing.traffic_demand)},
       {"traffic_flow_vph", summaries_of(world, Kind::traffic_counter, forcing.traffic_flow_vph)},
       {"rain_seen_mmph", summaries_of(world, Kind::rain_gauge, forcing.rain_seen_mmph)},
       {"gauge_stage_m", summaries_of(world, Kind::river_gauge, forcing.gauge_stage_m)}});
}

}  // namespace kontwin
