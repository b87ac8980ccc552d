#include "io/traffic/sumo_routes.hpp"

#include "io/traffic/sumo_route_handler.hpp"

namespace kontwin::traffic {

std::string to_text(const TripProblem& problem) {
  const std::string line = problem.line > 0 ? ":" + std::to_string(problem.line) : "";
  return problem.file + line + ": " + problem.place + ": " + problem.reason;
}

TripTable read_sumo_routes(std::span<const std::filesystem::path> files, const Network& network,
                           std::vector<TripProblem>* problems, const SumoRoutesOptions& options) {
  std::vector<TripProblem> unread;
  SumoRouteHandler handler(network, options, problems != nullptr ? *problems : unread);
  for (const std::filesystem::path& file : files) {
    handler.begin_file(file.string());
    read_xml(file, handler);
    handler.end_file();
  }
  return handler.take_table();
}

TripTable read_sumo_routes(const std::filesystem::path& file, const Network& network,
                           std::vector<TripProblem>* problems, const SumoRoutesOptions& options) {
  return read_sumo_routes(std::span(&file, 1), network, problems, options);
}

}  // namespace kontwin::traffic
