#include "io/traffic/osm/repair_book.hpp"

namespace kontwin::traffic {

void RepairBook::note(const std::string& rule, std::string place, std::string done) {
  Rule& at = rules_[rule];
  if (at.kept.size() < kept_of_a_rule) {
    at.kept.push_back({rule, std::move(place), std::move(done)});
  } else {
    ++at.more;
  }
}

void RepairBook::tally(const std::string& rule, const std::string& what, const std::string& done,
                       std::size_t times) {
  if (times > 0) rules_[rule].tallies[{what, done}] += times;
}

void RepairBook::write(std::vector<Repair>& repairs) const {
  for (const auto& [name, rule] : rules_) {
    for (const auto& [tally, times] : rule.tallies) {
      repairs.push_back({name, std::to_string(times) + " " + tally.first, tally.second});
    }
    repairs.insert(repairs.end(), rule.kept.begin(), rule.kept.end());
    if (rule.more > 0) repairs.push_back({name, std::to_string(rule.more) + " more", "the same"});
  }
}

}  // namespace kontwin::traffic
