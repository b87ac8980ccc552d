#include "twin/world_check.hpp"

#include <algorithm>
#include <array>

#include "twin/world_check_parts.hpp"

namespace kontwin {

std::string_view name_of(ProblemSeverity severity) {
  static constexpr std::array<std::string_view, 3> names{"note", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

std::string_view vietnamese_name_of(ProblemSeverity severity) {
  static constexpr std::array<std::string_view, 3> names{"ghi chú", "cảnh báo", "lỗi"};
  return names[static_cast<std::size_t>(severity)];
}

std::vector<WorldProblem> check_world(const World& world) { return check_parts(world.parts()); }

std::vector<WorldProblem> check_parts(const WorldParts& parts) {
  ProblemList problems;
  const bool tables_stand = check_tables(parts, problems);
  check_terrain(parts, problems);
  check_rivers(parts, problems);
  if (!tables_stand) return std::move(problems).take();
  check_ids_and_names(parts, problems);
  check_places(parts, problems);
  check_attributes(parts, problems);
  if (check_links(parts, problems)) check_reach(parts, problems);
  return std::move(problems).take();
}

bool can_run(std::span<const WorldProblem> problems) {
  return std::ranges::none_of(problems, [](const WorldProblem& problem) {
    return problem.severity == ProblemSeverity::error;
  });
}

}  // namespace kontwin
