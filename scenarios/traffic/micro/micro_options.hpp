#pragma once

#include <array>
#include <cstdint>

#include "scenarios/traffic/micro/lane_change.hpp"

namespace kontwin::traffic::micro {

/// How drivers follow each other; see car_following.hpp.
enum class CarFollowing : std::uint8_t {
  idm,           ///< intelligent driver model
  improved_idm,  ///< the same with the time gap kept near the wished speed; slower to compute
  krauss,        ///< Krauss, in SUMO's form; draws random numbers where types have imperfection
};

/// How narrow vehicles use the width of a lane. A lane is cut into paths, as many as fit with
/// path_width_m between their middles (the motorcycle's lane of Minh, Sano and Matsumoto 2006); a
/// rider takes the one with the best outlook (path choice after Lee, Polak and Bell 2009, without
/// its random term) and moves across evenly, where those beside and behind leave room.
struct LateralOptions {
  double path_width_m = 1.2;     ///< of a vehicle of 0.7 m; wider ones as much more
  double edge_m = 0.05;          ///< kept from the edges of the lane
  double touch_m = 0.05;         ///< nearer than this, vehicles count as behind each other
  double pass_speed_mps = 5;     ///< faster than the one passed at a side gap of 0.1 m ...
  double pass_gain_per_s = 40;   ///< ... and so much more a metre of gap
  double outlook_s = 3;          ///< a gap is worth the speed that uses it up in so long
  double outlook_m = 40;         ///< and is looked at so far ahead
  double moving_mps = 1;         ///< across the lane, at most
  double paddling_mps = 0.3;     ///< the same when standing
  double change_cost_per_s = 1;  ///< outlook that a metre across must bring, m/s
  double interval_s = 1;         ///< how often a rider thinks of it
};

struct JunctionOptions {
  /// Those who need not stop are held to be going from where braking like this would stop them.
  double commit_deceleration_mps2 = 3;
  double stop_margin_m = 1;      ///< from the front of who waits to the end of the link
  double clearance_m = 4;        ///< a rear must be so far beyond it before those who cross may go
  double give_way_margin_s = 2;  ///< between leaving a conflict and the earliest who goes first
  double look_back_m = 120;      ///< how far back on their link those are seen
  double side_acceleration_mps2 = 3;               ///< in turns; what limits their speed
  double outer_radius_m = 6, inner_radius_m = 12;  ///< of turns of 90 degrees
  /// Where the right goes first, those who go first let somebody go who has waited for longer: else
  /// a road of steady traffic would shut out the one to its left for good. Assumed.
  double courtesy_s = 10;
  /// Where those who came first go first, drivers at the line find out whose turn it is: each who
  /// sets off takes so long of the junction's time, by at how many other approaches somebody waits.
  /// Highway Capacity Manual 6 (2016), chapter 21, all-way stops of one lane: 7.0 and 9.6 s between
  /// the departures of an approach where two and three others wait, of three and four approaches.
  /// With fewer, clearing the junction takes what it counted.
  std::array<double, 4> turn_taking_s{0, 0, 7.0 / 3, 9.6 / 4};
  /// Who has stood so long at the end of a lane that does not lead where they go may turn from it,
  /// giving way to all beside.
  double patience_s = 10;
};

struct MicroOptions {
  double step_s = 0.5;  ///< 0.1 to 1
  CarFollowing following = CarFollowing::idm;
  double comfortable_mps2 = 2;  ///< b of the intelligent driver model; a type's own if that is less
  LaneChangeOptions lane_change;
  LateralOptions lateral;
  JunctionOptions junction;
  std::uint64_t seed = 1;  ///< of the run; a vehicle's numbers also depend on its own number
};

/// How vehicles of a zone amid queues are driven when nothing else is said: by the model whose
/// equilibrium is the triangular diagram that the queues have, so that both carry the same.
inline MicroOptions amid_queues() {
  MicroOptions options;
  options.following = CarFollowing::improved_idm;
  return options;
}

}  // namespace kontwin::traffic::micro
