#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "scenarios/evacuation/crowd/building.hpp"
#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// An exit, group, route or moment that somebody has none of.
inline constexpr std::uint32_t none = 0xFFFFFFFF;

enum class Mobility : std::uint8_t {
  walking,
  wheelchair,  ///< not on stairs
  carried,     ///< a party that carries somebody: also on stairs
};

/// Somebody who is to get out, as given before the run. One row may be a party that stays together
/// as one body (a wheelchair with who pushes it, a stretcher with its bearers): `heads` counts
/// them.
struct Person {
  std::uint32_t surface = 0;
  LocalPoint place;             ///< where it is at first
  std::uint32_t heads = 1;      ///< 1 to 20
  float radius_m = 0.15F;       ///< effective, 0.05 to 1
  float speed_mps = 1.34F;      ///< free, on the level; 0.05 to 5
  float stairs_up_mps = 0.72F;  ///< free, along the slope; 0.05 to 5
  float stairs_down_mps = 0.82F;
  float premovement_s = 0;  ///< from the start of the run until it walks; never_s: until told
  Mobility mobility = Mobility::walking;
  bool familiar = true;                  ///< knows the emergency exits
  std::uint32_t instructed_exit = none;  ///< index of the one exit it was told to use
  std::uint32_t group = none;            ///< people of a number wait for each other
  std::uint32_t route = none;            ///< index of a Route to follow first
};

/// Where somebody stands in getting out.
enum class Status : std::uint8_t {
  waiting,  ///< has not set out, or has not come in yet
  walking,
  out,
  caught,  ///< in water too deep or fast to stand in, or under a blockage that appeared
  stuck,   ///< has set out, and no open way leads to an exit it knows and can use
};
std::string_view name(Status status);

/// How it stands with one person now.
struct PersonState {
  Status status = Status::waiting;
  std::uint32_t surface = 0;
  LocalPoint place;  ///< now, or where it was last
  double z_m = 0;
  double speed_mps = 0;
  std::uint32_t exit = none;  ///< the one it makes for, or left by
  double set_out_s = never_s;
  double ended_s = never_s;  ///< when it was out or caught
  double walked_m = 0;       ///< in plan
};

/// Heads by status. Always adds up to all.
struct CrowdCount {
  std::uint64_t waiting = 0, walking = 0, out = 0, caught = 0, stuck = 0;
  std::uint64_t all() const { return waiting + walking + out + caught + stuck; }
};

}  // namespace kontwin::crowd
