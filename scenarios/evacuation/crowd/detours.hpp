#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/way_book.hpp"
#include "scenarios/evacuation/crowd/way_fronts.hpp"

namespace kontwin::crowd {

/// Ways round jams. Where more than one way leads to a goal and people are held up on the shortest
/// of them, not by the goal itself, the quickest is computed with the delays of a JamMap, and what
/// staying on the shortest takes. Those who are as far from the goal and side by side are held up
/// alike: a queue is not got round by coming to its head from the empty side. Times are in metres:
/// what is walked in the same time on free ground. Renewed every third look while a jam lasts, less
/// often where nobody gains.
class Detours {
 public:
  /// For the ways of a book as they are now: until it is renewed.
  explicit Detours(const WayBook& ways);
  Detours(const Detours&) = delete;
  Detours& operator=(const Detours&) = delete;

  /// Whether there is more than one way to go anywhere. If not, nothing else need be called.
  bool possible() const { return patches_.loops > 0; }

  /// Somebody who makes for the goal of a way, by the index of the way.
  struct Walker {
    std::size_t way;
    std::uint32_t surface;
    float x_m, y_m;
    std::size_t cell;  ///< under it
    float to_go_m;     ///< by the shortest way
    std::uint32_t heads;
    float gets_on;  ///< share of its speed along its way
  };
  /// Takes in all who are on their way, `seconds` after the last time.
  void look(std::span<const Walker> walkers, double seconds, ComputeArena& arena);

  /// What is known at a place of a way: nothing where there is no jam.
  struct Times {
    float stay_m;   ///< on the shortest way
    float quick_m;  ///< on the quickest
    bool held;      ///< in a jam there
  };
  std::optional<Times> times(std::size_t way, std::uint32_t surface, float x, float y,
                             std::size_t cell) const;
  /// The way along the quickest; nullptr where there is no jam.
  const WayField* quickest(std::size_t way) const {
    return way < jams_.size() && jams_[way] ? &jams_[way]->quick : nullptr;
  }

 private:
  struct Jam {
    WayField quick, stay;
  };
  /// What of a way stays the same while jams come and go.
  struct Way {
    std::unique_ptr<WayFronts> fronts;
    std::uint64_t pause = 0, left = 0;  ///< renewals that are left out, where nobody gained
  };
  std::vector<std::size_t> ways_with_jams(std::span<const Walker> walkers) const;
  void compute(std::size_t way, std::span<const Walker> walkers);
  /// None where nobody can gain, whatever other way there is.
  std::optional<Jam> jam_of(std::size_t way, std::span<const Walker> walkers) const;
  bool anybody_gains(std::size_t way, std::span<const Walker> walkers) const;

  const WayBook& ways_;
  GroundPatches patches_;
  JamMap seen_;
  std::uint64_t looks_ = 0;
  std::vector<Way> of_way_;
  std::vector<std::optional<Jam>> jams_;
};

}  // namespace kontwin::crowd
