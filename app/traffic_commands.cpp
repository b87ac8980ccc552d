#include "app/traffic_commands.hpp"

#include <CLI/CLI.hpp>

namespace kontwin {

namespace {

void add_rules_at(CLI::App& command, std::string& rules_at) {
  command
      .add_option("--rules-at", rules_at,
                  "OpenStreetMap: turns forbidden at times are as at this moment "
                  "(2026-11-26T07:30:00+07:00); without it they are left out\n"
                  "OpenStreetMap: cấm rẽ theo giờ lấy theo thời điểm này; bỏ trống: không xét")
      ->type_name("MOMENT");
}

}  // namespace

void add_traffic_commands(CLI::App& app, TrafficCommandOptions& options,
                          std::function<int()>& chosen) {
  CLI::App* group = app.add_subcommand(
      "traffic",
      "Traffic on road networks of any origin: SUMO, OpenStreetMap, GMNS, TNTP\nGiao thông "
      "trên mạng đường từ mọi nguồn: SUMO, OpenStreetMap, GMNS, TNTP");
  group->require_subcommand(1);

  CLI::App* command = group->add_subcommand(
      "run",
      "Drive trips over a network, each vehicle for itself\nMô phỏng từng xe trên mạng đường");
  TrafficRunOptions& run = options.run;
  command
      ->add_option("network", run.network,
                   "SUMO net.xml(.gz), OpenStreetMap (.osm, .osm.pbf), a folder of GMNS tables, or "
                   "a network file (.h5)\n"
                   "SUMO net.xml(.gz), OpenStreetMap (.osm, .osm.pbf), thư mục bảng GMNS, hoặc tệp "
                   "mạng (.h5)")
      ->type_name("PATH")
      ->required()
      ->check(CLI::ExistingPath);
  command
      ->add_option("-r,--routes", run.routes,
                   "Trips: SUMO rou.xml(.gz) and files of types, in their order\n"
                   "Chuyến đi: SUMO rou.xml(.gz) và tệp loại xe, theo thứ tự")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  add_timetable_options(*command, run.timetable);
  add_rules_at(*command, run.rules_at);
  command
      ->add_option(
          "--edits", run.edits,
          "Measures: roads closed, built or narrowed, signal plans, incidents, parking ... "
          "(TOML, docs/traffic-measures.md)\n"
          "Biện pháp: đóng, mở, thu hẹp đường, đèn tín hiệu, sự cố, đỗ xe ... "
          "(TOML, docs/traffic-measures.md)")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      ->add_option(
          "-o,--out", run.out,
          "Folder for links.csv, links.geojson, trips.csv, and stops.csv of those who halt\n"
          "Nơi ghi links.csv, links.geojson, trips.csv, và stops.csv của xe dừng trạm")
      ->type_name("FOLDER")
      ->capture_default_str();
  command
      ->add_option("--end", run.end_s,
                   "Stop after so many seconds; 0: when all have arrived\n"
                   "Dừng sau số giây này; 0: khi mọi xe đã đến")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--interval", run.interval_min,
                   "Minutes of an interval of links.csv, 1 to 1440\n"
                   "Số phút mỗi khoảng của links.csv, 1 đến 1440")
      ->type_name("MINUTES")
      ->check(CLI::Range(1, 1440).description(""))
      ->capture_default_str();
  command
      ->add_option("--patience", run.patience_min,
                   "Minutes that a vehicle without an open way waits before it is stranded\n"
                   "Số phút xe không có đường đi chờ trước khi coi là mắc kẹt")
      ->type_name("MINUTES")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--en-route", run.en_route_share,
                   "Share of drivers who look at the times of the moment on their way, 0 to 1\n"
                   "Tỷ lệ lái xe xem thời gian hiện tại trên đường và có thể đổi đường, 0 đến 1")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--refresh", run.refresh_min,
                   "Minutes between two looks at the times of the moment, 1 to 1440\n"
                   "Số phút giữa hai lần cập nhật thời gian đi, 1 đến 1440")
      ->type_name("MINUTES")
      ->check(CLI::Range(1, 1440).description(""))
      ->capture_default_str();
  command
      ->add_option("--seed", run.seed,
                   "Of each driver's own speed\nMầm ngẫu nhiên của tốc độ từng lái xe")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--threads", run.threads,
                   "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag_callback(
      "--no-give-way", [&run] { run.give_way = false; },
      "Nobody gives way; signals still hold\nKhông ai nhường đường; đèn tín hiệu vẫn có hiệu lực");
  command
      ->add_option("--saturation-flow", run.saturation_flow_pcph,
                   "Cars an hour of green that leave a lane; 0: what the lane carries on free\n"
                   "road. The Highway Capacity Manual counts on 1900\n"
                   "Số xe mỗi giờ đèn xanh rời một làn; 0: bằng năng lực của làn. HCM lấy 1900")
      ->type_name("CARS")
      ->check(CLI::Range(0.0, 1e5).description(""))
      ->capture_default_str();
  command->add_flag(
      "--signals-as-sumo", run.signals_as_sumo,
      "The first of a queue passes as its light turns green, and turning takes no\n"
      "longer than driving straight on, as in mesoscopic SUMO; for comparing\n"
      "Xe đầu qua ngay khi đèn xanh, xe rẽ đi nhanh như xe thẳng, như SUMO; để so sánh");
  command
      ->add_option("--zones", run.zones,
                   "CSV with zone,x,y,people,sites: what is reached from where, accessibility.csv\n"
                   "CSV có zone,x,y,people,sites: khả năng tiếp cận từng vùng, accessibility.csv")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command->add_flag("--details", run.details,
                    "Also queues, fuel and emissions of links, and all of it in results.h5\n"
                    "Thêm hàng chờ, nhiên liệu, khí thải từng đoạn, và tất cả trong results.h5");
  add_micro_options(*command, run.micro);
  command->callback([&] { chosen = [&run] { return run_traffic(run); }; });

  TrafficConvertOptions& convert = options.convert;
  command = group->add_subcommand("convert",
                                  "Read a network, list what was mended, write it in another form\n"
                                  "Đọc mạng, liệt kê chỗ đã sửa, ghi sang dạng khác");
  command->add_option("network", convert.network, "As for `run`\nNhư của `run`")
      ->type_name("PATH")
      ->required()
      ->check(CLI::ExistingPath);
  add_rules_at(*command, convert.rules_at);
  command
      ->add_option("-o,--out", convert.out,
                   "NAME.h5: a network file that loads fast; a folder ending in / : GMNS tables; "
                   "else the stem "
                   "of SUMO's plain XML files. Without it the repairs are listed only\n"
                   "NAME.h5: tệp mạng đọc nhanh; thư mục kết thúc bằng / : bảng GMNS; nếu không: "
                   "tên gốc của các "
                   "tệp XML của SUMO. Bỏ trống: chỉ liệt kê chỗ đã sửa")
      ->type_name("PATH");
  command->callback([&] { chosen = [&convert] { return convert_network(convert); }; });

  FreightCommandOptions& freight = options.freight;
  command =
      group->add_subcommand("freight",
                            "Lorry trips of a day between the farm plots and homes of a world\n"
                            "Chuyến xe tải một ngày giữa nương rẫy và khu dân cư của mô hình tỉnh");
  command
      ->add_option("--world", freight.common.world,
                   "Folder with world.toml (default: the Kon Tum sample)\n"
                   "Thư mục có world.toml (mặc định: mẫu Kon Tum)")
      ->type_name("FOLDER");
  command
      ->add_option("-o,--out", freight.out,
                   "Folder for network.h5 and lorries.rou.xml, for `traffic run`\n"
                   "Nơi ghi network.h5 và lorries.rou.xml, dùng với `traffic run`")
      ->type_name("FOLDER")
      ->capture_default_str();
  command
      ->add_option("--mean-km", freight.mean_km,
                   "How far loads go, the decay of a gravity model\n"
                   "Quãng đường chở hàng, độ suy giảm của mô hình hấp dẫn")
      ->type_name("KM")
      ->check(CLI::PositiveNumber.description(""))
      ->capture_default_str();
  command->add_option("--tonnes", freight.tonnes_per_lorry, "Load of a lorry\nTải trọng mỗi chuyến")
      ->type_name("TONNES")
      ->check(CLI::PositiveNumber.description(""))
      ->capture_default_str();
  command->add_option("--seed", freight.seed, "Of the draws\nMầm ngẫu nhiên")
      ->type_name("N")
      ->capture_default_str();
  command->callback([&] { chosen = [&freight] { return make_freight(freight); }; });

  TntpAssignOptions& assign = options.assign;
  command = group->add_subcommand("assign",
                                  "Static assignment: the flows at which nobody has a better way\n"
                                  "Phân bổ tĩnh: lưu lượng mà không ai có đường tốt hơn");
  command->add_option("network", assign.network, "Network (TNTP: NAME_net.tntp)\nMạng (TNTP)")
      ->type_name("FILE")
      ->required();
  command->add_option("--trips", assign.trips, "Demand (TNTP: NAME_trips.tntp)\nNhu cầu (TNTP)")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--gap", assign.gap,
                   "Relative gap that is good enough, 0 to 1; 0: as near as it gets\n"
                   "Khe hở tương đối chấp nhận được, 0 đến 1; 0: sát nhất có thể")
      ->type_name("GAP")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--rounds", assign.most_rounds,
                   "Give up after so many rounds\nDừng sau số vòng này")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000).description(""))
      ->capture_default_str();
  command
      ->add_option("--toll-weight", assign.toll_weight,
                   "Cost a unit of toll\nChi phí mỗi đơn vị phí đường")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--length-weight", assign.length_weight,
                   "Cost a unit of length\nChi phí mỗi đơn vị chiều dài")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag(
      "--system-optimum", assign.system_optimum,
      "The flows that cost all together the least\nLưu lượng có tổng chi phí nhỏ nhất");
  command
      ->add_option(
          "--compare", assign.compare,
          "Flows of others to compare with (TNTP: NAME_flow.tntp)\nLưu lượng để so sánh (TNTP)")
      ->type_name("FILE");
  command
      ->add_option(
          "-o,--out", assign.out,
          "Write flows and costs of all links here (CSV)\nGhi lưu lượng và chi phí các đoạn (CSV)")
      ->type_name("FILE");
  command
      ->add_option("--threads", assign.threads,
                   "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->capture_default_str();
  command->callback([&] { chosen = [&assign] { return run_traffic_assign(assign); }; });

  add_planning_commands(*group, options, chosen);
}

}  // namespace kontwin
