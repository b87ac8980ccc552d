#include "app/traffic_commands.hpp"

#include <CLI/CLI.hpp>

namespace kontwin {

void add_traffic_commands(CLI::App& app, TrafficCommandOptions& options,
                          std::function<int()>& chosen) {
  CLI::App* group = app.add_subcommand(
      "traffic",
      "Traffic on road networks of any origin: SUMO, GMNS, TNTP / Giao thông trên mạng đường");
  group->require_subcommand(1);

  CLI::App* command = group->add_subcommand(
      "run", "Drive trips over a network, each vehicle for itself / Mô phỏng từng xe");
  TrafficRunOptions& run = options.run;
  command
      ->add_option("network", run.network,
                   "SUMO net.xml(.gz), a folder of GMNS tables, or a network file (.h5)")
      ->required()
      ->check(CLI::ExistingPath);
  command
      ->add_option("-r,--routes", run.routes,
                   "Trips: SUMO rou.xml(.gz) and files of types, in their order")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("-o,--out", run.out, "Folder for links.csv, links.geojson, trips.csv")
      ->capture_default_str();
  command->add_option("--end", run.end_s, "Stop after so many seconds (0: when all have arrived)")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--interval", run.interval_min, "Minutes of an interval of links.csv")
      ->check(CLI::Range(1, 1440))
      ->capture_default_str();
  command
      ->add_option("--patience", run.patience_min,
                   "Minutes that a vehicle without an open way waits before it is stranded")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--seed", run.seed, "Of each driver's own speed")->capture_default_str();
  command->add_option("--threads", run.threads, "0: one a core")->capture_default_str();
  command->add_flag("!--no-give-way", run.give_way, "Nobody gives way; signals still hold");
  command->callback([&] { chosen = [&run] { return run_traffic(run); }; });

  TrafficConvertOptions& convert = options.convert;
  command = group->add_subcommand(
      "convert", "Read a network, list what was mended, write it in another form / Chuyển đổi");
  command->add_option("network", convert.network, "As for `run`")
      ->required()
      ->check(CLI::ExistingPath);
  command->add_option(
      "-o,--out", convert.out,
      "NAME.h5: a network file that loads fast; a folder ending in / : GMNS tables; else the stem "
      "of SUMO's plain XML files. Without it the repairs are listed only");
  command->callback([&] { chosen = [&convert] { return convert_network(convert); }; });
}

}  // namespace kontwin
