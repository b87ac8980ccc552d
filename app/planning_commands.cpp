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
      ->add_option("--memory", options.memory,
                   "What the times of a round count in those of the one after it, 0 to 0.99\n"
                   "Thời gian đi của một vòng còn tính bao nhiêu ở vòng sau, 0 đến 0.99")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 0.99).description(""))
      ->capture_default_str();
  command->add_option("--edits", options.edits, "Measures, as for `run`\nBiện pháp, như của `run`")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
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

void add_compare(CLI::App& group, TrafficCompareOptions& options, std::function<int()>& chosen) {
  CLI::App* command = group.add_subcommand(
      "compare",
      "Two networks, or the results of runs: what differs, and how sure that is\n"
      "Hai mạng đường, hoặc kết quả các lần chạy: khác gì, và chắc chắn đến đâu");
  command
      ->add_option("a", options.a,
                   "A network as for `run`, or a folder with results of runs (one folder a seed)\n"
                   "Mạng như của `run`, hoặc thư mục kết quả (mỗi hạt giống một thư mục)")
      ->type_name("A")
      ->required()
      ->check(CLI::ExistingPath);
  command
      ->add_option("b", options.b,
                   "The same, to hold against A, or a file of measures (.toml) to take on A\n"
                   "Như trên để so với A, hoặc tệp biện pháp (.toml) áp dụng lên A")
      ->type_name("B")
      ->required()
      ->check(CLI::ExistingPath);
  command
      ->add_option("-r,--routes", options.routes,
                   "Trips for the networks, as for `run`\nChuyến đi cho hai mạng, như của `run`")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--routes-b", options.routes_b,
                   "Trips of B; without it those of A\nChuyến đi của B; bỏ trống: như của A")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--zones", options.zones,
                   "CSV with zone,x,y: trips belong to the nearest of where they start\n"
                   "CSV có zone,x,y: mỗi chuyến thuộc vùng gần nơi xuất phát nhất")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      ->add_option("-o,--out", options.out,
                   "Folder for figures.csv, groups.csv, links.csv, links.geojson, summary.txt\n"
                   "Nơi ghi figures.csv, groups.csv, links.csv, links.geojson, summary.txt")
      ->type_name("FOLDER")
      ->capture_default_str();
  command
      ->add_option("--seeds", options.seeds,
                   "Runs of each, with the same random numbers in both\n"
                   "Số lần chạy mỗi bên, cùng số ngẫu nhiên")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
  command
      ->add_option("--move", options.moved_s,
                   "Each departure is moved by up to so many seconds either way, by seed\n"
                   "Mỗi lượt xuất phát xê dịch tối đa số giây này, theo hạt giống")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--confidence", options.confidence,
                   "Of the intervals, 0.5 to 0.999\nĐộ tin cậy, 0.5 đến 0.999")
      ->type_name("SHARE")
      ->check(CLI::Range(0.5, 0.999).description(""))
      ->capture_default_str();
  command
      ->add_option("--threads", options.threads,
                   "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag_callback(
      "--no-give-way", [&options] { options.give_way = false; },
      "Nobody gives way; signals still hold\nKhông ai nhường đường; đèn tín hiệu vẫn có hiệu lực");
  command->callback([&] { chosen = [&options] { return compare_traffic(options); }; });
}

void add_access(CLI::App& group, TrafficAccessOptions& options, std::function<int()>& chosen) {
  CLI::App* command = group.add_subcommand(
      "access",
      "How far the people of each commune of a world are from hospitals, schools and the like\n"
      "Người dân mỗi xã của mô hình tỉnh cách bệnh viện, trường học... bao xa");
  command
      ->add_option("--world", options.common.world,
                   "Folder with world.toml (default: the Kon Tum sample)\n"
                   "Thư mục có world.toml (mặc định: mẫu Kon Tum)")
      ->type_name("FOLDER");
  command
      ->add_option("--vehicle", options.vehicle,
                   "motorbike, car, bus, lorry, bicycle or ambulance\n"
                   "motorbike, car, bus, lorry, bicycle hoặc ambulance")
      ->type_name("KIND")
      ->capture_default_str();
  command
      ->add_option("--closed", options.closed,
                   "Roads that may not be driven, by their URNs\nĐường không đi được, theo URN")
      ->type_name("URN");
  command->add_option("-o,--out", options.out, "Folder for access.csv\nNơi ghi access.csv")
      ->type_name("FOLDER")
      ->capture_default_str();
  command->callback([&] { chosen = [&options] { return show_access(options); }; });
}

}  // namespace

void add_planning_commands(CLI::App& traffic, TrafficCommandOptions& options,
                           std::function<int()>& chosen) {
  add_equilibrium(traffic, options.equilibrium, chosen);
  add_compare(traffic, options.compare, chosen);
  add_access(traffic, options.access, chosen);
}

}  // namespace kontwin
