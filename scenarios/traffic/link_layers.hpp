#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "scenarios/traffic/link_inputs.hpp"

namespace kontwin::traffic {

/// What one measure does to one link.
struct LinkLayer {
  static constexpr double no_limit = std::numeric_limits<double>::infinity();

  double speed_mps = no_limit;  ///< nobody is faster
  double speed_factor = 1;      ///< on what the others leave, above 0
  double capacity_factor = 1;   ///< on the link's capacity, above 0; the lanes share what is left
  double exit_pcph = no_limit;  ///< cars that each lane lets out an hour at most, above 0
  std::uint32_t lanes = 0;      ///< bit of each lane that only `lane_kinds` may use
  VehicleKinds lane_kinds = all_vehicles;
  VehicleKinds may_enter = all_vehicles;
  VehicleKinds blocked = 0;  ///< kinds that cannot get past its middle, nor drive in
};

/// The state of links as measures leave it: what is underneath, and layers on it that come and go
/// in any order. Of limits the lowest holds, factors multiply, permissions are those that all
/// layers give; so what a layer took away comes back with it.
class LinkLayers {
 public:
  explicit LinkLayers(const Network& network);

  /// A number for a measure's layers.
  std::uint32_t new_owner() { return ++last_owner_; }
  void set(std::uint32_t owner, std::uint32_t link, const LinkLayer& layer);
  /// Takes away one layer, or all of an owner.
  void clear(std::uint32_t owner, std::uint32_t link);
  void clear(std::uint32_t owner);
  /// What is underneath, now.
  void set_base(std::uint32_t link, const LinkState& from);
  void set_base(std::uint32_t link, const LinkInputs& inputs);
  const LinkState& base() const { return base_; }
  /// Lanes of a link that layers other than those of `but` keep everyone out of, bit by bit.
  std::uint32_t closed_lanes(std::uint32_t link, std::uint32_t but) const;

  /// Writes the links that changed since the last call into `shown`, and says what is new in it.
  const LinkChanges& refresh(LinkState& shown);

 private:
  void write(std::uint32_t link, LinkState& shown) const;
  void touch(std::uint32_t link) { touched_.push_back(link); }

  const Network* network_;
  LinkState base_;
  std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, LinkLayer>>> layers_;  // by link
  std::vector<std::uint32_t> touched_;
  LinkChanges changes_;
  std::uint32_t last_owner_ = 0;
};

}  // namespace kontwin::traffic
