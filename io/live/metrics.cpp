#include "io/live/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace kontwin {

// The mirror keeps its own counters: a registry is filled from them for each answer, so that
// nothing is counted twice.
std::string metrics_text(const Mirror& mirror) {
  const MirrorCounts counts = mirror.counts();
  prometheus::Registry registry;
  const auto counter = [&registry](const char* name, const char* help) -> auto& {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  };
  prometheus::BuildGauge()
      .Name("kontwin_actors")
      .Help("Entity actors that run")
      .Register(registry)
      .Add({})
      .Set(static_cast<double>(counts.actors));
  counter("kontwin_observations_accepted_total", "Observations that reached their entity")
      .Add({})
      .Increment(static_cast<double>(counts.accepted));
  auto& refused = counter("kontwin_observations_refused_total", "Observations refused, by reason");
  for (std::size_t i = 0; i < refusal_count; ++i) {
    refused.Add({{"reason", std::string(name_of(static_cast<Refusal>(i)))}})
        .Increment(static_cast<double>(counts.refused[i]));
  }
  counter("kontwin_events_total", "Events raised by entities")
      .Add({})
      .Increment(static_cast<double>(counts.events));
  counter("kontwin_actor_restarts_total", "Actors that failed and were started again")
      .Add({})
      .Increment(static_cast<double>(counts.restarts));
  return prometheus::TextSerializer().Serialize(registry.Collect());
}

}  // namespace kontwin
