#include <CLI/CLI.hpp>

#include "app/traffic_commands.hpp"

namespace kontwin {

namespace {

/// What all of them take.
template <typename Options>
void add_inputs(CLI::App& command, Options& options) {
  command.add_option("network", options.network, "As for `run`\nNhư của `run`")
      ->type_name("PATH")
      ->required()
      ->check(CLI::ExistingPath);
  command
      .add_option("-r,--routes", options.routes, "Trips, as for `run`\nChuyến đi, như của `run`")
      ->type_name("FILE")
      ->required()
      ->check(CLI::ExistingFile);
  command
      .add_option("--threads", options.threads,
                  "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->capture_default_str();
  command.add_flag_callback(
      "--no-give-way", [&options] { options.give_way = false; },
      "Nobody gives way; signals still hold\nKhông ai nhường đường; đèn tín hiệu vẫn có hiệu lực");
}

void add_equilibrium(CLI::App& group, TrafficEquilibriumOptions& options,
                     std::function<int()>& chosen) {
  CLI::App* command = group.add_subcommand(
      "equilibrium",
      "Routes by which hardly anybody would arrive earlier by another way, over the day\n"
      "Tuyến đi mà hầu như không ai đến sớm hơn nếu đổi đường, theo thời gian trong ngày");
  add_inputs(*command, options);
  command
      ->add_option("-o,--out", options.out,
                   "Folder for routes.rou.xml and rounds.csv\nNơi ghi routes.rou.xml, rounds.csv")
      ->type_name("FOLDER")
      ->capture_default_str();
  command
      ->add_option("--iterations", options.most_rounds,
                   "Give up after so many rounds\nDừng sau số vòng này")
      ->type_name("N")
      ->check(CLI::Range(1, 100000).description(""))
      ->capture_default_str();
  command
      ->add_option("--gap", options.gap,
                   "Relative gap that is good enough, 0 to 1\n"
                   "Khe hở tương đối chấp nhận được, 0 đến 1")
      ->type_name("GAP")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--step", options.step,
                   "Share who change their way a round, over the share of time they lose on it\n"
                   "Tỷ lệ người đổi đường mỗi vòng, so với tỷ lệ thời gian họ mất")
      ->type_name("N")
      ->check(CLI::Range(0.01, 10.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--interval", options.interval_min,
                   "Minutes of an interval of travel times, 1 to 60\n"
                   "Số phút mỗi khoảng của thời gian đi, 1 đến 60")
      ->type_name("MINUTES")
      ->check(CLI::Range(1, 60).description(""))
      ->capture_default_str();
  command
      ->add_option("--seed", options.seed,
                   "Of each driver's speed and changes of mind\n"
                   "Mầm ngẫu nhiên của tốc độ và việc đổi đường của từng lái xe")
      ->type_name("N")
      ->capture_default_str();
  command->callback([&] { chosen = [&options] { return run_traffic_equilibrium(options); }; });
}

}  // namespace

void add_planning_commands(CLI::App& traffic, TrafficCommandOptions& options,
                           std::function<int()>& chosen) {
  add_equilibrium(traffic, options.equilibrium, chosen);
}

}  // namespace kontwin
