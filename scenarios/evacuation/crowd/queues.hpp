#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/person.hpp"

namespace kontwin::crowd {

/// Who waited before a gap: people who want to go on, are slower than 0.4 m/s and have no other gap
/// of their surface nearer than this one, within 15 m.
struct QueueRecord {
  std::string id;
  bool is_exit = false;
  double width_m = 0;
  std::uint64_t longest = 0;  ///< heads
  double longest_at_s = 0;
  double waited_person_s = 0;            ///< of all together
  std::uint64_t passed = 0;              ///< heads; of exits
  double first_s = never_s, last_s = 0;  ///< when they passed; of exits
  double busiest_ppsm = 0;  ///< greatest flow over 10 s, persons a second and metre; of exits
  /// Mean flow from the first to the last who passed, persons a second and metre; of exits.
  double mean_ppsm() const {
    return passed > 1 && last_s > first_s
               ? static_cast<double>(passed - 1) / (last_s - first_s) / width_m
               : 0;
  }
  std::vector<std::pair<double, std::uint64_t>> length;  ///< (time s, heads), whenever it changed
};

/// Watches queues of all exits and openings, in this order.
class QueueWatch {
 public:
  explicit QueueWatch(const Ground& ground);
  /// Takes in a moment, `step_s` after the last one.
  void look(double time_s, double step_s, std::span<const Person> people,
            std::span<const PersonState> states);
  /// All records, with who passed the exits by the states at the end.
  std::vector<QueueRecord> records(std::span<const Person> people,
                                   std::span<const PersonState> states) const;

 private:
  struct Gap {
    std::uint32_t surface, record;
    LocalPoint a, b;
  };
  std::vector<std::vector<Gap>> gaps_;  ///< [surface]
  std::vector<QueueRecord> records_;
};

}  // namespace kontwin::crowd
