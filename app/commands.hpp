#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kontwin {

/// What every command may be told.
struct CommonOptions {
  std::filesystem::path world;  ///< folder of the world's sources; empty: the Kon Tum sample
  std::filesystem::path cache = "cache";
  unsigned threads = 0;  ///< 0: one a core
  bool rebuild = false;  ///< builds the world even where the cache has it
};

struct DemoOptions {
  CommonOptions common;
  std::filesystem::path out = "runs/demo";
  double speed_up = 14400;  ///< of the replay: seconds of the event in a second of the demo
  bool approve = false;     ///< sends the decision
  bool pictures = true;
};

struct ServeOptions {
  CommonOptions common;
  std::string mqtt;  ///< broker; empty: the built-in replay
  std::string topic = "kontwin/v1/observations/#";
  std::string mqtt_client = "kontwin-mirror";
  std::filesystem::path replay;  ///< recorded observations; empty: the flood of November 2025
  double speed_up = 600;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::filesystem::path store;     ///< keeps warnings and alarms (SQLite); empty: printed only
  std::filesystem::path forecast;  ///< scenario that runs ahead again and again; empty: none
  std::string every = "15min";     ///< of the mirror's time, between forecasts
  std::filesystem::path forecast_folder = "runs/forecast";
};

struct WorldOptions {
  CommonOptions common;
};

struct RunOptions {
  CommonOptions common;
  std::filesystem::path scenario;
  std::filesystem::path out;     ///< empty: runs/<scenario name>.h5
  std::filesystem::path replay;  ///< recorded observations the mirror has seen before the fork
  std::string at;  ///< moment of the fork; empty: the scenario's start, else the last observation
};

struct CompareOptions {
  std::vector<std::filesystem::path> runs;
  std::filesystem::path html;  ///< also writes a report here; empty: the table only
};

struct MendOptions {
  std::vector<std::filesystem::path> runs;
};

struct FloodMapsOptions {
  std::filesystem::path run;
  std::filesystem::path out;  ///< folder; empty: the run's name with `-maps`
};

struct FloodImpactsOptions {
  std::filesystem::path run;
  std::filesystem::path out;  ///< .csv or .geojson; empty: the table on the terminal only
};

struct FloodRunOptions {
  std::filesystem::path flood_case;
  std::filesystem::path out;     ///< folder; empty: runs/<name of the file>
  std::filesystem::path record;  ///< run file; empty: none
  unsigned threads = 0;          ///< 0: one a core
};

struct PictureOptions {
  CommonOptions common;
  std::filesystem::path run;
  std::string at;  ///< a moment or a length of time after the start; empty: the last frame
  std::filesystem::path out = "picture.png";
  std::string camera = "auto";
  std::string colour = "auto";  ///< or `depth`, `hazard`, `landslide`, `shaking`
  int width = 1600;
  int height = 900;
};

struct SlopeReportOptions {
  std::filesystem::path run;
  std::filesystem::path out;  ///< a folder; empty: nothing is written
};

struct ViewOptions {
  CommonOptions common;
  std::filesystem::path run;
  std::string camera = "city";
};

// Each carries out one command and returns the exit status of the program. What goes wrong is
// thrown as Error with a text for the user.
int run_demo(const DemoOptions& options);
int run_serve(const ServeOptions& options);
int run_world_build(const WorldOptions& options);
int run_world_info(const WorldOptions& options);
int run_world_check(const WorldOptions& options);
int run_scenario(const RunOptions& options);
int run_compare(const CompareOptions& options);
int run_mend(const MendOptions& options);
int run_flood_maps(const FloodMapsOptions& options);
int run_flood_impacts(const FloodImpactsOptions& options);
int run_slope_report(const SlopeReportOptions& options);
int run_flood(const FloodRunOptions& options);
int check_flood(const FloodRunOptions& options);
int run_picture(const PictureOptions& options);
int run_view(const ViewOptions& options);

}  // namespace kontwin
