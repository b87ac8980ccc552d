#include "app/command_line.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/command_options.hpp"

namespace kontwin {

namespace {

/// What is said of a line that makes no sense. CLI11 misses a command before it looks at what
/// stands in its place.
int explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* within = &app;
  while (!within->get_subcommands().empty()) within = within->get_subcommands().front();
  const auto unknown = app.remaining(true);
  if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr || unknown.empty() ||
      within->get_subcommands([](const CLI::App*) { return true; }).empty()) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::string commands;
  for (const CLI::App* const command :
       within->get_subcommands([](const CLI::App*) { return true; })) {
    commands += (commands.empty() ? "" : ", ") + command->get_name();
  }
  std::fprintf(stderr,
               "kontwin: không có lệnh / there is no command '%s'; có / there are: %s\n"
               "Run with --help for more information.\n",
               unknown.front().c_str(), commands.c_str());
  return 2;
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  CLI::App app{
      "Kontwin: a digital twin of a province. It mirrors the live state, runs what-ifs of flood,\n"
      "landslide, traffic and evacuation, shows them in 3D and sends decisions to the operations\n"
      "centre.\n"
      "Bản sao số của một tỉnh: phản chiếu hiện trạng, chạy kịch bản lũ, sạt lở, giao thông, sơ\n"
      "tán, xem 3D và gửi quyết định đến trung tâm điều hành.",
      "kontwin"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "kontwin " KONTWIN_VERSION);
  std::string log_level = "info";
  app.add_option("--log", log_level, "How much is logged\nMức nhật ký")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->type_name("LEVEL")
      ->capture_default_str();

  Chosen chosen;
  CommandOptions options;
  add_commands(app, options, chosen);

  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return explain(app, error);
  }
  // What is logged must not stand between the lines of a table that another program reads.
  spdlog::set_default_logger(spdlog::stderr_color_mt("kontwin"));
  // A file at the size limit of its user is a write that fails, with a reason, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  spdlog::set_level(spdlog::level::from_str(log_level));
  spdlog::set_pattern("%H:%M:%S %^%l%$ %v");
  try {
    return chosen();
  } catch (const std::filesystem::filesystem_error& error) {
    std::fprintf(stderr, "kontwin: %s: %s\n", error.path1().c_str(),
                 error.code().message().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kontwin: %s\n", error.what());
  }
  return 1;
}

}  // namespace kontwin
