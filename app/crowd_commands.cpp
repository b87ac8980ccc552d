#include "app/crowd_commands.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "io/crowd/crowd_file.hpp"
#include "io/crowd/crowd_plan.hpp"
#include "io/crowd/crowd_tables.hpp"
#include "io/crowd/crowd_text.hpp"
#include "io/crowd/density_picture.hpp"
#include "scenarios/evacuation/crowd/building_check.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

CLI::App* add_command(CLI::App& group, const char* name, const char* help,
                      CrowdCommandOptions& options) {
  CLI::App* const command = group.add_subcommand(name, help);
  command
      ->add_option("scenario", options.scenario,
                   "Scenario of a crowd (.crowd.toml, docs/crowd-files.md)\n"
                   "Kịch bản đám đông (.crowd.toml, docs/crowd-files.md)")
      ->type_name("FILE")
      ->required();
  return command;
}

/// Everything that is wrong with a scenario, in the order in which it can be seen.
std::vector<crowd::BuildingProblem> all_problems(const std::filesystem::path& path,
                                                 const crowd::CrowdScenario& scenario) try {
  auto problems = problems_of(scenario.building);
  for (const crowd::BuildingProblem& problem : problems) {
    if (problem.prevents_walking) return problems;
  }
  std::vector<crowd::PeopleInArea> people;
  for (const crowd::PeopleGroup& group : scenario.groups) {
    double shares = 0, wheels = 0;
    for (const crowd::PeopleKind& kind : group.kinds) {
      shares += kind.share;
      if (kind.mobility == crowd::Mobility::wheelchair) wheels += kind.share;
    }
    const auto bodies = static_cast<double>(group.bodies);
    people.push_back({group.area, bodies, shares > 0 ? bodies * wheels / shares : 0});
  }
  const crowd::Ground ground(scenario.building, scenario.cell_m);
  for (auto& problem : problems_of(ground, people)) problems.push_back(std::move(problem));
  return problems;
} catch (const ScenarioError& error) {
  throw FileError(path.string(), error.what());
}

bool print_problems(const std::vector<crowd::BuildingProblem>& problems) {
  bool prevents = false;
  for (const crowd::BuildingProblem& problem : problems) {
    std::printf("  %s  %s: %s\n", problem.prevents_walking ? "LỖI / ERROR  " : "lưu ý / note",
                problem.place.c_str(), problem.reason.c_str());
    prevents = prevents || problem.prevents_walking;
  }
  return prevents;
}

}  // namespace

void add_crowd_commands(CLI::App& app, CrowdCommandOptions& options, std::function<int()>& chosen) {
  CLI::App* const group =
      app.add_subcommand("crowd",
                         "People leaving a place on foot: a square, a market, a hospital\n"
                         "Người đi bộ thoát khỏi một nơi: quảng trường, chợ, bệnh viện");
  group->require_subcommand(1);
  CLI::App* command = add_command(*group, "run",
                                  "Let everybody leave: how long it takes, where queues stand, who "
                                  "does not get out\n"
                                  "Cho mọi người thoát ra: mất bao lâu, ùn ở đâu, ai không ra được",
                                  options);
  command
      ->add_option("--seeds", options.seeds,
                   "How many runs, each with other people; 0: as the scenario says\n"
                   "Số lần chạy, mỗi lần một nhóm người khác; 0: theo kịch bản")
      ->type_name("N")
      ->check(CLI::Range(0, 10000).description(""))
      ->capture_default_str();
  command
      ->add_option("-o,--out", options.out,
                   "Folder for tables, trajectories and plans (default: runs/<name>)\n"
                   "Nơi ghi bảng, quỹ đạo và sơ đồ (mặc định: runs/<tên>)")
      ->type_name("FOLDER");
  command
      ->add_option(
          "--density", options.density,
          "PNG picture of the greatest density of each square metre in the first run, with "
          "Fruin's levels of service\n"
          "Ảnh PNG mật độ cao nhất của từng mét vuông ở lần chạy đầu, theo mức phục vụ Fruin")
      ->type_name("FILE");
  command
      ->add_option("--threads", options.threads,
                   "For numeric work; 0: one a core\nSố luồng tính; 0: mỗi lõi một luồng")
      ->type_name("N")
      ->check(CLI::Range(0, 1024).description(""))
      ->capture_default_str();
  command->callback([&] { chosen = [&options] { return run_crowd_scenario(options); }; });

  command = add_command(*group, "check",
                        "List what is wrong with the place and where people start; exit status 1 "
                        "where nobody could walk\n"
                        "Liệt kê lỗi của mặt bằng và nơi xuất phát; mã thoát 1 nếu không chạy được",
                        options);
  command->callback([&] { chosen = [&options] { return check_crowd_scenario(options); }; });
}

int check_crowd_scenario(const CrowdCommandOptions& options) {
  const crowd::CrowdScenario scenario = crowd::read_crowd(options.scenario);
  const auto problems = all_problems(options.scenario, scenario);
  const bool prevents = print_problems(problems);
  std::uint64_t people = 0;
  for (const crowd::PeopleGroup& group : scenario.groups) people += group.bodies;
  std::printf(
      "%s: %zu mặt bằng / surfaces, %zu cửa / openings, %zu lối ra / exits, %llu người / people, "
      "%zu vấn đề / problems\n",
      scenario.name.c_str(), scenario.building.surfaces.size(), scenario.building.openings.size(),
      scenario.building.exits.size(), static_cast<unsigned long long>(people), problems.size());
  return prevents ? 1 : 0;
}

int run_crowd_scenario(const CrowdCommandOptions& options) {
  crowd::CrowdScenario scenario = crowd::read_crowd(options.scenario);
  if (options.seeds > 0) scenario.seeds = static_cast<std::uint32_t>(options.seeds);
  if (print_problems(all_problems(options.scenario, scenario))) return 1;
  auto folder = options.out;
  if (folder.empty()) {
    std::string stem = options.scenario.filename().string();
    folder = std::filesystem::path("runs") / stem.substr(0, stem.find(".crowd"));
  }
  std::filesystem::create_directories(folder);

  ComputeArena arena(options.threads);
  crowd::Trajectories trajectories;
  trajectories.frames_per_s = scenario.frames_every_s > 0 ? 1 / scenario.frames_every_s : 0;
  const auto begun = std::chrono::steady_clock::now();
  std::vector<crowd::CrowdOutcome> outcomes;
  for (std::uint32_t i = 0; i < scenario.seeds; ++i) {
    crowd::CrowdFrame frame;
    if (i == 0 && scenario.frames_every_s > 0) {
      frame = [&trajectories](double, const crowd::CrowdSimulation& simulation) {
        trajectories.add(simulation);
      };
    }
    outcomes.push_back(run_crowd(scenario, scenario.first_seed + i, arena, frame));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;

  write_crowd_tables(folder, scenario, outcomes);
  if (trajectories.frames > 0) write_trajectories(folder, trajectories);
  draw_plan(folder / "start.svg", scenario.building, nullptr, outcomes.front().people);
  draw_plan(folder / "density.svg", scenario.building, &outcomes.front().density, {});
  if (!options.density.empty()) {
    draw_density_png(options.density, scenario.building, outcomes.front().density);
  }
  std::printf("\n%s\n  %s (%.1f s)\n", crowd_text(scenario, outcomes).c_str(),
              folder.string().c_str(), took.count());
  return 0;
}

}  // namespace kontwin
