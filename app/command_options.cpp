#include "app/command_options.hpp"

#include <filesystem>
#include <utility>

// Descriptions say the same twice: in English, and on the line below in Vietnamese.
namespace kontwin {

namespace {

void add_cache(CLI::App& command, CommonOptions& common) {
  command
      .add_option("--cache", common.cache,
                  "Where built worlds are kept\nNơi lưu mô hình tỉnh đã dựng")
      ->type_name("FOLDER")
      ->capture_default_str();
}

void add_world_folder(CLI::App& command, CommonOptions& common) {
  command
      .add_option("--world", common.world,
                  "Folder with world.toml (default: the Kon Tum sample)\n"
                  "Thư mục có world.toml (mặc định: mẫu Kon Tum)")
      ->type_name("FOLDER");
  add_cache(command, common);
}

void add_threads(CLI::App& command, CommonOptions& common) {
  command
      .add_option("--threads", common.threads,
                  "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->check(CLI::Range(0, 1024).description(""))
      ->capture_default_str();
}

void add_speed_up(CLI::App& command, double& speed_up) {
  command
      .add_option("--speed-up", speed_up,
                  "Seconds of the event replayed in one second, 1 to 10 million\n"
                  "Số giây sự kiện phát lại trong một giây, 1 đến 10 triệu")
      ->type_name("N")
      ->check(CLI::Range(1.0, 1e7).description(""))
      ->capture_default_str();
}

void add_camera(CLI::App& command, std::string& camera) {
  const bool may_choose = camera == "auto";
  command
      .add_option(
          "--camera", camera,
          std::string(may_choose ? "auto (where something happens), " : "") +
              "overview, city, mang-den, or LON,LAT,HEIGHT_M,HEADING_DEG,PITCH_DEG\n" +
              (may_choose ? "auto (nơi có sự việc), " : "") +
              "toàn tỉnh, thành phố, Măng Đen, hoặc KINH ĐỘ,VĨ ĐỘ,CAO (m),HƯỚNG (°),NGHIÊNG (°)")
      ->type_name("VIEW")
      ->capture_default_str();
}

void add_demo(CLI::App& app, DemoOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand(
      "demo",
      "The flood of November 2025, from the gauges to a decision; needs no server\n"
      "Trình diễn lũ tháng 11/2025, từ trạm đo đến quyết định; không cần máy chủ");
  add_world_folder(*command, options.common);
  add_threads(*command, options.common);
  command
      ->add_option("-o,--out", options.out,
                   "Folder for runs, report and pictures\nNơi ghi lần chạy, báo cáo và hình")
      ->type_name("FOLDER")
      ->capture_default_str();
  add_speed_up(*command, options.speed_up);
  command->add_flag("--approve", options.approve,
                    "Approve the decision and send it to the IOC\n"
                    "Duyệt quyết định và gửi đến IOC");
  command->add_flag_callback(
      "--no-pictures", [&options] { options.pictures = false; },
      "Leave the 3D pictures out\nBỏ hình 3D");
  command->callback([&] { chosen = [&] { return run_demo(options); }; });
}

void add_serve(CLI::App& app, ServeOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand(
      "serve", "Run the live mirror until stopped\nChạy bản sao trực tuyến đến khi dừng");
  add_world_folder(*command, options.common);
  add_threads(*command, options.common);
  command
      ->add_option("--mqtt", options.mqtt,
                   "Take telemetry from this broker: tcp://host:1883\n"
                   "Nhận dữ liệu từ máy chủ MQTT này: tcp://host:1883")
      ->type_name("ADDRESS");
  command->add_option("--topic", options.topic, "MQTT topics to listen to\nChủ đề MQTT cần nghe")
      ->type_name("FILTER")
      ->capture_default_str();
  command
      ->add_option("--mqtt-client", options.mqtt_client,
                   "Name at the broker, which keeps messages for it; each mirror needs its own\n"
                   "Tên tại máy chủ MQTT, nơi giữ tin cho tên này; mỗi bản sao cần một tên riêng")
      ->type_name("NAME")
      ->capture_default_str();
  command
      ->add_option("--replay", options.replay,
                   "Recorded observations (CSV) to play instead of a broker (default: November "
                   "2025)\nQuan trắc đã ghi (CSV) phát lại thay cho MQTT (mặc định: 11/2025)")
      ->type_name("FILE")
      ->excludes("--mqtt");
  add_speed_up(*command, options.speed_up);
  command
      ->add_option("--address", options.address,
                   "Where the HTTP API listens\nĐịa chỉ của giao diện HTTP")
      ->type_name("HOST")
      ->capture_default_str();
  command
      ->add_option("--port", options.port,
                   "Port of the HTTP API; 0: any free one\nCổng HTTP; 0: cổng trống bất kỳ")
      ->type_name("PORT")
      ->capture_default_str();
  command
      ->add_option("--store", options.store,
                   "Keep warnings and alarms in this file (SQLite), read over HTTP\n"
                   "Lưu cảnh báo, báo động vào tệp này (SQLite), đọc được qua HTTP")
      ->type_name("FILE");
  CLI::Option* const forecast =
      command->add_option("--forecast", options.forecast,
                          "Scenario to run ahead from the live state again and again\n"
                          "Kịch bản được chạy dự báo lặp lại từ trạng thái hiện thời");
  forecast->type_name("FILE");
  command
      ->add_option("--every", options.every,
                   "How long from one forecast to the next: 15min, 1h\n"
                   "Khoảng cách giữa hai lần dự báo: 15min, 1h")
      ->type_name("TIME")
      ->capture_default_str()
      ->needs(forecast);
  command
      ->add_option("--forecast-folder", options.forecast_folder,
                   "Where forecasts are recorded; the last four stay\n"
                   "Nơi ghi kết quả dự báo; giữ bốn lần gần nhất")
      ->type_name("FOLDER")
      ->capture_default_str()
      ->needs(forecast);
  command->callback([&] { chosen = [&] { return run_serve(options); }; });
}

void add_world(CLI::App& app, WorldOptions& options, Chosen& chosen) {
  CLI::App* const world = app.add_subcommand(
      "world", "Build, describe or check a world\nDựng, mô tả hoặc kiểm tra mô hình tỉnh");
  world->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*run)(const WorldOptions&)) {
    CLI::App* const command = world->add_subcommand(name, help);
    command
        ->add_option("folder", options.common.world,
                     "Folder with world.toml (default: the Kon Tum sample)\n"
                     "Thư mục có world.toml (mặc định: mẫu Kon Tum)")
        ->type_name("FOLDER");
    add_cache(*command, options.common);
    command->callback(
        [&options, &chosen, run] { chosen = [&options, run] { return run(options); }; });
  };
  add("build",
      "Build it into the cache, even if it is there already\n"
      "Dựng lại và lưu, kể cả khi đã có",
      run_world_build);
  add("info",
      "What is in it: entities by kind and provenance, roads, terrain, sources\n"
      "Nội dung: thực thể theo loại và nguồn gốc, đường, địa hình, nguồn",
      run_world_info);
  add("check",
      "List what is wrong with it; exit status 1 where it cannot run\n"
      "Liệt kê lỗi; mã thoát 1 nếu không chạy được",
      run_world_check);
}

void add_run(CLI::App& app, RunOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand("run", "Run a scenario\nChạy một kịch bản");
  add_world_folder(*command, options.common);
  add_threads(*command, options.common);
  command->add_option("scenario", options.scenario, "Scenario file (TOML)\nTệp kịch bản (TOML)")
      ->type_name("FILE")
      ->required();
  command
      ->add_option("-o,--out", options.out,
                   "Run file (default: runs/<name>.h5)\nTệp lần chạy (mặc định: runs/<tên>.h5)")
      ->type_name("FILE");
  command
      ->add_option("--replay", options.replay,
                   "Recorded observations that the mirror has seen (default: November 2025)\n"
                   "Quan trắc đã ghi mà bản sao đã nhận (mặc định: 11/2025)")
      ->type_name("FILE");
  command
      ->add_option("--at", options.at,
                   "Moment of the fork, as 2025-11-18T03:00:00+07:00 (default: the scenario's)\n"
                   "Thời điểm rẽ nhánh, như 2025-11-18T03:00:00+07:00 (mặc định: của kịch bản)")
      ->type_name("MOMENT");
  command->callback([&] { chosen = [&] { return run_scenario(options); }; });
}

void add_compare(CLI::App& app, CompareOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand(
      "compare", "Compare runs by their indicators\nSo sánh các lần chạy theo chỉ số");
  command
      ->add_option("runs", options.runs,
                   "Run files, 2 to 16; the first is the baseline\n"
                   "Tệp lần chạy, 2 đến 16; tệp đầu làm chuẩn")
      ->type_name("FILE")
      ->required()
      ->expected(2, 16);
  command
      ->add_option("--html", options.html,
                   "Also write a report page here\nGhi thêm báo cáo HTML ra đây")
      ->type_name("FILE");
  command->callback([&] { chosen = [&] { return run_compare(options); }; });
}

void add_mend(CLI::App& app, MendOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand(
      "mend",
      "Make run files whose recording was killed readable to every HDF5 program\n"
      "Sửa tệp lần chạy bị ngắt giữa chừng để mọi phần mềm HDF5 đọc được");
  command->add_option("runs", options.runs, "Run files\nTệp lần chạy")
      ->type_name("FILE")
      ->required()
      ->expected(1, 1000);
  command->callback([&] { chosen = [&] { return run_mend(options); }; });
}

void add_view(CLI::App& app, ViewOptions& options, Chosen& chosen) {
  CLI::App* const command = app.add_subcommand(
      "view", "Look at a run in a 3D window; h shows its keys\nXem 3D; phím h: trợ giúp");
  add_world_folder(*command, options.common);
  add_run_file(*command, options.run);
  add_camera(*command, options.camera);
  command->callback([&] { chosen = [&] { return run_view(options); }; });
}

void add_picture(CLI::App& app, PictureOptions& options, Chosen& chosen) {
  CLI::App* const command =
      app.add_subcommand("picture", "Draw a run at a moment\nVẽ hình 3D một thời điểm");
  add_world_folder(*command, options.common);
  add_run_file(*command, options.run);
  command
      ->add_option("--at", options.at,
                   "Moment, or time after the start such as 90min (default: the last frame)\n"
                   "Thời điểm, hoặc sau lúc bắt đầu, như 90min (mặc định: khung cuối)")
      ->type_name("TIME");
  command->add_option("-o,--out", options.out, "PNG file\nTệp PNG")
      ->type_name("FILE")
      ->capture_default_str();
  add_camera(*command, options.camera);
  command
      ->add_option("--colour", options.colour,
                   "What colours mean: depth; hazard, water and wet roads by class H1 to H6;\n"
                   "landslide, roads by warning level; shaking, roads by intensity; auto, by what\n"
                   "happens. Màu theo: độ sâu, mức nguy hiểm, sạt lở, động đất, hay tự chọn")
      ->type_name("BY")
      ->check(CLI::IsMember({"auto", "depth", "hazard", "landslide", "shaking"}))
      ->capture_default_str();
  for (const auto& [name, value] :
       {std::pair{"--width", &options.width}, {"--height", &options.height}}) {
    command->add_option(name, *value, "Pixels, 16 to 4096\nSố điểm ảnh, 16 đến 4096")
        ->type_name("N")
        ->check(CLI::Range(16, 4096).description(""))
        ->capture_default_str();
  }
  command->callback([&] { chosen = [&] { return run_picture(options); }; });
}

void add_slope(CLI::App& app, CommandOptions& options, Chosen& chosen) {
  CLI::App* const slope =
      app.add_subcommand("slope",
                         "What slopes and flood water did to roads, from a run\n"
                         "Sườn dốc và nước lũ gây ra gì trên đường, theo một lần chạy");
  slope->require_subcommand(1);
  CLI::App* const report = slope->add_subcommand(
      "report",
      "Landslide warnings and rockfall of each road link, and the vehicles that\n"
      "water swept off\n"
      "Nguy cơ sạt lở và đá lăn trên từng đoạn đường, và xe bị nước cuốn");
  add_run_file(*report, options.slope_report.run);
  report
      ->add_option("-o,--out", options.slope_report.out,
                   "Also writes each list here, as CSV and GeoJSON\n"
                   "Ghi thêm từng danh sách vào đây, dạng CSV và GeoJSON")
      ->type_name("FOLDER");
  report->callback([&] { chosen = [&] { return run_slope_report(options.slope_report); }; });
}

}  // namespace

void add_run_file(CLI::App& command, std::filesystem::path& run) {
  command.add_option("run", run, "Run file (HDF5)\nTệp lần chạy (HDF5)")
      ->type_name("FILE")
      ->required();
}

void add_commands(CLI::App& app, CommandOptions& options, Chosen& chosen) {
  add_demo(app, options.demo, chosen);
  add_serve(app, options.serve, chosen);
  add_world(app, options.world, chosen);
  add_run(app, options.run, chosen);
  add_traffic_commands(app, options.traffic, chosen);
  add_crowd_commands(app, options.crowd, chosen);
  add_flood_commands(app, options, chosen);
  add_slope(app, options, chosen);
  add_evacuate_commands(app, options.evacuate, chosen);
  add_compare(app, options.compare, chosen);
  add_view(app, options.view, chosen);
  add_picture(app, options.picture, chosen);
  add_mend(app, options.mend, chosen);
}

}  // namespace kontwin
