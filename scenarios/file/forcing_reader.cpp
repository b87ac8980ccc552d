#include "scenarios/file/forcing_reader.hpp"

#include <algorithm>

#include "scenarios/file/entity_field.hpp"
#include "scenarios/file/local_place.hpp"
#include "scenarios/file/rain_reader.hpp"
#include "scenarios/flood/rating.hpp"

namespace kontwin {

namespace {

/// A property of an entity over time, each value held until the next: given or recorded.
std::pair<std::uint32_t, TimeSeries> read_held(TomlReader& entry, const World& world,
                                               const SeriesReader& read_series, Kind kind,
                                               const std::string& property) {
  const EntityRef entity = entity_of(entry, world, "urn", kind);
  TimeSeries series =
      entry.has("recorded")
          ? read_series(entry.resolve(entry.required_text("recorded")), world.urn(entity), property)
          : as_series(entry.series(property));
  series.between = TimeSeries::Between::hold;
  entry.finish();
  return {entity.row, std::move(series)};
}

/// The discharge at a gauge, from its recorded stages.
TimeSeries rated(TomlReader& table, const World& world, const SeriesReader& read_series,
                 const std::string& river) {
  const EntityRef gauge = entity_of(table, world, "gauge", Kind::river_gauge);
  TimeSeries series =
      read_series(table.resolve(table.required_text("recorded")), world.urn(gauge), "stage_m");
  for (double& value : series.value) {
    value = rating_discharge_m3ps(world, river, world.place(gauge), value);
  }
  // Water passes where it enters the grid before it passes the gauge.
  if (const auto earlier = table.duration("earlier")) {
    for (Instant& at : series.at) at -= *earlier;
  }
  return series;
}

/// What a gauge sees while the mirror runs, rather than a series.
GaugedFlow read_gauged(TomlReader& table, const World& world) {
  GaugedFlow gauged;
  gauged.gauge = entity_of(table, world, "gauge", Kind::river_gauge).row;
  if (const auto later = table.duration("later")) gauged.later = *later;
  if (const auto earlier = table.duration("earlier")) gauged.later -= *earlier;
  gauged.factor = table.number("factor", 0, 10).value_or(gauged.factor);
  gauged.trend_h = table.number("trend_h", 0, 240).value_or(gauged.trend_h);
  return gauged;
}

Inflow read_inflow(TomlReader table, const World& world, const SeriesReader& read_series) {
  Inflow inflow;
  inflow.name = table.required_text("name");
  const auto place = table.place("place");
  if (!place) table.fail("", "the field 'place' is missing");
  inflow.place = local_place(table, "place", world, *place);
  const std::string river = table.required_text("river");
  if (std::ranges::none_of(world.rivers(), [&](const River& r) { return r.name == river; })) {
    table.fail("river", "the world has no river '" + river + "'");
  }
  if (table.has("discharge_m3ps") && table.has("recorded")) {
    table.fail("recorded", "stands beside 'discharge_m3ps': use one");
  }
  if (!table.has("discharge_m3ps") && !table.has("recorded")) {
    if (!table.has("gauge")) table.fail("", "needs 'discharge_m3ps', or 'gauge'");
    inflow.gauged = read_gauged(table, world);
    table.finish();
    return inflow;
  }
  inflow.discharge_m3ps = table.has("recorded") ? rated(table, world, read_series, river)
                                                : as_series(table.series("discharge_m3ps"));
  if (const double share = table.number("factor", 0, 10).value_or(1); share != 1) {
    for (double& value : inflow.discharge_m3ps.value) value *= share;
  }
  table.finish();
  return inflow;
}

}  // namespace

Forcing read_forcing(TomlReader table, const World& world, const SeriesReader& read_series,
                     const RainRasterReader& read_rasters) {
  Forcing forcing;
  if (auto rain = table.table("rain")) {
    RainRasterFiles read;
    if (read_rasters) {
      read = [&](const auto& files) { return read_rasters(files, world); };
    }
    read_rain(*rain, scenario_terms(world), read, forcing);
  }
  for (TomlReader& inflow : table.tables("inflow")) {
    forcing.inflows.push_back(read_inflow(inflow, world, read_series));
  }
  for (TomlReader& entry : table.tables("reservoir")) {
    forcing.reservoir_outflow_m3ps.push_back(
        read_held(entry, world, read_series, Kind::reservoir, "outflow_m3ps"));
  }
  for (TomlReader& entry : table.tables("rain_gauge")) {
    forcing.rain_seen_mmph.push_back(
        read_held(entry, world, read_series, Kind::rain_gauge, "rain_mmph"));
  }
  for (TomlReader& entry : table.tables("counter")) {
    forcing.traffic_flow_vph.push_back(
        read_held(entry, world, read_series, Kind::traffic_counter, "flow_vph"));
  }
  if (auto demand = table.table("demand")) {
    forcing.traffic_demand = as_series(demand->series("factor"));
    demand->finish();
  }
  table.finish();
  return forcing;
}

}  // namespace kontwin
