#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/evacuation/people.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::evacuation {

/// Where a street becomes a square: a place that people leave on foot, among each other, before
/// they are on the road. The region engine hands them over one by one when they are told to leave,
/// and takes each back when he or she has come out; nobody is anywhere else in between.
class Square {
 public:
  struct Walker {
    double sets_out_s = 0;  ///< since the start of the branch; when it begins to walk
    Age age = Age::adult;
    Need need = Need::none;
    std::uint32_t group = 0;  ///< those of one number wait for each other
  };
  /// What became of one of them.
  struct Ended {
    enum class Result : std::uint8_t { out, caught, stuck };
    std::uint32_t walker = 0;  ///< place in what was handed over
    Result result = Result::out;
    double at_s = 0;  ///< since the start of the branch
  };

  virtual ~Square() = default;
  /// Takes them all, once, at a moment. Throws ScenarioError where the place cannot hold them.
  virtual void fill(std::span<const Walker> walkers, double at_s) = 0;
  /// Water at the place from now on: depth over its lowest ground, m, and speed, m/s. Who cannot
  /// stand in it any more is caught, and ways lead round it.
  virtual void set_water(double depth_m, double speed_mps) = 0;
  /// Walks on; those who ended since the last call, by moment, then number. Each ends once.
  virtual std::vector<Ended> walk(double until_s) = 0;
};

/// A tourist site, lodging or residence whose people leave over a square.
struct SquareAt {
  EntityRef place;
  std::unique_ptr<Square> square;
};

}  // namespace kontwin::evacuation
