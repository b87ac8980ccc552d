#pragma once

#include <utility>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd::test {

inline Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

inline Surface floor(std::string id, Polygon shape, double height_m = 0) {
  return {.id = std::move(id), .shape = std::move(shape), .height_m = height_m};
}

inline Exit exit(std::string id, std::uint32_t surface, LocalPoint a, LocalPoint b) {
  Exit exit;
  exit.id = std::move(id);
  exit.surface = surface;
  exit.a = a;
  exit.b = b;
  return exit;
}

inline Opening opening(std::string id, std::uint32_t surface, std::uint32_t beyond, LocalPoint a,
                       LocalPoint b) {
  Opening opening;
  opening.id = std::move(id);
  opening.surface = surface;
  opening.beyond = beyond;
  opening.a = a;
  opening.b = b;
  return opening;
}

/// One room of 10 x 10 m with an exit of 1 m in the middle of its eastern wall.
inline Building room() {
  Building building;
  building.surfaces = {floor("room", rectangle(0, 0, 10, 10))};
  building.exits = {exit("door", 0, {10, 4.5}, {10, 5.5})};
  return building;
}

/// Two such rooms side by side, joined by a door of 1 m; the exit is in the eastern one.
inline Building two_rooms() {
  Building building;
  building.surfaces = {floor("west", rectangle(0, 0, 10, 10)),
                       floor("east", rectangle(10, 0, 20, 10))};
  building.openings = {opening("between", 0, 1, {10, 4.5}, {10, 5.5})};
  building.exits = {exit("out", 1, {20, 4.5}, {20, 5.5})};
  return building;
}

}  // namespace kontwin::crowd::test
