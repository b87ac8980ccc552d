#include "actors/mirror.hpp"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <caf/send.hpp>
#include <caf/spawn_options.hpp>
#include <cmath>

#include "actors/actor_system.hpp"
#include "actors/district.hpp"
#include "actors/event_hub.hpp"
#include "actors/live_entity.hpp"
#include "actors/live_reach.hpp"
#include "actors/sensor_history.hpp"

namespace kontwin {

namespace {

/// Where an observation goes, or why it does not.
struct Checked {
  Reading reading;
  std::optional<Refusal> refusal;
};

Checked check(const World& world, const Observation& observation, Instant latest) {
  Checked checked;
  const auto entity = world.find(observation.entity);
  if (!entity) {
    checked.refusal = Refusal::unknown_entity;
    return checked;
  }
  const auto column = find_column(entity->kind, observation.property);
  // The first two columns tell about observations and are not observed themselves.
  if (!column || *column < common_column::water_depth_m) {
    checked.refusal = Refusal::unknown_property;
    return checked;
  }
  const ColumnSpec& spec = schema_of(entity->kind).columns[*column];
  if (!std::isfinite(observation.value)) {
    checked.refusal = Refusal::not_a_number;
  } else if (observation.value < spec.minimum || observation.value > spec.maximum) {
    checked.refusal = Refusal::out_of_range;
  } else if (observation.observed_at > latest) {
    checked.refusal = Refusal::from_the_future;
  }
  checked.reading = {*entity, *column, observation.value, observation.observed_at};
  return checked;
}

}  // namespace

struct Mirror::Impl {
  Impl(std::shared_ptr<const World> world, const Clock& its_clock, const MirrorOptions& options)
      : clock(its_clock),
        core(std::move(world), options),
        history(options.history),
        district_of(districts_of(*core.world)),
        config(options.threads),
        system(config) {
    core.hub = system.spawn<EventHub, caf::detached>(&core);
    core.reach = system.spawn<LiveReach>(&core);
    std::vector<std::vector<EntityRef>> members;
    for (const Kind kind : all_kinds()) {
      for (std::uint32_t row = 0; row < core.world->entities(kind).size(); ++row) {
        const std::size_t district = district_of[core.actors.size()];
        if (district >= members.size()) members.resize(district + 1);
        members[district].push_back({kind, row});
        // Lazy: a quiet entity costs no more than its place in memory.
        core.actors.push_back(
            system.spawn<LiveEntity, caf::lazy_init>(&core, EntityRef{kind, row}));
      }
    }
    for (auto& entities : members) {
      districts.push_back(system.spawn<District>(&core, std::move(entities)));
    }
  }

  ~Impl() {
    core.underway.wait();
    // The hub has a thread of its own that must be told; the others end with their last handle.
    caf::anon_send_exit(core.hub, caf::exit_reason::user_shutdown);
    core.hub = nullptr;
    districts.clear();
    core.reach = nullptr;
    core.actors.clear();
  }

  void refuse(Refusal reason, const Observation& observation) {
    if (!core.refuse(reason)) return;
    spdlog::warn("observation refused ({}): {} {} = {} of {} from {}; more are only counted",
                 name_of(reason), observation.entity, observation.property, observation.value,
                 format_instant(observation.observed_at), observation.source);
  }

  void send_by_district(std::vector<Reading> readings, Instant now);

  const Clock& clock;
  MirrorCore core;
  SensorHistory history;
  std::vector<std::uint16_t> district_of;
  ActorSystemConfig config;
  caf::actor_system system;  // ends before the core its actors use
  std::vector<DistrictActor> districts;
};

void Mirror::Impl::send_by_district(std::vector<Reading> readings, Instant now) {
  const auto number = [this](const Reading& reading) { return core.number_of(reading.entity); };
  const auto district = [&](const Reading& reading) { return district_of[number(reading)]; };
  std::ranges::stable_sort(readings, {}, [&](const Reading& reading) {
    return std::pair(district(reading), number(reading));
  });
  const auto all = std::make_shared<const std::vector<Reading>>(std::move(readings));
  std::uint32_t begin = 0;
  while (begin != all->size()) {
    const std::uint16_t here = district((*all)[begin]);
    std::uint32_t end = begin + 1;
    while (end != all->size() && district((*all)[end]) == here) ++end;
    caf::anon_send(districts[here], Readings{all, begin, end, now, core.underway.begin()});
    begin = end;
  }
}

Mirror::Mirror(std::shared_ptr<const World> world, const Clock& clock, MirrorOptions options)
    : impl_(std::make_unique<Impl>(std::move(world), clock, options)) {}

Mirror::~Mirror() = default;

void Mirror::ingest(std::span<const Observation> observations) {
  const Instant now = impl_->clock.now();
  const Instant latest = now + impl_->core.options.allowed_clock_error;
  std::vector<Reading> readings;
  readings.reserve(observations.size());
  for (const Observation& observation : observations) {
    const Checked checked = check(*impl_->core.world, observation, latest);
    if (checked.refusal) {
      impl_->refuse(*checked.refusal, observation);
    } else {
      readings.push_back(checked.reading);
    }
  }
  const std::uint64_t admitted = impl_->core.admit(readings.size());
  if (admitted < readings.size()) {
    if (impl_->core.refuse(Refusal::overload, readings.size() - admitted)) {
      spdlog::warn("observations shed (overload): more than {} are under way",
                   impl_->core.options.queue_limit);
    }
    readings.resize(admitted);
  }
  impl_->history.note(readings);
  impl_->send_by_district(std::move(readings), now);
}

void Mirror::count_malformed(std::string_view what) {
  if (impl_->core.refuse(Refusal::malformed)) {
    spdlog::warn("observation refused ({}): {}; more are only counted", name_of(Refusal::malformed),
                 what);
  }
}

void Mirror::settle() { impl_->core.underway.wait(); }

void Mirror::tick() {
  const Instant now = impl_->clock.now();
  for (const DistrictActor& district : impl_->districts) {
    caf::anon_send(district, Tick{now, impl_->core.underway.begin()});
  }
}

void Mirror::on_event(EventHandler handler) { impl_->core.handler = std::move(handler); }

StateTable Mirror::snapshot() const { return impl_->core.live.snapshot(); }

std::vector<Reading> Mirror::history(Instant since) const { return impl_->history.since(since); }

MirrorCounts Mirror::counts() const {
  const MirrorCore& core = impl_->core;
  MirrorCounts counts;
  counts.actors = core.actors.size();
  counts.accepted = core.accepted.load();
  for (std::size_t i = 0; i < refusal_count; ++i) counts.refused[i] = core.refused[i].load();
  counts.events = core.events.load();
  counts.restarts = core.restarts.load();
  return counts;
}

const World& Mirror::world() const { return *impl_->core.world; }

void Mirror::fail(EntityRef entity) {
  caf::anon_send(impl_->core.actor_of(entity),
                 Fail{impl_->clock.now(), impl_->core.underway.begin()});
}

}  // namespace kontwin
