#include "app/command_line.hpp"

#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "app/commands.hpp"

namespace kontwin {

namespace {

void add_common(CLI::App& command, CommonOptions& common) {
  command.add_option("--world", common.world,
                     "Folder of the world's sources (default: the Kon Tum sample)");
  command.add_option("--cache", common.cache, "Folder for what is built from sources")
      ->capture_default_str();
  command.add_option("--threads", common.threads, "Threads for numeric work; 0: one a core")
      ->capture_default_str();
}

void add_world_commands(CLI::App& app, WorldOptions& options, std::function<int()>& chosen) {
  CLI::App* const world = app.add_subcommand(
      "world", "Build, describe or check a world / Dựng, mô tả hoặc kiểm tra mô hình tỉnh");
  world->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*run)(const WorldOptions&)) {
    CLI::App* const command = world->add_subcommand(name, help);
    command->add_option("folder", options.common.world,
                        "Folder with world.toml (default: the Kon Tum sample)");
    command->add_option("--cache", options.common.cache, "Folder for what is built")
        ->capture_default_str();
    command->callback(
        [&options, &chosen, run] { chosen = [&options, run] { return run(options); }; });
    return command;
  };
  add("build", "Build it into the cache, even if it is there already", run_world_build);
  add("info", "What is in it: entities by kind and provenance, roads, terrain, sources",
      run_world_info);
  add("check", "List what is wrong with it; exit status 1 where it cannot run", run_world_check);
}

void add_traffic_commands(CLI::App& app, TntpAssignOptions& assign, std::function<int()>& chosen) {
  CLI::App* const traffic = app.add_subcommand(
      "traffic", "Road traffic on networks of your own / Giao thông trên mạng đường của bạn");
  traffic->require_subcommand(1);

  CLI::App* const command = traffic->add_subcommand(
      "assign",
      "Static assignment: the flows at which nobody has a better way / Phân bổ tĩnh theo cân bằng");
  command->add_option("network", assign.network, "Network (TNTP: NAME_net.tntp)")->required();
  command->add_option("--trips", assign.trips, "Demand (TNTP: NAME_trips.tntp)")->required();
  command
      ->add_option("--gap", assign.gap, "Relative gap that is good enough; 0: as near as it gets")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--rounds", assign.most_rounds, "Give up after so many rounds")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command->add_option("--toll-weight", assign.toll_weight, "Cost a unit of toll")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--length-weight", assign.length_weight, "Cost a unit of length")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--system-optimum", assign.system_optimum,
                    "The flows that cost all together the least");
  command->add_option("--compare", assign.compare, "Flows of others (TNTP: NAME_flow.tntp)");
  command->add_option("-o,--out", assign.out, "Write flows and costs of all links here (CSV)");
  command->add_option("--threads", assign.threads, "Threads for numeric work; 0: one a core")
      ->capture_default_str();
  command->callback([&] { chosen = [&] { return run_traffic_assign(assign); }; });
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  CLI::App app{
      "Kontwin: a digital twin of a province. It mirrors the live state, runs what-ifs of flood,\n"
      "traffic and evacuation, shows them in 3D and sends decisions to the operations centre.\n"
      "Bản sao số của một tỉnh: phản chiếu hiện trạng, chạy kịch bản lũ, giao thông, sơ tán.",
      "kontwin"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "kontwin " KONTWIN_VERSION);
  std::string log_level = "info";
  app.add_option("--log", log_level, "debug, info, warn, error or off")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  std::function<int()> chosen;

  DemoOptions demo;
  CLI::App* command = app.add_subcommand(
      "demo",
      "The flood of November 2025, from the gauges to a decision; needs no server / Trình diễn");
  add_common(*command, demo.common);
  command->add_option("-o,--out", demo.out, "Folder for runs, report and pictures")
      ->capture_default_str();
  command->add_option("--speed-up", demo.speed_up, "Seconds of the event replayed in one second")
      ->check(CLI::Range(1.0, 1e7))
      ->capture_default_str();
  command->add_flag("--approve", demo.approve, "Approve the decision and send it to the IOC");
  command->add_flag("!--no-pictures", demo.pictures, "Leave the 3D pictures out");
  command->callback([&] { chosen = [&] { return run_demo(demo); }; });

  ServeOptions serve;
  command =
      app.add_subcommand("serve", "Run the live mirror until stopped / Chạy bản sao trực tuyến");
  add_common(*command, serve.common);
  command->add_option("--mqtt", serve.mqtt, "Take telemetry from this broker: tcp://host:1883");
  command->add_option("--topic", serve.topic, "MQTT topic filter")->capture_default_str();
  command
      ->add_option("--replay", serve.replay,
                   "Recorded observations (CSV) to play when there is no broker")
      ->excludes("--mqtt");
  command->add_option("--speed-up", serve.speed_up, "Of the replay")
      ->check(CLI::Range(1.0, 1e7))
      ->capture_default_str();
  command->add_option("--address", serve.address, "Address of the HTTP API")->capture_default_str();
  command->add_option("--port", serve.port, "Port of the HTTP API; 0: any free one")
      ->capture_default_str();
  command->callback([&] { chosen = [&] { return run_serve(serve); }; });

  WorldOptions world;
  add_world_commands(app, world, chosen);

  RunOptions run;
  command = app.add_subcommand("run", "Run a scenario / Chạy một kịch bản");
  add_common(*command, run.common);
  command->add_option("scenario", run.scenario, "Scenario file (TOML)")->required();
  command->add_option("-o,--out", run.out, "Run file (HDF5; default: runs/<name>.h5)");
  command->add_option("--replay", run.replay,
                      "Recorded observations that the mirror has seen (default: November 2025)");
  command->add_option("--at", run.at, "Moment of the fork (default: the scenario's start)");
  command->callback([&] { chosen = [&] { return run_scenario(run); }; });

  CompareOptions compare;
  command =
      app.add_subcommand("compare", "Compare runs by their indicators / So sánh các lần chạy");
  command->add_option("runs", compare.runs, "Run files")->required()->expected(2, 16);
  command->add_option("--html", compare.html, "Also write a report page here");
  command->callback([&] { chosen = [&] { return run_compare(compare); }; });

  ViewOptions view;
  command = app.add_subcommand("view", "Look at a run in a 3D window / Xem 3D");
  add_common(*command, view.common);
  command->add_option("run", view.run, "Run file")->required();
  command->add_option("--camera", view.camera, "Where to begin; as for `picture`")
      ->capture_default_str();
  command->callback([&] { chosen = [&] { return run_view(view); }; });

  PictureOptions picture;
  command = app.add_subcommand("picture", "Draw a run at a moment / Vẽ một khung hình");
  add_common(*command, picture.common);
  command->add_option("run", picture.run, "Run file")->required();
  command->add_option("--at", picture.at,
                      "Moment, or time after the start such as 90min (default: the last frame)");
  command->add_option("-o,--out", picture.out, "PNG file")->capture_default_str();
  command
      ->add_option("--camera", picture.camera,
                   "overview, city, mang-den, or LON,LAT,HEIGHT_M,HEADING_DEG,PITCH_DEG")
      ->capture_default_str();
  command->add_option("--width", picture.width)->check(CLI::Range(64, 8192))->capture_default_str();
  command->add_option("--height", picture.height)
      ->check(CLI::Range(64, 8192))
      ->capture_default_str();
  command->callback([&] { chosen = [&] { return run_picture(picture); }; });

  TntpAssignOptions assign;
  add_traffic_commands(app, assign, chosen);

  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  spdlog::set_level(spdlog::level::from_str(log_level));
  spdlog::set_pattern("%H:%M:%S %^%l%$ %v");
  try {
    return chosen();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kontwin: %s\n", error.what());
    return 1;
  }
}

}  // namespace kontwin
