#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/evacuation/people.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::evacuation {

/// Where a street becomes a square: a place that people leave on foot, among each other, before
/// they are on the road, and that others cross whose way leads over it. The region engine hands
/// them over one by one, those who are there when they are told to leave and the others as they
/// come to a gate, and takes each back when he or she has come out; nobody is anywhere else in
/// between.
class Square {
 public:
  struct Walker {
    /// Since the start of the branch: when it begins to walk, or is at the gate.
    double sets_out_s = 0;
    Age age = Age::adult;
    Need need = Need::none;
    std::uint32_t group = 0;  ///< those of one number wait for each other
  };
  /// Somebody who comes in by a gate and is to leave by another.
  struct Arrival {
    Walker walker;
    std::uint32_t by = 0, to = 0;  ///< gates
  };
  static constexpr std::uint32_t no_gate = 0xFFFFFFFF;
  /// What became of one of them.
  struct Ended {
    enum class Result : std::uint8_t { out, caught, stuck };
    std::uint32_t walker = 0;  ///< its number: place in all that was handed over
    Result result = Result::out;
    double at_s = 0;               ///< since the start of the branch
    double set_out_s = 0;          ///< when it began to walk on the square
    std::uint32_t gate = no_gate;  ///< that it came out by
  };

  virtual ~Square() = default;
  /// Takes those who are on it, at a moment. Throws ScenarioError where the place cannot hold them.
  virtual void fill(std::span<const Walker> walkers, double at_s) = 0;
  /// Takes those who come to its gates from `at_s` on; each waits outside until there is room.
  /// Throws ScenarioError where there is no such gate.
  virtual void admit(std::span<const Arrival> arrivals, double at_s) = 0;
  /// Water at the place from now on: depth over its lowest ground, m, and speed, m/s. Who cannot
  /// stand in it any more is caught, and ways lead round it.
  virtual void set_water(double depth_m, double speed_mps) = 0;
  /// Walks on; those who ended since the last call, by moment, then number. Each ends once.
  virtual std::vector<Ended> walk(double until_s) = 0;
  /// Heads on it and before its gates, counted one by one.
  virtual std::uint64_t inside() const = 0;
};

/// A gate of a square, and the junction that it leads to.
struct SquareGate {
  std::uint32_t gate = 0;
  std::uint32_t junction = 0;
};

/// A square, and the tourist site, lodging or residence whose people leave over it.
struct SquareAt {
  EntityRef place;
  std::unique_ptr<Square> square;
  std::vector<SquareGate> gates = {};  ///< others lead to the junction of the place
  /// Roads that lead over it from gate to gate, each with the one the other way.
  std::vector<std::uint32_t> streets = {};
};

}  // namespace kontwin::evacuation
