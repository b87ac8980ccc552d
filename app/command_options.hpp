#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "app/commands.hpp"
#include "app/crowd_commands.hpp"
#include "app/evacuate_commands.hpp"
#include "app/traffic_commands.hpp"

namespace kontwin {

/// What each command was told.
struct CommandOptions {
  DemoOptions demo;
  ServeOptions serve;
  WorldOptions world;
  RunOptions run;
  CompareOptions compare;
  MendOptions mend;
  ViewOptions view;
  PictureOptions picture;
  FloodMapsOptions flood_maps;
  FloodImpactsOptions flood_impacts;
  FloodRunOptions flood_run;
  TrafficCommandOptions traffic;
  CrowdCommandOptions crowd;
  EvacuateCommandOptions evacuate;
};

/// What the line that was parsed asks for.
using Chosen = std::function<int()>;

/// Adds every command with its options. Parsing fills `options` and sets `chosen`; both must
/// outlive `app`.
void add_commands(CLI::App& app, CommandOptions& options, Chosen& chosen);
/// Those of floods alone.
void add_flood_commands(CLI::App& app, CommandOptions& options, Chosen& chosen);
/// Adds the run file that a command is about.
void add_run_file(CLI::App& command, std::filesystem::path& run);

}  // namespace kontwin
