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

  TntpAssignOptions& assign = options.assign;
  command = group->add_subcommand(
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
  command->callback([&] { chosen = [&assign] { return run_traffic_assign(assign); }; });
}

}  // namespace kontwin
