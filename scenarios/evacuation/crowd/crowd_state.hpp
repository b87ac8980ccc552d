#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/crowd_motion.hpp"
#include "scenarios/evacuation/crowd/crowd_options.hpp"
#include "scenarios/evacuation/crowd/way_book.hpp"

namespace kontwin::crowd {

/// What every step asks of a person, in half a cache line.
struct alignas(32) PersonNow {
  float speed_mps = 0;  ///< free, on the level
  float pace = 1;       ///< share of the speed, by its group; 1: all
  float walked_m = 0;
  float to_go_m = std::numeric_limits<float>::infinity();  ///< to its goal; infinity: no way
  float stop_until_s = 0;                                  ///< stands at a stop until then
  std::uint32_t exit = none;  ///< the one it makes for or left by, or none
  std::uint16_t stop = 0;     ///< of its route, the next one
  Status status = Status::waiting;
  Means means = Means::foot;
  bool has_stop = false;  ///< whether there is a next one
  bool detour = false;    ///< goes round a jam
};
static_assert(sizeof(PersonNow) == 32);

/// So many rows ahead a person is fetched. Not more than the columns of Pedestrians are longer than
/// their people.
inline constexpr std::size_t rows_ahead = 8;

/// What a run knows of each person beside where it is: columns by person.
struct CrowdState {
  std::vector<Person> given;
  std::vector<PersonNow> now;
  std::vector<double> sets_out_s;  ///< when it will or did set out
  std::vector<double> ended_s;
  std::vector<std::uint32_t> told_exit;  ///< the one it was told to use, or none
  std::vector<std::uint32_t> surface;    ///< now, or the last one
  std::vector<std::uint32_t> caught_by;  ///< of who is caught: the blockage, or none by water
  std::vector<LocalPoint> last_place;    ///< of who is not on the ground any more
  std::vector<std::uint32_t> row;        ///< of the pedestrians; none when not on the ground

  explicit CrowdState(std::vector<Person> people) { append(people); }
  /// People who join; they get the next numbers.
  void append(std::span<const Person> people);
  std::size_t size() const { return given.size(); }
  /// People lie in memory by number and are walked over by place: asks for one that comes soon.
  void fetch(std::uint32_t person) const { __builtin_prefetch(now.data() + person); }
};

inline Means means_of(const Person& person) {
  return person.mobility == Mobility::wheelchair ? Means::wheels : Means::foot;
}

inline bool any_wheels(std::span<const Person> people) {
  return std::ranges::any_of(people,
                             [](const Person& one) { return means_of(one) == Means::wheels; });
}

/// Throws ScenarioError naming the first person, route, smoke or announcement that is wrong.
void check(const std::vector<Person>& people, const CrowdOptions& options, const Ground& ground);

/// Groups among the people from `first` on: who decides for each first. Speeds and setting out are
/// made alike.
std::vector<std::vector<std::uint32_t>> make_groups(CrowdState& state, std::uint32_t first);

}  // namespace kontwin::crowd
