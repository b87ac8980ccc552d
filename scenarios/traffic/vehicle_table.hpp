#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/vehicle_class.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// The vehicles under way, as columns; a slot is used again when its vehicle has left.
struct VehicleTable {
  std::vector<std::uint64_t> number;     ///< stable: the same vehicle in every branch
  std::vector<std::uint64_t> traveller;  ///< of a request
  std::vector<std::uint8_t> requested;   ///< 1: someone waits for the outcome
  std::vector<std::uint8_t> vehicle_class;
  std::vector<std::uint32_t> tree;  ///< the route tree it follows
  std::vector<Micros> departed;
  std::vector<Micros> free_time;  ///< of its trip on empty, dry, open roads
  std::vector<Micros> entered_link;
  std::vector<Micros> ready;  ///< at the end of its link, or to depart, at the earliest
  std::vector<std::uint32_t> next, previous;  ///< in its queue, head first

  std::uint32_t add() {
    if (!free_.empty()) {
      const std::uint32_t slot = free_.back();
      free_.pop_back();
      return slot;
    }
    const auto slot = static_cast<std::uint32_t>(number.size());
    number.push_back(0);
    traveller.push_back(0);
    requested.push_back(0);
    vehicle_class.push_back(0);
    tree.push_back(0);
    departed.push_back(0);
    free_time.push_back(0);
    entered_link.push_back(0);
    ready.push_back(0);
    next.push_back(no_row);
    previous.push_back(no_row);
    return slot;
  }
  void release(std::uint32_t slot) { free_.push_back(slot); }
  std::size_t slots() const { return number.size(); }

  WadeGroup group(std::uint32_t slot) const { return classes[vehicle_class[slot]].group; }
  CarHundredths size(std::uint32_t slot) const { return classes[vehicle_class[slot]].size; }

 private:
  std::vector<std::uint32_t> free_;
};

}  // namespace kontwin::traffic
