#include "app/evacuate_commands.hpp"

#include <CLI/CLI.hpp>

namespace kontwin {

namespace {

void add_plan(CLI::App& group, EvacuatePlanOptions& plan, std::function<int()>& chosen) {
  CLI::App* const command = group.add_subcommand(
      "plan",
      "Shelters, routes, waves of departure, buses; the least time it can take, and what holds it "
      "up\nĐiểm sơ tán, tuyến đường, đợt đi, xe buýt; thời gian tối thiểu và chỗ nghẽn");
  command
      ->add_option(
          "scenario", plan.scenario,
          "Scenario (TOML) whose orders to evacuate are planned for, from a world at rest\n"
          "Kịch bản (TOML) có lệnh sơ tán cần lập kế hoạch, từ lúc tỉnh bình thường")
      ->type_name("FILE");
  command
      ->add_option("--communes", plan.communes,
                   "Codes of communes to evacuate, in place of a scenario\n"
                   "Mã các xã cần sơ tán, thay cho kịch bản")
      ->type_name("CODE")
      ->excludes("scenario");
  command
      ->add_option("--run", plan.run,
                   "Run file: plan from its state at the order, and past the roads that its water "
                   "and slides close\n"
                   "Tệp lần chạy: lấy trạng thái lúc ra lệnh, tránh đường bị nước và sạt lở cắt")
      ->type_name("FILE");
  command
      ->add_option("--world", plan.common.world,
                   "Folder with world.toml (default: the Kon Tum sample)\n"
                   "Thư mục có world.toml (mặc định: mẫu Kon Tum)")
      ->type_name("FOLDER");
  command->add_option("--cache", plan.common.cache, "Where built worlds are kept\nNơi lưu mô hình")
      ->type_name("FOLDER")
      ->capture_default_str();
  command->add_option("-o,--out", plan.out, "Plan file (TOML)\nTệp kế hoạch (TOML)")
      ->type_name("FILE")
      ->capture_default_str();
  command
      ->add_option("--choice", plan.choice,
                   "Shelters with the least sum of travel times (nearest), those that each group "
                   "reaches first (earliest), or the faster of both (best)\n"
                   "Chọn điểm sơ tán gần nhất, đến sớm nhất, hoặc cách nhanh hơn")
      ->type_name("HOW")
      ->check(CLI::IsMember({"best", "nearest", "earliest"}))
      ->capture_default_str();
  command
      ->add_option("--wave", plan.wave_min,
                   "Minutes of a wave of departures\nSố phút của mỗi đợt xuất phát")
      ->type_name("MINUTES")
      ->check(CLI::Range(1.0, 1440.0).description(""))
      ->capture_default_str();
  command
      ->add_option(
          "--buses", plan.buses,
          "Buses for those who have no vehicle and live too far to walk, in place of the "
          "scenario's (20 without one)\n"
          "Số xe buýt cho người không có xe và ở quá xa để đi bộ, thay cho số của kịch bản")
      ->type_name("N")
      ->check(CLI::Range(0, 10000).description(""));
  command
      ->add_option("--boats", plan.boats,
                   "Boats for those to whom no road leads, in place of the scenario's\n"
                   "Số xuồng cho người không còn đường, thay cho số của kịch bản")
      ->type_name("N")
      ->check(CLI::Range(0, 10000).description(""));
  command
      ->add_option("--contraflow", plan.contraflow_km,
                   "Kilometres of road that may be turned round\nSố km đường được phép đổi chiều")
      ->type_name("KM")
      ->check(CLI::Range(0.0, 1000.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--reserve", plan.reserve_percent,
                   "Per cent of every shelter's room that is planned for only when all are full\n"
                   "Phần trăm chỗ của mỗi điểm sơ tán để dự phòng, chỉ dùng khi hết chỗ")
      ->type_name("PERCENT")
      ->check(CLI::Range(0.0, 99.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--safety", plan.safety_min,
                   "Minutes by which people have to be through before a road closes\n"
                   "Số phút phải đi qua trước khi đường bị cắt")
      ->type_name("MINUTES")
      ->check(CLI::Range(0.0, 1440.0).description(""))
      ->capture_default_str();
  command
      ->add_option("--prepared", plan.prepared_percent,
                   "Nobody is sent over a road that closes before as many per cent of the "
                   "households have heard of the order and are ready, unless there is no other\n"
                   "Không đi đường bị cắt trước khi chừng này phần trăm số hộ đã sẵn sàng rời đi")
      ->type_name("PERCENT")
      ->check(CLI::Range(0.0, 99.9).description(""))
      ->capture_default_str();
  command->add_flag(
      "--routes", plan.routes,
      "The plan prescribes ways to those who would have to go another than the fastest; left out: "
      "drivers choose theirs\nKế hoạch định tuyến cho ai phải đi đường khác đường nhanh nhất; nếu "
      "không, lái xe tự chọn");
  command->add_flag(
      "--staged", plan.staged,
      "Routes, and waves: those who are ready wait at home for theirs, or until the "
      "roads have room; left out: they leave as soon as they are ready\nTuyến đường và "
      "đợt đi: ai sẵn sàng chờ ở nhà đến đợt của mình hoặc đến khi đường có chỗ; nếu "
      "không, đi ngay khi sẵn sàng");
  command
      ->add_option("--judge", plan.judge,
                   "Tries the plan by simulation before it proposes it: with and without its "
                   "rounds, routes and waves, and no plan, on so many seeds of the scenario\n"
                   "Chạy thử từng phần của kế hoạch bằng mô phỏng, với số lần gieo này, rồi mới "
                   "đề xuất")
      ->type_name("SEEDS")
      ->excludes("--communes")
      ->check(CLI::Range(1, 1000).description(""));
  command
      ->add_option("--threads", plan.common.threads,
                   "For trial runs; 0: one a core\nSố luồng chạy thử; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--seed", plan.seed,
                   "Of the households' sizes and vehicles; a scenario's own goes before it\n"
                   "Mầm ngẫu nhiên của hộ dân và xe; kịch bản có mầm riêng")
      ->type_name("N")
      ->capture_default_str();
  command->callback([&] { chosen = [&plan] { return run_evacuate_plan(plan); }; });
}

void add_report(CLI::App& group, EvacuateReportOptions& report, std::function<int()>& chosen) {
  CLI::App* const command = group.add_subcommand(
      "report",
      "Clearance times, shelters, who stood in water, who did not get out and why, from a run\n"
      "Thời gian sơ tán, nơi trú ẩn, ai gặp nước, ai chưa ra được và vì sao, theo một lần chạy");
  command->add_option("run", report.run, "Run file (HDF5)\nTệp lần chạy (HDF5)")
      ->type_name("FILE")
      ->required();
  command
      ->add_option(
          "-o,--out", report.out,
          "Also writes a page with charts (evacuation.html) and CSV files into this "
          "folder\nGhi thêm trang có biểu đồ (evacuation.html) và các tệp CSV vào thư mục này")
      ->type_name("FOLDER");
  command->callback([&] { chosen = [&report] { return run_evacuate_report(report); }; });
}

}  // namespace

void add_evacuate_commands(CLI::App& app, EvacuateCommandOptions& options,
                           std::function<int()>& chosen) {
  CLI::App* const group = app.add_subcommand(
      "evacuate",
      "Evacuations: who should go where, when, by which way; what became of everyone\n"
      "Sơ tán: ai đi đâu, lúc nào; mọi người ra sao");
  group->require_subcommand(1);
  add_plan(*group, options.plan, chosen);
  add_report(*group, options.report, chosen);
}

}  // namespace kontwin
