#include "app/evacuation_task.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "io/run/run_file.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

void read_orders(EvacuationTask& task, const Scenario& scenario,
                 const std::filesystem::path& path) {
  // Who is told twice leaves by the first order.
  std::map<EntityRef, Duration> ordered;
  std::optional<Duration> first;
  for (const auto& [at, edit, origin] : scenario.edits) {
    const auto* const order = std::get_if<OrderEvacuation>(&edit);
    if (order == nullptr) continue;
    const Duration moment = after_start(at, scenario.start);
    if (moment < Duration{0}) {
      throw Error(origin +
                  ": ra lệnh trước khi bắt đầu / an evacuation is ordered before the start, " +
                  format_local(*scenario.start));
    }
    first = first ? std::min(*first, moment) : moment;
    const auto tell = [&ordered, moment](EntityRef place) {
      const auto known = ordered.try_emplace(place, moment).first;
      known->second = std::min(known->second, moment);
    };
    for (const std::uint32_t row : order->residences) tell({Kind::residence, row});
    for (const EntityRef place : order->places) tell(place);
  }
  if (!first) throw FileError(path.string(), "không có lệnh sơ tán / orders no evacuation");
  for (const auto& [place, moment] : ordered) {
    auto& places = place.kind == Kind::hospital ? task.hospitals : task.homes;
    places.push_back({place, to_seconds(moment - *first)});
  }
  task.ordered = *first;
  if (scenario.start) task.start = *scenario.start;
}

std::vector<OrderedHome> homes_of(const World& world, const std::vector<std::string>& communes) {
  const auto& codes = world.entities(Kind::residence).commune_code;
  std::vector<std::uint32_t> rows;
  for (const std::string& code : communes) {
    const std::size_t before = rows.size();
    for (std::uint32_t row = 0; row < codes.size(); ++row) {
      if (codes[row] == code && std::ranges::count(rows, row) == 0) rows.push_back(row);
    }
    if (rows.size() == before) {
      throw Error("--communes: không có nhà ở trong / there are no homes in '" + code + "'");
    }
  }
  std::ranges::sort(rows);
  std::vector<OrderedHome> homes;
  homes.reserve(rows.size());
  for (const std::uint32_t row : rows) homes.push_back({{Kind::residence, row}, 0});
  return homes;
}

/// Moments of a scenario that names no start count from that of its run, or of its trials.
void find_start(Scenario& scenario, const EvacuatePlanOptions& asked,
                const std::optional<ScenarioFork>& fork) {
  if (scenario.start) return;
  if (!asked.run.empty()) {
    scenario.start = RunFile(asked.run).header().start;
  } else if (fork) {
    scenario.start = fork->at;
  }
  const bool moments = std::ranges::any_of(
      scenario.edits, [](const auto& one) { return std::holds_alternative<Instant>(one.at); });
  if (moments && !scenario.start) {
    throw FileError(asked.scenario.string(),
                    "có thời điểm mà không có 'start': thêm --run / has moments and no 'start' "
                    "that they count from: give --run");
  }
}

ShelterChoice choice_of(const std::string& name) {
  return name == "nearest"    ? ShelterChoice::nearest
         : name == "earliest" ? ShelterChoice::earliest
                              : ShelterChoice::best;
}

/// What is said of the plan, whatever it is for.
PlanOptions plan_options(const EvacuatePlanOptions& asked) {
  PlanOptions made;
  made.seed = asked.seed;
  made.choice = choice_of(asked.choice);
  made.wave_min = asked.wave_min;
  made.contraflow_km = asked.contraflow_km;
  made.room_reserve = asked.reserve_percent / 100;
  made.safety_min = asked.safety_min;
  made.prepared_share = asked.prepared_percent / 100;
  return made;
}

/// The vehicles that are asked for stand in place of those that people would have without, in the
/// plan as in a scenario's trials.
void set_fleet(EvacuationTask& task, const EvacuatePlanOptions& asked) {
  EvacuationOptions& people = task.options.households;
  if (asked.buses) people.buses = static_cast<std::uint32_t>(*asked.buses);
  if (asked.boats) people.boats = static_cast<std::uint32_t>(*asked.boats);
  // Left out, as many buses come as are needed: some number has to be planned with.
  if (people.buses) task.options.buses = *people.buses;
  task.options.boats = people.boats;
}

}  // namespace

Duration after_start(const EditMoment& at, const std::optional<Instant>& start) {
  if (const auto* length = std::get_if<Duration>(&at)) return *length;
  return start ? std::get<Instant>(at) - *start : Duration{0};
}

EvacuationTask task_for_communes(const EvacuatePlanOptions& asked,
                                 std::shared_ptr<const World> world) {
  EvacuationTask task;
  task.world = std::move(world);
  task.options = plan_options(asked);
  task.homes = homes_of(*task.world, asked.communes);
  task.options.households.compliance = 1;
  set_fleet(task, asked);
  return task;
}

EvacuationTask task_for(Scenario& scenario, const EvacuatePlanOptions& asked,
                        std::shared_ptr<const World> world,
                        const std::optional<ScenarioFork>& fork) {
  find_start(scenario, asked, fork);
  EvacuationTask task;
  task.world = std::move(world);
  if (!scenario.new_roads.empty()) task.world = task.world->with_roads(scenario.new_roads);
  task.options = plan_options(asked);
  if (scenario.evacuation) task.options.households = *scenario.evacuation;
  task.options.seed = scenario.seed;
  set_fleet(task, asked);
  if (scenario.evacuation) scenario.evacuation = task.options.households;
  read_orders(task, scenario, asked.scenario);
  return task;
}

}  // namespace kontwin
