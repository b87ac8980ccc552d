// `kontwin flood ...`
#include "app/command_options.hpp"

namespace kontwin {

namespace {

CLI::App* add_flood_case(CLI::App& flood, const char* name, const char* help,
                         FloodRunOptions& options) {
  CLI::App* const command = flood.add_subcommand(name, help);
  command
      ->add_option(
          "case", options.flood_case,
          "Flood case (.flood.toml, docs/flood-cases.md), LISFLOOD-FP's .par or SFINCS' .inp\n"
          "Bài toán lũ (.flood.toml, docs/flood-cases.md), .par của LISFLOOD-FP hoặc .inp của "
          "SFINCS")
      ->type_name("FILE")
      ->required();
  return command;
}

}  // namespace

void add_flood_commands(CLI::App& app, CommandOptions& options, Chosen& chosen) {
  CLI::App* const flood =
      app.add_subcommand("flood",
                         "A flood on a terrain of your own; what a flood meant, from a run\n"
                         "Lũ trên địa hình của bạn; lũ gây ra những gì, theo một lần chạy");
  flood->require_subcommand(1);
  FloodRunOptions& flood_run = options.flood_run;
  CLI::App* const run = add_flood_case(
      *flood, "run",
      "Run a case: terrain, inflows and rain to time series, maxima and a water balance\n"
      "Chạy một bài toán: địa hình, dòng vào, mưa ra chuỗi thời gian, giá trị lớn nhất, cân bằng "
      "nước",
      flood_run);
  run->add_option("-o,--out", flood_run.out,
                  "Folder for tables and maps (default: runs/<name>)\n"
                  "Thư mục ghi bảng và bản đồ (mặc định: runs/<tên>)")
      ->type_name("FOLDER");
  run->add_option("--record", flood_run.record,
                  "Also records a run file here (.h5)\nGhi thêm tệp lần chạy (.h5)")
      ->type_name("FILE");
  run->add_option("--threads", flood_run.threads,
                  "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->check(CLI::Range(0, 1024).description(""))
      ->capture_default_str();
  run->callback([&] { chosen = [&flood_run] { return run_flood(flood_run); }; });
  add_flood_case(*flood, "check",
                 "Read a case and say what is in it and what was mended\n"
                 "Đọc bài toán, cho biết có gì trong đó và đã sửa gì",
                 flood_run)
      ->callback([&] { chosen = [&flood_run] { return check_flood(flood_run); }; });
  CLI::App* const maps = flood->add_subcommand(
      "maps",
      "Maximum depth, speed, hazard, arrival and duration as GeoTIFF\n"
      "Bản đồ GeoTIFF: độ sâu, vận tốc, mức nguy hiểm lớn nhất, lúc nước đến, thời gian ngập");
  add_run_file(*maps, options.flood_maps.run);
  maps->add_option("-o,--out", options.flood_maps.out,
                   "Folder (default: the run's name with -maps)\n"
                   "Thư mục (mặc định: tên lần chạy thêm -maps)")
      ->type_name("FOLDER");
  maps->callback([&] { chosen = [&] { return run_flood_maps(options.flood_maps); }; });
  CLI::App* const impacts = flood->add_subcommand(
      "impacts",
      "Which homes, hospitals, schools and fields stood in water or were cut off, and when\n"
      "Nhà ở, bệnh viện, trường học, ruộng nào ngập hay bị chia cắt, lúc nào");
  add_run_file(*impacts, options.flood_impacts.run);
  impacts
      ->add_option("-o,--out", options.flood_impacts.out,
                   "Also writes every spell here: .csv or .geojson\n"
                   "Ghi thêm từng đợt vào tệp .csv hoặc .geojson")
      ->type_name("FILE");
  impacts->callback([&] { chosen = [&] { return run_flood_impacts(options.flood_impacts); }; });
}

}  // namespace kontwin
