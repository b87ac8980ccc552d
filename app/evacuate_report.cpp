#include "app/evacuate_commands.hpp"

#include <cstdio>

#include "io/export/evacuation_export.hpp"
#include "io/export/run_places.hpp"
#include "io/report/evacuation_text.hpp"
#include "twin/error.hpp"

namespace kontwin {

int run_evacuate_report(const EvacuateReportOptions& options) {
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

}  // namespace kontwin
