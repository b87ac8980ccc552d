#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/evacuation/crowd/crowd_measures.hpp"
#include "scenarios/evacuation/crowd/crowd_options.hpp"
#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// People leaving a place on foot. Every person is accounted for at every moment. A run depends on
/// ground, people and options alone: the same on any number of threads.
class CrowdSimulation {
 public:
  /// Throws ScenarioError naming the person, route, smoke or announcement that is wrong.
  CrowdSimulation(Ground ground, std::vector<Person> people, CrowdOptions options,
                  ComputeArena& arena);
  ~CrowdSimulation();

  /// Somebody who joins during the run.
  struct Newcomer {
    Person person;            ///< its place is given by the entrance when it comes in by one
    std::uint32_t by = none;  ///< the exit it comes in by; none: it stands at its place from now on
    double at_s = 0;          ///< of the run, when it is at the entrance
  };
  /// Takes people in, who get the next numbers; groups among them stay together. Who comes in by an
  /// exit does so when it has come there, the exit is open, those who came before are in and there
  /// is room behind it; until then it is `waiting`. Throws ScenarioError naming the first that
  /// cannot be; then nobody is taken.
  void admit(std::span<const Newcomer> newcomers);

  double now_s() const;
  /// Moves on by whole time steps until `until_s` is reached or nobody is left to move.
  void advance(double until_s);
  /// Whether somebody still waits or walks; those who are stuck do not count.
  bool anybody_moves() const;

  std::size_t size() const;
  const Person& person(std::size_t number) const;
  PersonState state(std::size_t number) const;
  CrowdCount count() const;
  /// Why somebody who is stuck is, in a sentence; empty for others.
  std::string why_stuck(std::size_t number) const;
  /// What caught somebody who is caught, in a sentence; empty for others.
  std::string why_caught(std::size_t number) const;

  const Ground& ground() const;
  void set_exit_open(std::uint32_t exit, bool open);
  void set_opening_open(std::uint32_t opening, bool open);
  /// Water on the ground from now on, in the order of the ground's cells (Ground::grid): depth in m
  /// and speed in m/s. Who is in water is slower, ways lead round what nobody can stand in, and who
  /// cannot stand any more is caught. Throws ScenarioError when the sizes are not the grid's.
  void set_water(std::vector<float> depth_m, std::vector<float> speed_mps);

  /// What is counted while people walk; index of the new line or area. Call before `advance`.
  std::size_t measure(const MeasureLine& line);
  std::size_t measure(const MeasureArea& area);
  const LineRecord& line(std::size_t index) const;
  const AreaRecord& area(std::size_t index) const;

  /// Steps of persons computed so far.
  std::uint64_t person_steps() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin::crowd
