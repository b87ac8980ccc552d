#pragma once

#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/movement_options.hpp"
#include "scenarios/evacuation/crowd/person.hpp"

namespace kontwin::crowd {

/// Where to go before an exit: goals one after the other, with a time spent at each.
struct Route {
  struct Stop {
    Goal goal;
    double wait_s = 0;
  };
  std::string id;
  std::vector<Stop> stops;
  std::uint32_t exit = none;  ///< index of the exit at its end; none: the person's choice
};

/// Smoke or darkness on a surface.
struct Smoke {
  std::uint32_t surface = 0;
  OpenTime lasts;
  double extinction_per_m = 0;  ///< 0 to 20
};

/// A guide or a loudspeaker that people within reach hear or see from a moment.
struct Announcement {
  std::uint32_t surface = 0;
  LocalPoint place;
  double reach_m = never_s;  ///< on its surface; infinity: everybody on all surfaces
  OpenTime lasts;
  bool set_out = true;        ///< who hears it and still waits sets out
  std::uint32_t exit = none;  ///< tells them to use this exit
};

/// How people choose among the exits that they know.
enum class ExitChoice : std::uint8_t {
  nearest,   ///< on foot
  quickest,  ///< by walking time and by the queue before it
};

/// How people choose among the ways to where they go.
enum class WayChoice : std::uint8_t {
  shortest,
  quickest,  ///< round jams, too
};

struct CrowdOptions {
  MovementOptions movement;
  ExitChoice exit_choice = ExitChoice::quickest;
  WayChoice way_choice = WayChoice::quickest;
  double reconsider_s = 2;  ///< how often each looks again, 0.5 to 60
  double worth_changing =
      0.8;  ///< changes when another exit or way takes less than this share of the time
  /// Whoever has a queue before it leaves it for another exit or way only to save so much, s: there
  /// is no telling how long a queue farther away will take, and those around are in the way.
  double worth_leaving_queue_s = 30;
  double exit_flow_ppsm = 1.4;  ///< of a queue, as people expect it; 0.1 to 5
  /// How far a member of a group may be ahead of the last before it slows down, m.
  double group_apart_m = 2;
  std::vector<Route> routes;
  std::vector<Smoke> smoke;
  std::vector<Announcement> announcements;
};

}  // namespace kontwin::crowd
