#pragma once

#include <string>
#include <utility>
#include <vector>

#include "twin/world_check.hpp"

namespace kontwin {

/// Gathers problems as the checks find them.
class ProblemList {
 public:
  void error(std::string what, std::string where, std::string vi, std::string en) {
    add(ProblemSeverity::error, std::move(what), std::move(where), std::move(vi), std::move(en));
  }
  void warning(std::string what, std::string where, std::string vi, std::string en) {
    add(ProblemSeverity::warning, std::move(what), std::move(where), std::move(vi), std::move(en));
  }
  void note(std::string what, std::string where, std::string vi, std::string en) {
    add(ProblemSeverity::note, std::move(what), std::move(where), std::move(vi), std::move(en));
  }
  std::vector<WorldProblem> take() && { return std::move(problems_); }

 private:
  void add(ProblemSeverity severity, std::string what, std::string where, std::string vi,
           std::string en) {
    problems_.push_back(
        {severity, std::move(what), std::move(where), std::move(vi), std::move(en)});
  }

  std::vector<WorldProblem> problems_;
};

/// A number for people: `12.3`, without trailing zeros.
std::string number_text(double value, int decimals = 1);

/// Columns of equal length, as the kinds have them. False: the other checks of tables cannot look.
bool check_tables(const WorldParts& parts, ProblemList& problems);
void check_ids_and_names(const WorldParts& parts, ProblemList& problems);
void check_places(const WorldParts& parts, ProblemList& problems);
void check_attributes(const WorldParts& parts, ProblemList& problems);
/// False: the links do not make a graph.
bool check_links(const WorldParts& parts, ProblemList& problems);
/// Connected parts, and what can be reached. Needs links that make a graph.
void check_reach(const WorldParts& parts, ProblemList& problems);
void check_rivers(const WorldParts& parts, ProblemList& problems);
void check_terrain(const WorldParts& parts, ProblemList& problems);

}  // namespace kontwin
