#include "io/live/replay.hpp"

namespace kontwin {

Replay::Replay(std::vector<Observation> observations, ManualClock& clock, Mirror& mirror)
    : observations_(std::move(observations)), clock_(clock), mirror_(mirror) {}

std::size_t Replay::play_until(Instant moment) {
  const std::size_t first = next_;
  while (!done() && next_at() <= moment) {
    // All of one moment go in together: to the twin they happened at once.
    const Instant at = next_at();
    const std::size_t begin = next_;
    while (!done() && next_at() == at) ++next_;
    clock_.set(at);
    mirror_.ingest(std::span(observations_).subspan(begin, next_ - begin));
    mirror_.settle();
    mirror_.tick();
  }
  clock_.set(moment);
  mirror_.tick();
  mirror_.settle();
  return next_ - first;
}

}  // namespace kontwin
