#include "scenarios/evacuation/crowd/crowd_state.hpp"

#include <algorithm>
#include <map>

namespace kontwin::crowd {

void CrowdState::append(std::span<const Person> people) {
  given.insert(given.end(), people.begin(), people.end());
  const std::size_t count = given.size();
  ended_s.resize(count, never_s);
  caught_by.resize(count, none);
  now.resize(count);
  row.resize(count, none);
  for (const Person& person : people) {
    sets_out_s.push_back(static_cast<double>(person.premovement_s));
    told_exit.push_back(person.instructed_exit);
    surface.push_back(person.surface);
    last_place.push_back(person.place);
  }
}

std::vector<std::vector<std::uint32_t>> make_groups(CrowdState& state, std::uint32_t first) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_number;
  for (std::uint32_t i = first; i < state.size(); ++i) {
    if (state.given[i].group != none) by_number[state.given[i].group].push_back(i);
  }
  std::vector<std::vector<std::uint32_t>> groups;
  for (auto& [number, members] : by_number) {
    if (members.size() < 2) continue;
    // Where the wheelchair can go the others can.
    std::stable_partition(members.begin(), members.end(), [&](std::uint32_t member) {
      return state.given[member].mobility == Mobility::wheelchair;
    });
    Person slowest = state.given[members[0]];
    double sets_out_s = 0;
    for (const std::uint32_t member : members) {
      const Person& person = state.given[member];
      slowest.speed_mps = std::min(slowest.speed_mps, person.speed_mps);
      slowest.stairs_up_mps = std::min(slowest.stairs_up_mps, person.stairs_up_mps);
      slowest.stairs_down_mps = std::min(slowest.stairs_down_mps, person.stairs_down_mps);
      sets_out_s = std::max(sets_out_s, state.sets_out_s[member]);
    }
    for (const std::uint32_t member : members) {
      state.given[member].speed_mps = slowest.speed_mps;
      state.given[member].stairs_up_mps = slowest.stairs_up_mps;
      state.given[member].stairs_down_mps = slowest.stairs_down_mps;
      state.sets_out_s[member] = sets_out_s;
    }
    groups.push_back(std::move(members));
  }
  return groups;
}

}  // namespace kontwin::crowd
