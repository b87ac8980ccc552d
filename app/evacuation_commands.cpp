#include "app/evacuation_commands.hpp"

#include <cstdio>

#include "io/export/evacuation_export.hpp"
#include "io/export/run_places.hpp"
#include "io/report/evacuation_text.hpp"
#include "twin/error.hpp"

namespace kontwin {

int run_evacuation_report(const EvacuationReportOptions& options) {
  const RunFile run(options.run);
  if (!run.header().complete) {
    throw FileError(options.run.string(), "the run was stopped before its end");
  }
  RunPlaces places(run);
  const auto place_of = [&places](EntityRef ref) {
    const RunPlaces::Place place = places.of(ref);
    return EvacuationPlace{place.name, place.commune};
  };
  std::printf("%s\n%s\n%s\n", run.header().title_vi.c_str(), run.header().title_en.c_str(),
              evacuation_report(run.evacuation(), place_of).c_str());
  if (options.out.empty()) return 0;
  for (const auto& path : write_evacuation_files(run, options.out)) {
    std::printf("  %s\n", path.string().c_str());
  }
  return 0;
}

void add_evacuation_commands(CLI::App& app, EvacuationCommandOptions& options,
                             std::function<int()>& chosen) {
  CLI::App* const evacuate = app.add_subcommand("evacuate",
                                                "Evacuations: what became of everyone\n"
                                                "Sơ tán: mọi người ra sao");
  evacuate->require_subcommand(1);
  CLI::App* const report = evacuate->add_subcommand(
      "report",
      "Clearance times, shelters, who stood in water, who did not get out and why, from a run\n"
      "Thời gian sơ tán, nơi trú ẩn, ai gặp nước, ai chưa ra được và vì sao, theo một lần chạy");
  report->add_option("run", options.report.run, "Run file (HDF5)\nTệp lần chạy (HDF5)")
      ->type_name("FILE")
      ->required();
  report
      ->add_option("-o,--out", options.report.out,
                   "Also writes CSV files into this folder\nGhi thêm các tệp CSV vào thư mục này")
      ->type_name("FOLDER");
  report->callback([&] { chosen = [&] { return run_evacuation_report(options.report); }; });
}

}  // namespace kontwin
