#include "app/demo_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/progress.hpp"
#include "app/run_charts.hpp"
#include "app/run_frames.hpp"
#include "app/run_report.hpp"
#include "io/report/html_report.hpp"
#include "io/run/compare.hpp"
#include "io/run/run_file.hpp"
#include "render/picture.hpp"

namespace kontwin {

namespace {

constexpr int picture_width = 1600;
constexpr int picture_height = 900;

/// A picture that the report wants.
struct Shot {
  std::size_t run;
  std::size_t frame;
  Camera camera;
  std::string name;
  std::string caption_vi;
  std::string caption_en;
};

Camera preset(const World& world, const char* name) {
  return parse_camera(world, name, double{picture_width} / picture_height);
}

/// The frame in which the most water stands, and the one in which the most people are on the move.
std::size_t fullest_frame(const RunFile& run, Kind kind, std::size_t column) {
  std::size_t best = 0;
  double most = -1;
  for (std::size_t frame = 0; frame < run.frames(); ++frame) {
    double total = 0;
    for (const double value : run.column(frame, kind, column)) {
      if (std::isfinite(value)) total += value;
    }
    if (total > most) {
      most = total;
      best = frame;
    }
  }
  return best;
}

/// A view from the south of the first road that something lies across, once the last of it has come
/// down; the Măng Đen preset when nothing does.
Camera camera_on_landslide(const World& world, const RunFile& run, std::size_t frame) {
  const auto debris = run.column(frame, Kind::road, road_column::debris);
  const auto blocked = std::ranges::find(debris, 1.0);
  if (blocked == debris.end()) return preset(world, "mang-den");
  const auto road = static_cast<std::uint32_t>(blocked - debris.begin());
  return look_at(world, world.place({Kind::road, road}), 2200, 15, -32, 1.5);
}

std::vector<Shot> plan_shots(std::span<const RunFile> runs, const World& world) {
  const std::size_t flood = fullest_frame(runs[0], Kind::road, common_column::water_depth_m);
  const std::size_t moving =
      fullest_frame(runs[1], Kind::residence, residence_column::people_moving);
  const std::size_t slide = fullest_frame(runs[2], Kind::road, road_column::debris);
  const auto shot = [&runs](std::size_t run, std::size_t frame, const Camera& camera,
                            const char* name, const std::string& vietnamese,
                            const std::string& english) {
    const std::string when = ", " + format_local(runs[run].times()[frame]);
    const std::string mark = column_mark(run) + " · ";
    return Shot{run, frame, camera, name, mark + vietnamese + when, mark + english + when};
  };
  const Camera city = preset(world, "city");
  return {
      shot(0, 0, preset(world, "overview"), "overview.png", "Toàn tỉnh", "The province"),
      shot(0, flood, city, "flood-no-action.png", "Đỉnh lũ ở thành phố Kon Tum",
           "The peak of the flood in Kon Tum city"),
      shot(1, moving, city, "evacuation.png", "Sơ tán", "The evacuation"),
      shot(1, flood, city, "flood-evacuated.png", "Đỉnh lũ sau khi sơ tán",
           "The peak after the evacuation"),
      shot(2, slide, camera_on_landslide(world, runs[2], slide), "landslide.png",
           "Sạt lở trên QL24", "The landslide on QL24"),
  };
}

std::vector<ReportPicture> draw(const DemoOptions& options, const World& world,
                                std::span<const RunFile> runs) {
  std::vector<ReportPicture> pictures;
  const auto shots = plan_shots(runs, world);
  Progress progress({"Hình 3D / Pictures"});
  PictureStudio studio(world);
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const Shot& shot = shots[i];
    progress.set(0, static_cast<double>(i) / static_cast<double>(shots.size()), shot.name);
    const LoadedFrame frame(runs[shot.run], shot.frame);
    const auto file = options.out / shot.name;
    studio.take(frame.scene(), shot.camera, picture_width, picture_height, file);
    pictures.push_back({file, shot.caption_vi, shot.caption_en});
  }
  progress.set(0, 1);
  return pictures;
}

double kpi(const RunResult& result, std::string_view id) {
  const auto found = std::ranges::find(result.kpis, id, &Kpi::id);
  return found == result.kpis.end() || std::isnan(found->value) ? 0 : found->value;
}

/// What happens without a measure and with the one that was chosen, in a sentence each.
void summarise(HtmlReport& report, const RunResult& without, const RunResult& with) {
  const auto people = [](const RunResult& result, std::string_view id, Language language) {
    return number_text(kpi(result, id), 0, language);
  };
  constexpr auto vi = Language::vietnamese;
  constexpr auto en = Language::english;
  report.summary_vi = "Theo mô hình, nếu không can thiệp, lúc nhiều nhất có " +
                      people(without, "people_exposed", vi) +
                      " người ở trong nhà ngập sâu hơn 0,3 m. Sơ tán các khu trũng giảm còn " +
                      people(with, "people_exposed", vi) + " người; " +
                      people(with, "people_in_shelter", vi) + " người vào nơi trú ẩn.";
  report.summary_en =
      "In the model, with no action, at most " + people(without, "people_exposed", en) +
      " people are at home in water deeper than 0.3 m at a time. Evacuating the low "
      "quarters brings this to " +
      people(with, "people_exposed", en) + "; " + people(with, "people_in_shelter", en) +
      " people are in shelters.";
}

}  // namespace

std::filesystem::path write_demo_report(const DemoOptions& options, const World& world,
                                        const LiveFlood& flood, std::span<const BranchJob> jobs,
                                        std::span<const RunResult> results,
                                        const Decision& decision) {
  const std::vector<RunFile> runs = open_runs(jobs);

  HtmlReport report;
  report.title_vi = "Lũ tháng 11/2025 trên sông Đăk Bla: ba phương án";
  report.title_en = "The flood of November 2025 on the Đăk Bla: three branches";
  summarise(report, results[0], results[1]);
  report.world_name = world.name();
  report.world_hash = world.content_hash();
  report.state_at = flood.alarm_at;
  report.kpis = compare_runs(runs);
  report.charts = charts_of(runs, world, flood.observed);
  if (options.pictures) report.pictures = draw(options, world, runs);
  if (!decision.id.empty()) report.decision = decision;
  report.notes = {
      {"Mực nước trạm, mực nước hồ và lưu lượng hồ dùng làm đầu vào là số liệu thực đã công bố.",
       "The stages, reservoir levels and flows that go in are published figures."},
      {"Lưu lượng vào đoạn sông được suy ra từ mực nước ghi tại trạm Kon Tum, kể cả sau thời điểm "
       "rẽ nhánh: đây là tính lại, không phải dự báo.",
       "The inflow is derived from the stages recorded at the Kon Tum gauge, also after the fork: "
       "this is a hindcast, not a forecast."},
      {"Địa hình chi tiết, đường phố, nhà ở, mưa, nhu cầu đi lại là mô phỏng; mọi chỉ số, đường "
       "cong và hình ảnh của các phương án tính trên đó.",
       "Fine terrain, streets, homes, rain and travel demand are synthetic; every indicator, curve "
       "and picture of a branch rests on them."},
  };
  add_impacts(report, runs);
  add_tables(report, runs);
  add_synthetic_note(report, runs);
  auto page = options.out / "report.html";
  write_html_report(report, page);
  return page;
}

}  // namespace kontwin
