#include <algorithm>
#include <array>
#include <cstdio>

#include "app/evacuate_commands.hpp"
#include "app/run_report.hpp"
#include "io/export/evacuation_export.hpp"
#include "io/export/run_places.hpp"
#include "io/report/evacuation_page.hpp"
#include "scenarios/evacuation/statistics.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The indicators that are about people who leave.
KpiList of_people(KpiList kpis) {
  static constexpr std::array starts{"people_", "half_in",    "ninety_", "all_in", "evacu",
                                     "special", "supplies_u", "pick_up", "boat_r", "least_margin"};
  std::erase_if(kpis, [](const Kpi& kpi) {
    return std::ranges::none_of(starts, [&kpi](const char* id) { return kpi.id.starts_with(id); });
  });
  return kpis;
}

void write_page(const RunFile& run, const EvacuationPlaceOf& place_of,
                const std::filesystem::path& path) {
  const EvacuationRecord record = run.evacuation();
  HtmlReport page;
  page.title_vi = "Sơ tán: " + run.header().title_vi;
  page.title_en = "Evacuation: " + run.header().title_en;
  page.world_name = run.header().world_name;
  page.world_hash = run.header().world_hash;
  page.state_at = run.header().start;
  page.kpis =
      make_kpi_table({{run.header().title_vi, run.header().title_en, of_people(run.kpis())}});
  const auto queues = road_queues(run, evacuation::first_order(record, run.header().start));
  add_evacuation(page, record, queues, place_of);
  add_synthetic_note(page, std::span(&run, 1));
  write_html_report(page, path);
}

}  // namespace

int run_evacuate_report(const EvacuateReportOptions& options) {
  const RunFile run(options.run);
  if (!run.header().complete) {
    throw FileError(options.run.string(), "the run was stopped before its end");
  }
  RunPlaces places(run);
  const auto place_of = [&places](EntityRef ref) {
    const RunPlaces::Place place = places.of(ref);
    // Many roads have one name.
    const std::string id = place.urn.substr(place.urn.rfind(':') + 1);
    const std::string name = place.name.empty()       ? id
                             : ref.kind == Kind::road ? place.name + " (" + id + ")"
                                                      : place.name;
    return EvacuationPlace{name, place.commune};
  };
  std::printf("%s\n%s\n%s\n", run.header().title_vi.c_str(), run.header().title_en.c_str(),
              evacuation_report(run.evacuation(), place_of).c_str());
  if (options.out.empty()) return 0;
  for (const auto& path : write_evacuation_files(run, options.out)) {
    std::printf("  %s\n", path.string().c_str());
  }
  const auto page = options.out / "evacuation.html";
  write_page(run, place_of, page);
  std::printf("  %s\n", page.string().c_str());
  return 0;
}

}  // namespace kontwin
