#include "scenarios/file/scenario_file.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/file/edit_conflicts.hpp"
#include "scenarios/file/edit_reader.hpp"
#include "scenarios/file/flood_works_reader.hpp"
#include "scenarios/file/forcing_reader.hpp"
#include "scenarios/file/measure_check.hpp"
#include "scenarios/file/options_reader.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "scenarios/traffic/world_network.hpp"
#include "twin/error.hpp"
#include "twin/time.hpp"

namespace kontwin {

namespace {

/// When an edit is made, s after the start; moments of a scenario without a start lie far off.
double seconds_after(const EditMoment& at, const std::optional<Instant>& start) {
  if (const auto* length = std::get_if<Duration>(&at)) return to_seconds(*length);
  return to_seconds(std::get<Instant>(at) - start.value_or(Instant{}));
}

/// The contraflow of an evacuation's plan begins with the first order.
void add_contraflow(const TomlReader& root, const EvacuationPlan& plan, const EditPlaces& places,
                    const std::optional<Instant>& start_of_all, std::vector<PlacedEdit>& edits) {
  if (plan.contraflow.empty()) return;
  auto order = edits.end();
  for (auto one = edits.begin(); one != edits.end(); ++one) {
    if (!std::holds_alternative<OrderEvacuation>(one->edit)) continue;
    const bool sooner = order == edits.end() || seconds_after(one->at, start_of_all) <
                                                    seconds_after(order->at, start_of_all);
    if (sooner) order = one;
  }
  if (order == edits.end()) {
    root.fail("evacuation", "has a plan with contraflow and no 'order_evacuation' that begins it");
  }
  Contraflow contraflow;
  for (const std::uint32_t road : plan.contraflow) {
    const std::uint32_t back = places.opposite(road);
    if (back == no_row) {
      root.fail("evacuation", "has a plan with contraflow on " + places.name(Kind::road, road) +
                                  ", which has no lanes that run the other way");
    }
    contraflow.roads.push_back(back);
  }
  StartMeasure start;
  start.id = "contraflow of the evacuation plan";
  start.measure = std::move(contraflow);
  edits.push_back({order->at, std::move(start), order->line});
}

void check_times(const TomlReader& root, const Scenario& scenario) {
  if (scenario.length <= Duration{0}) root.fail("length", "must be longer than nothing");
  if (scenario.window <= Duration{0}) root.fail("window", "must be longer than nothing");
  if (scenario.length % scenario.window != Duration{0}) {
    root.fail("length", "must be a whole number of windows");
  }
  if (scenario.lead_in < Duration{0} || scenario.lead_in % scenario.window != Duration{0}) {
    root.fail("lead_in", "must be a whole number of windows");
  }
  if (scenario.frame_every <= Duration{0} ||
      scenario.frame_every % scenario.window != Duration{0}) {
    root.fail("frame_every", "must be a whole number of windows");
  }
}

/// What lies before the start would be made with it, which is not what the file says.
void check_moments(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                   const Scenario& scenario) {
  if (!scenario.start) return;
  for (const PlacedEdit& one : edits) {
    const auto* const moment = std::get_if<Instant>(&one.at);
    if (moment == nullptr || *moment >= *scenario.start) continue;
    throw FileError(path.string(), one.line,
                    "an edit cannot be made before the start: 'at' is " + format_local(*moment) +
                        ", 'start' " + format_local(*scenario.start));
  }
}

/// Nobody would notice that an order is never given.
void check_orders(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                  const Scenario& scenario) {
  for (const PlacedEdit& one : edits) {
    if (!std::holds_alternative<OrderEvacuation>(one.edit)) continue;
    if (!scenario.evacuation) {
      throw FileError(path.string(), one.line,
                      "an evacuation is ordered, and [evacuation] is missing: nobody would leave");
    }
    const bool known = scenario.start || std::holds_alternative<Duration>(one.at);
    if (!known || seconds_after(one.at, scenario.start) < to_seconds(scenario.length)) continue;
    throw FileError(path.string(), one.line,
                    "an evacuation is ordered when the scenario is over: 'at' is not before its "
                    "end");
  }
}

/// What shakes slopes or holds water does nothing where neither is computed.
void check_engines(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                   const Scenario& scenario) {
  for (const PlacedEdit& one : edits) {
    const bool of_slopes = std::holds_alternative<Earthquake>(one.edit);
    const bool of_water = std::holds_alternative<RaiseRoad>(one.edit) ||
                          std::holds_alternative<StartBreach>(one.edit);
    if (of_slopes && !scenario.slope) {
      throw FileError(path.string(), one.line, "earthquake needs [slope]");
    }
    if (of_water && !scenario.flood) {
      throw FileError(path.string(), one.line, std::string(name_of(one.edit)) + " needs [flood]");
    }
  }
}

/// Boats go where roads are under water.
void check_boats(const TomlReader& root, const Scenario& scenario) {
  if (!scenario.evacuation || scenario.flood) return;
  const EvacuationPlan* plan = scenario.evacuation->plan.get();
  const bool planned = plan != nullptr && std::ranges::count(plan->rounds, Mover::Kind::boat,
                                                             &EvacuationPlan::Round::vehicle) > 0;
  if (scenario.evacuation->boats == 0 && !planned) return;
  root.fail("evacuation", "has boats and no water for them: [flood] is missing");
}

/// On the roads of the world that the edits are for.
void check_measures_of(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                       const WorldPlaces& places) {
  const bool any = std::ranges::any_of(
      edits, [](const PlacedEdit& one) { return std::holds_alternative<StartMeasure>(one.edit); });
  if (!any || places.world()->roads().links() == 0) return;
  check_measures(path, edits, traffic::network_of(*places.world()), places.world());
}

}  // namespace

Scenario load_scenario(const std::filesystem::path& path, const World& world,
                       const SeriesReader& read_series, const RainRasterReader& read_rasters,
                       const BuildingReader& read_building) {
  TomlReader root = TomlReader::read(path);
  Scenario scenario;
  scenario.name = root.required_text("name");
  if (scenario.name.find('/') != std::string::npos || scenario.name.starts_with('.')) {
    root.fail("name", "'" + scenario.name +
                          "' holds a '/' or begins with a '.': run files are named after it");
  }
  scenario.title_vi = root.required_text("title_vi");
  scenario.title_en = root.required_text("title_en");
  scenario.start = root.instant("start");
  const auto length = root.duration("length");
  if (!length) root.fail("", "the field 'length' is missing");
  scenario.length = *length;
  scenario.lead_in = root.duration("lead_in").value_or(scenario.lead_in);
  scenario.window = root.duration("window").value_or(scenario.window);
  scenario.frame_every = root.duration("frame_every").value_or(scenario.frame_every);
  check_times(root, scenario);
  scenario.seed = static_cast<std::uint64_t>(
      root.whole("seed", 0, std::numeric_limits<std::int64_t>::max()).value_or(1));

  if (auto table = root.table("flood")) scenario.flood = read_flood_options(*table, world);
  if (auto table = root.table("slope")) scenario.slope = read_slope_options(*table);
  if (auto table = root.table("traffic")) scenario.traffic = read_traffic_options(*table, world);
  if (auto table = root.table("evacuation")) {
    if (!scenario.traffic) root.fail("evacuation", "needs [traffic] beside it");
    scenario.evacuation = read_evacuation_options(*table, world, read_building);
  }
  if (!scenario.flood && !scenario.slope && !scenario.traffic) {
    root.fail("", "names no engine: [flood], [slope], [traffic] or [evacuation]");
  }
  // A forcing that several scenarios share stands in a file of its own.
  if (const auto file = root.text("forcing_file")) {
    scenario.forcing =
        read_forcing(TomlReader::read(root.resolve(*file)), world, read_series, read_rasters);
  }
  if (auto table = root.table("forcing")) {
    if (root.has("forcing_file")) root.fail("forcing", "stands beside 'forcing_file': use one");
    scenario.forcing = read_forcing(*table, world, read_series, read_rasters);
  }
  for (TomlReader& table : root.tables("add_road")) {
    for (auto& road : read_new_road(table, world, scenario.new_roads)) {
      scenario.new_roads.push_back(std::move(road));
    }
  }
  std::vector<PlacedEdit> edits;
  // Edits may name roads that are added.
  const auto grown = scenario.new_roads.empty() ? nullptr : world.with_roads(scenario.new_roads);
  const WorldPlaces places(grown != nullptr ? *grown : world);
  for (TomlReader& table : root.tables("edit")) {
    for (auto& edit : read_edit(table, places)) edits.push_back(std::move(edit));
  }
  if (scenario.evacuation && scenario.evacuation->plan) {
    add_contraflow(root, *scenario.evacuation->plan, places, scenario.start, edits);
  }
  check_moments(path, edits, scenario);
  check_orders(path, edits, scenario);
  check_engines(path, edits, scenario);
  check_boats(root, scenario);
  check_conflicts(path, edits, places, scenario.start);
  check_measures_of(path, edits, places);
  check_flood_edits(path, edits, scenario.flood, world);
  for (PlacedEdit& edit : edits) {
    scenario.edits.push_back(
        {edit.at, std::move(edit.edit), path.string() + ":" + std::to_string(edit.line)});
  }
  root.finish();
  return scenario;
}

}  // namespace kontwin
