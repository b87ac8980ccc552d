#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/population.hpp"

namespace kontwin::crowd {

/// The kinds of people that a scenario may name: `adult` (Weidmann 1993), `imo passengers` (all ten
/// kinds of MSC.1/Circ.1533 by their shares), each of these ten by its own name with `imo ` before
/// it, `child` (of 8 years), `elderly` (of 70), `manual wheelchair`, `assisted wheelchair`, `cane`,
/// `crutches`, `walking frame` (Boyce, Shields and Silcock 1999), `stretcher party`. Empty when
/// there is no such name.
std::vector<PeopleKind> kinds_named(std::string_view name);
std::vector<std::string> kind_names();

/// People who start in one area, as a scenario says it.
struct PeopleGroup {
  std::string id;
  std::uint32_t area = 0;          ///< index
  std::uint64_t bodies = 0;        ///< how many to put there
  std::vector<LocalPoint> places;  ///< where each of the first stands; the rest are put at random
  std::vector<PeopleKind> kinds = kinds_named("adult");  ///< by their shares
  std::optional<Spread> age_years;  ///< speeds by age and by chance of gender instead (of_age)
  Spread premovement_s = Spread::fixed(0);
  double familiar_share = 1;
  std::uint32_t instructed_exit = none;
  double instructed_share = 1;
  std::uint32_t route = none;
  std::uint32_t together = 1;  ///< people who stay together; the last ones may be fewer
};

/// Draws everybody: where each stands without touching walls or others, how fast and how big it is.
/// The same for a seed whatever else there is. Throws ScenarioError naming the group for which
/// there is no room.
std::vector<Person> draw_people(const Ground& ground, const std::vector<PeopleGroup>& groups,
                                std::uint64_t seed);

}  // namespace kontwin::crowd
