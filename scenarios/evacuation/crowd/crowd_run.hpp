#pragma once

// The inside of a CrowdSimulation: what its parts share.

#include <optional>

#include "scenarios/evacuation/crowd/crowd_simulation.hpp"
#include "scenarios/evacuation/crowd/crowd_state.hpp"
#include "scenarios/evacuation/crowd/detours.hpp"
#include "scenarios/evacuation/crowd/exit_choice.hpp"
#include "scenarios/evacuation/crowd/gap_limits.hpp"

namespace kontwin::crowd {

struct CrowdSimulation::Impl {
  Impl(Ground given_ground, std::vector<Person> people, CrowdOptions given,
       ComputeArena& the_arena);

  // crowd_simulation.cpp: time.
  void advance(double until_s);
  void step();
  void settle_rows(std::size_t begin, std::size_t end);
  void pass_gaps();
  /// Back to where it was before the step.
  void hold(std::size_t row);
  void leave();
  bool leave(std::size_t begin, std::size_t end);  ///< whether anybody is clear
  bool is_clear(std::size_t row) const;            ///< at the end of the step
  void find_rows();
  double now_s() const { return static_cast<double>(steps) * step_s; }

  // crowd_wishes.cpp: where everybody wants to go, before each step.
  void wish_rows(std::size_t begin, std::size_t end);
  float pace_of(std::size_t row, WayField::Direction way) const;
  void use_smoke();

  // crowd_decisions.cpp: what is looked at now and then.
  void look_around();
  void renew_ways();
  void decide(std::uint32_t person, std::size_t row);
  void measure_ways(std::size_t begin, std::size_t end);
  void hear(std::size_t begin, std::size_t end);
  std::size_t goal_of(std::uint32_t person) const;
  void next_stop(std::uint32_t person, std::uint16_t stop);
  bool decides_alone(std::uint32_t person) const { return leader[person] == none; }

  // crowd_detours.cpp: ways round jams.
  void look_for_jams();
  /// Where a row's person walks: along the shortest way, or round a jam.
  WayField::Direction way_of(std::size_t row) const;
  /// Whether it goes round a jam from now on. `chance`: 0 to 1, drawn anew for each look.
  void choose_way(std::uint32_t person, std::size_t row, double chance);

  // crowd_groups.cpp: who goes together.
  void follow_leaders();
  /// Members who are ahead of the last of their group slow down, the sooner the further, unless
  /// they are in a crowd.
  void pace_groups();
  bool in_a_crowd(std::size_t row) const;

  // crowd_newcomers.cpp: who joins.
  void admit(std::span<const Newcomer> newcomers);
  /// Makes groups, speeds, means and routes of the people from `first` on.
  void make_ready(std::uint32_t first);
  void put_on_ground(std::uint32_t person, WayField::Direction heading, float speed_mps);
  /// Whoever is due at a gate comes in where there is room behind it.
  void let_in();
  void let_in_by(std::uint32_t exit);
  bool is_blocked_at(std::uint32_t surface, LocalPoint place) const;
  /// When somebody outside may come in next; never_s: nobody before something else changes.
  double next_arrival_s() const;

  // crowd_water.cpp
  void set_water(std::vector<float> depth_m, std::vector<float> speed_mps);
  std::size_t cell_of(std::size_t row) const;
  void find_caught();

  // crowd_blockages.cpp
  /// Whoever a blockage has just appeared over steps out to the nearest free ground, or is caught.
  void clear_blockages();
  void step_out(std::size_t row, LocalPoint to);
  /// Takes out the rows that are not kept: caught by a blockage, or by water (none).
  void take_out_caught(std::uint32_t blockage);

  template <typename Work>
  void each_part(const Work& work) {
    const std::size_t count = motion.people.count();
    arena.for_each_part(parts_of(count), [&](std::size_t part) {
      work(part * people_per_part, std::min(count, (part + 1) * people_per_part));
    });
  }

  Ground ground;
  CrowdOptions options;
  ComputeArena& arena;
  CrowdState state;
  std::vector<std::vector<std::uint32_t>> groups;
  std::vector<std::uint32_t> leader;     ///< [person] whom it follows, or none
  std::vector<std::size_t> first_stop;   ///< [route] goal of its first stop
  WayBook ways;                          ///< goals: exits, then stops of routes
  std::optional<Detours> detours;        ///< none when people take the shortest ways
  std::vector<Detours::Walker> walkers;  ///< [row]
  CrowdMotion motion;
  GapLimits limits;
  CrowdMeasures measures;
  ExitQueues queues;
  std::vector<double> changes_s;  ///< moments at which doors or blockages change
  std::size_t next_change = 0;
  double step_s;
  std::uint64_t steps = 0, person_steps = 0;
  std::uint64_t steps_a_look, looks = 0, looks_a_decision;
  bool all_decide = true;

  std::vector<float> smoke_share;            ///< [surface]
  std::vector<WayField::Direction> outward;  ///< [exit] at right angles to it
  std::vector<float> slope_share;  ///< [surface] length in plan of a metre along the slope
  std::vector<float> water_depth_m, water_speed_mps, water_share;  ///< [cell], or empty

  /// Who comes in by an exit: moment and person, the first of them last.
  using Gate = std::vector<std::pair<double, std::uint32_t>>;
  std::vector<Gate> gates;  ///< [exit]
  std::size_t outside = 0;  ///< people at all gates

  // By row, of the step that ends.
  std::vector<std::uint32_t> exit_crossed, surface_after, gap_crossed;
  std::vector<std::uint8_t> part_leaves;  ///< [part] whether somebody in it is out, or clear
  std::vector<std::uint8_t> keep;
};

}  // namespace kontwin::crowd
