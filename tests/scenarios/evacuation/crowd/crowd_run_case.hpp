#pragma once

#include "scenarios/evacuation/crowd/crowd_simulation.hpp"
#include "scenarios/evacuation/crowd/population.hpp"
#include "tests/scenarios/evacuation/crowd/ground_places.hpp"

namespace kontwin::crowd::test {

/// People of a kind all over a part of a surface.
inline std::vector<Person> people_in(std::uint32_t surface, Polygon shape, std::size_t count,
                                     const PeopleKind& kind = weidmann(), std::uint64_t seed = 1) {
  Area area;
  area.id = "start";
  area.surface = surface;
  area.shape = std::move(shape);
  const auto places = places_in(area, count, 0.17, RandomStream(seed, 0, 7));
  std::vector<Person> people;
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(seed, i);
    Person person = draw(kind, random);
    person.surface = surface;
    person.place = places[i];
    people.push_back(person);
  }
  return people;
}

inline Person person_at(std::uint32_t surface, LocalPoint place, float speed_mps = 1.34F) {
  Person person;
  person.surface = surface;
  person.place = place;
  person.speed_mps = speed_mps;
  return person;
}

/// A corridor whose eastern end is an exit.
inline Building corridor(double length_m, double width_m) {
  Building building;
  building.surfaces = {floor("corridor", rectangle(0, 0, length_m, width_m))};
  building.exits = {exit("end", 0, {length_m, 0}, {length_m, width_m})};
  return building;
}

/// A run on one thread or more.
struct CrowdRun {
  CrowdRun(Building building, std::vector<Person> people, CrowdOptions options = {},
           std::size_t threads = 1, double cell_m = 0.2)
      : arena(threads),
        crowd(Ground(std::move(building), cell_m), std::move(people), std::move(options), arena) {}

  /// Until nobody moves any more, or for so long; when the last was out, s.
  double until_empty(double most_s = 600) {
    while (crowd.now_s() < most_s && crowd.anybody_moves()) crowd.advance(crowd.now_s() + 1);
    double last_s = 0;
    for (std::size_t i = 0; i < crowd.size(); ++i) {
      const PersonState state = crowd.state(i);
      if (state.status == Status::out) last_s = std::max(last_s, state.ended_s);
    }
    return last_s;
  }

  ComputeArena arena;
  CrowdSimulation crowd;
};

}  // namespace kontwin::crowd::test
