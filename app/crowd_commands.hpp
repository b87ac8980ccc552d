#pragma once

#include <filesystem>
#include <functional>

namespace CLI {
class App;
}

namespace kontwin {

/// What `kontwin crowd run` and `kontwin crowd check` are told.
struct CrowdCommandOptions {
  std::filesystem::path scenario;
  std::filesystem::path out;      ///< folder; empty: runs/<name of the file>
  std::filesystem::path density;  ///< PNG picture of the densities; empty: none
  int seeds = 0;                  ///< 0: as the scenario says
  unsigned threads = 0;           ///< 0: one a core
};

/// Adds `kontwin crowd ...`; `chosen` becomes the command that was given.
void add_crowd_commands(CLI::App& app, CrowdCommandOptions& options, std::function<int()>& chosen);

/// Each gives the process's exit status; throws Error for what the user has to mend.
int run_crowd_scenario(const CrowdCommandOptions& options);
int check_crowd_scenario(const CrowdCommandOptions& options);

}  // namespace kontwin
