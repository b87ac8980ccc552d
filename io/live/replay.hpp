#pragma once

#include <functional>
#include <vector>

#include "actors/mirror.hpp"
#include "twin/clock.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// Plays recorded observations into a mirror as if they came from the field now. The clock it sets
/// is the mirror's: it moves from one observation's moment to the next.
class Replay {
 public:
  /// `observations` sorted by time. `clock` and `mirror` must outlive the replay.
  Replay(std::vector<Observation> observations, ManualClock& clock, Mirror& mirror);

  /// Plays everything observed up to and including `moment`, at once, and waits until it has
  /// reached the rows. Returns how many observations that was.
  std::size_t play_until(Instant moment);
  /// True when everything was played.
  bool done() const { return next_ == observations_.size(); }
  /// The moment of the next observation; not to be asked when done().
  Instant next_at() const { return observations_[next_].observed_at; }

 private:
  std::vector<Observation> observations_;
  ManualClock& clock_;
  Mirror& mirror_;
  std::size_t next_ = 0;
};

}  // namespace kontwin
