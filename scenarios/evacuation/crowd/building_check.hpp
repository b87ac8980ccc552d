#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

class Ground;

/// Something that is wrong with a building, or with a building and the people in it.
struct BuildingProblem {
  std::string place;              ///< `surface 'hall'`
  std::string reason;             ///< for the reader of a message
  bool prevents_walking = false;  ///< no Ground can be made of it
};

/// All that is wrong with a building as it stands: numbers that are none, rings that cross
/// themselves (with the place), surfaces that overlap at one height, gaps that are too narrow for a
/// body or lie on no border, areas and blockages off their surface, names given twice, slopes
/// without length, surfaces from which no exit can ever be reached.
std::vector<BuildingProblem> problems_of(const Building& building);

/// How many people start in an area.
struct PeopleInArea {
  std::uint32_t area = 0;  ///< index
  double people = 0;
  double wheelchairs = 0;  ///< of them
};

/// What is wrong with where people start on this ground: areas too small for their people (six
/// people a square metre at most), areas from which no exit can be reached with the people in them,
/// or not on wheels (stairs, passages and doors below 0.7 m),
/// exits that nobody can reach. What is shut or blocked at this moment counts as wall; people on
/// foot need 0.36 m.
std::vector<BuildingProblem> problems_of(const Ground& ground,
                                         std::span<const PeopleInArea> people);

}  // namespace kontwin::crowd
