#include "app/demo_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/progress.hpp"
#include "app/run_charts.hpp"
#include "app/run_frames.hpp"
#include "io/report/html_report.hpp"
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
  std::string caption;
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
  const auto when = [&runs](std::size_t run, std::size_t frame) {
    return runs[run].header().title_vi + ", " + format_local(runs[run].times()[frame]);
  };
  const std::size_t slide = fullest_frame(runs[2], Kind::road, road_column::debris);
  return {
      {0, 0, preset(world, "overview"), "overview.png", "Toàn tỉnh / The province: " + when(0, 0)},
      {0, flood, preset(world, "city"), "flood-no-action.png",
       "Đỉnh lũ ở thành phố Kon Tum / Peak of the flood: " + when(0, flood)},
      {1, moving, preset(world, "city"), "evacuation.png",
       "Sơ tán / Evacuation: " + when(1, moving)},
      {1, flood, preset(world, "city"), "flood-evacuated.png",
       "Đỉnh lũ sau sơ tán / Peak after it: " + when(1, flood)},
      {2, slide, camera_on_landslide(world, runs[2], slide), "landslide.png",
       "Sạt lở trên QL24 / Landslide on QL24: " + when(2, slide)},
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
    pictures.push_back({file, shot.caption});
  }
  progress.set(0, 1);
  return pictures;
}

double kpi(const RunResult& result, std::string_view id) {
  const auto found = std::ranges::find(result.kpis, id, &Kpi::id);
  return found == result.kpis.end() || std::isnan(found->value) ? 0 : found->value;
}

void summarise(HtmlReport& report, std::span<const RunResult> results) {
  const long exposed = std::lround(kpi(results[0], "people_exposed"));
  const long left = std::lround(kpi(results[1], "people_exposed"));
  const long safe = std::lround(kpi(results[1], "people_in_shelter"));
  report.summary_vi = "Nếu không can thiệp, " + std::to_string(exposed) +
                      " người ở trong nhà ngập sâu hơn 0,3 m. Sơ tán các khu trũng đưa " +
                      std::to_string(safe) + " người đến nơi an toàn và còn " +
                      std::to_string(left) + " người bị ngập.";
  report.summary_en = "With no action, " + std::to_string(exposed) +
                      " people are at home in water deeper than 0.3 m. Evacuating the low quarters "
                      "brings " +
                      std::to_string(safe) + " people to shelters and leaves " +
                      std::to_string(left) + " exposed.";
}

}  // namespace

std::filesystem::path write_demo_report(const DemoOptions& options, const World& world,
                                        const LiveFlood& flood, std::span<const BranchJob> jobs,
                                        std::span<const RunResult> results,
                                        const Decision& decision) {
  std::vector<RunFile> runs;
  for (const BranchJob& job : jobs) runs.emplace_back(job.run_file);

  HtmlReport report;
  report.title_vi = "Lũ tháng 11/2025 trên sông Đăk Bla: ba phương án";
  report.title_en = "The flood of November 2025 on the Đăk Bla: three branches";
  summarise(report, results);
  report.world_name = world.name();
  report.world_hash = world.content_hash();
  report.state_at = flood.alarm_at;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    report.branches.push_back({jobs[i].branch.title_vi, jobs[i].branch.title_en, results[i].kpis});
  }
  report.charts = charts_of(runs, world, flood.observed);
  if (options.pictures) report.pictures = draw(options, world, runs);
  if (!decision.id.empty()) report.decision = decision;
  report.notes = {
      "Mực nước, mực nước hồ và lưu lượng hồ là số liệu thực đã công bố. / Stages, reservoir "
      "levels "
      "and flows are published figures.",
      "Lưu lượng vào đoạn sông được suy ra từ mực nước ghi tại trạm Kon Tum, kể cả sau thời điểm "
      "rẽ "
      "nhánh: đây là tính lại, không phải dự báo. / The inflow is derived from the stages recorded "
      "at "
      "the Kon Tum gauge, also after the fork: this is a hindcast, not a forecast.",
      "Địa hình chi tiết, đường phố, nhà ở, mưa, nhu cầu đi lại là mô phỏng. / Fine terrain, "
      "streets, "
      "homes, rain and travel demand are synthetic.",
  };
  for (const RunFile& run : runs) {
    const std::string note = run.header().note_vi + " / " + run.header().note_en;
    if (!run.header().note_vi.empty() &&
        std::ranges::find(report.notes, note) == report.notes.end()) {
      report.notes.push_back(note);
    }
  }
  const auto page = options.out / "report.html";
  write_html_report(report, page);
  return page;
}

}  // namespace kontwin
