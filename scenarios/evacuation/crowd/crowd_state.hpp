#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/crowd_motion.hpp"
#include "scenarios/evacuation/crowd/crowd_options.hpp"
#include "scenarios/evacuation/crowd/way_book.hpp"

namespace kontwin::crowd {

/// What a run knows of each person beside where it is: columns by person.
struct CrowdState {
  std::vector<Person> given;
  std::vector<Status> status;
  std::vector<std::uint32_t> exit;   ///< the one it makes for or left by, or none
  std::vector<std::uint32_t> stop;   ///< of its route, the next one
  std::vector<double> stop_until_s;  ///< stands at a stop until then
  std::vector<double> sets_out_s;    ///< when it will or did set out
  std::vector<double> ended_s;
  std::vector<std::uint32_t> told_exit;  ///< the one it was told to use, or none
  std::vector<float> to_go_m;            ///< to its goal; infinity: no way
  std::vector<float> pace;               ///< share of the speed, by its group; 1: all
  std::vector<float> walked_m;
  std::vector<std::uint32_t> surface;  ///< now, or the last one
  std::vector<LocalPoint> last_place;  ///< of who is not on the ground any more
  std::vector<std::uint32_t> row;      ///< of the pedestrians; none when not on the ground

  explicit CrowdState(std::vector<Person> people);
  std::size_t size() const { return given.size(); }
};

inline Means means_of(const Person& person) {
  return person.mobility == Mobility::wheelchair ? Means::wheels : Means::foot;
}

/// Throws ScenarioError naming the first person, route, smoke or announcement that is wrong.
void check(const std::vector<Person>& people, const CrowdOptions& options, const Ground& ground);

/// People of one group: who decides for it first. Speeds and setting out are made alike.
std::vector<std::vector<std::uint32_t>> make_groups(CrowdState& state);

/// Members who are ahead of the last of their group slow down, the sooner the further.
void pace_groups(const std::vector<std::vector<std::uint32_t>>& groups, double apart_m,
                 CrowdState& state);

}  // namespace kontwin::crowd
