#pragma once

#include <memory>

#include "scenarios/compute_arena.hpp"
#include "scenarios/evacuation/crowd/building.hpp"
#include "scenarios/evacuation/square.hpp"

namespace kontwin::evacuation {

/// A square whose people walk in the crowd engine: those who are there from its areas (by their
/// size; all its floors where it names none) to its exits, those who come from one of its exits, a
/// gate, to another. Adults walk as Weidmann 1993 found; children (of ten) and the old (of seventy)
/// by their age, and wheelchairs as crowd::population says. Visitors know the exits that are not
/// for emergencies.
class CrowdSquare final : public Square {
 public:
  /// The arena must outlive it. Throws ScenarioError where the building cannot be walked on.
  CrowdSquare(crowd::Building building, double cell_m, std::uint64_t seed, ComputeArena& arena);
  ~CrowdSquare() override;

  void fill(std::span<const Walker> walkers, double at_s) override;
  void admit(std::span<const Arrival> arrivals, double at_s) override;
  /// The water is level: higher ground stays dry. Changes of less than two centimetres wait.
  void set_water(double depth_m, double speed_mps) override;
  std::vector<Ended> walk(double until_s) override;
  std::uint64_t inside() const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin::evacuation
