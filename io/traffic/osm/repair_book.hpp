#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network_parts.hpp"

namespace kontwin::traffic {

/// Repairs of a map of any size: the first of each rule one by one, those beyond as a number, and
/// what happens everywhere as one line with its count.
class RepairBook {
 public:
  static constexpr std::size_t kept_of_a_rule = 200;

  void note(const std::string& rule, std::string place, std::string done);
  /// One more of many alike: `what` is what they are (`ways of highway=primary`).
  void tally(const std::string& rule, const std::string& what, const std::string& done,
             std::size_t times = 1);
  /// Appends all of them, rule by rule.
  void write(std::vector<Repair>& repairs) const;

 private:
  struct Rule {
    std::vector<Repair> kept;
    std::size_t more = 0;
    std::map<std::pair<std::string, std::string>, std::size_t> tallies;  // [what, done]
  };
  std::map<std::string, Rule> rules_;
};

}  // namespace kontwin::traffic
