#include "app/run_charts.hpp"

#include <cmath>
#include <functional>
#include <optional>

#include "scenarios/flood/flood_peaks.hpp"
#include "twin/kpi_table.hpp"

namespace kontwin {

namespace {

/// One number of one frame.
using Measure = std::function<double(const RunFile&, std::size_t)>;

struct Titles {
  std::string vietnamese;
  std::string english;
};

Chart chart_over_frames(std::span<const RunFile> runs, const Titles& titles,
                        const std::string& unit, const Measure& measure) {
  Chart chart{.title_vi = titles.vietnamese,
              .title_en = titles.english,
              .unit = unit,
              .curves = {},
              .levels = {}};
  for (const RunFile& run : runs) {
    Chart::Curve curve{.label = column_mark(chart.curves.size()), .points = {}};
    for (std::size_t frame = 0; frame < run.frames(); ++frame) {
      curve.points.emplace_back(to_cell(run.times()[frame]), measure(run, frame));
    }
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += std::isfinite(value) ? value : 0;
  return total;
}

/// Kilometres of road under water, both directions of a road counted once.
double flooded_km(const RunFile& run, std::size_t frame, const World& world) {
  const auto depth = run.column(frame, Kind::road, common_column::water_depth_m);
  double total_m = 0;
  for (std::size_t link = 0; link < std::min(depth.size(), world.roads().links()); ++link) {
    const std::uint32_t back = world.roads().opposite[link];
    if (back != no_row && back < link) continue;
    if (depth[link] > flood::flooded_m) {
      total_m += world.entities(Kind::road).attribute(road_attribute::length_m, link);
    }
  }
  return total_m / 1000;
}

double people_exposed(const RunFile& run, std::size_t frame) {
  const auto depth_m = run.column(frame, Kind::residence, common_column::water_depth_m);
  const auto people = run.column(frame, Kind::residence, residence_column::people_home);
  double total = 0;
  for (std::size_t row = 0; row < depth_m.size(); ++row) {
    if (depth_m[row] > flood::exposed_m && std::isfinite(people[row])) total += people[row];
  }
  return total;
}

bool moved(const Chart::Curve& curve) {
  double low = HUGE_VAL;
  double high = -HUGE_VAL;
  for (const auto& [at, value] : curve.points) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return high - low > 0.01;
}

/// The stage at one gauge, computed and observed; nothing where no run computes it.
std::optional<Chart> stage_chart(std::span<const RunFile> runs, const World& world,
                                 std::uint32_t gauge, const std::vector<Observation>& observed) {
  const EntityTable& gauges = world.entities(Kind::river_gauge);
  const std::string& name = gauges.name[gauge];
  Chart chart = chart_over_frames(runs, {"Mực nước, " + name, "Stage, " + name}, "m",
                                  [gauge](const RunFile& run, std::size_t frame) {
                                    return run.column(frame, Kind::river_gauge,
                                                      river_gauge_column::stage_m)[gauge];
                                  });
  if (chart.curves.empty() || !moved(chart.curves.front())) return std::nullopt;
  const double from = chart.curves.front().points.front().first;
  const double until = chart.curves.front().points.back().first;
  Chart::Curve dots{.label = "Số liệu đo thực / Observed", .points = {}, .measured = true};
  for (const Observation& observation : observed) {
    const double at = to_cell(observation.observed_at);
    if (observation.entity == gauges.urn[gauge] && observation.property == "stage_m" &&
        at >= from && at <= until) {
      dots.points.emplace_back(at, observation.value);
    }
  }
  chart.curves.push_back(std::move(dots));
  for (const auto& [label, attribute] : {std::pair{"BĐ1", river_gauge_attribute::bd1_m},
                                         {"BĐ2", river_gauge_attribute::bd2_m},
                                         {"BĐ3", river_gauge_attribute::bd3_m}}) {
    const double level = gauges.attribute(attribute, gauge);
    if (std::isfinite(level)) chart.levels.push_back({label, level});
  }
  return chart;
}

}  // namespace

std::vector<Chart> charts_of(std::span<const RunFile> runs, const World& world,
                             const std::vector<Observation>& observed) {
  std::vector<Chart> charts;
  for (std::uint32_t gauge = 0; gauge < world.entities(Kind::river_gauge).size(); ++gauge) {
    if (auto chart = stage_chart(runs, world, gauge, observed)) charts.push_back(std::move(*chart));
  }
  const auto add = [&](const Titles& titles, const char* unit, const Measure& measure) {
    charts.push_back(chart_over_frames(runs, titles, unit, measure));
  };
  add({"Người ở nhà trong vùng ngập sâu hơn 0,3 m", "People at home in water deeper than 0.3 m"},
      "person", people_exposed);
  add({"Người trong nơi trú ẩn", "People in shelters"}, "person",
      [](const RunFile& run, std::size_t frame) {
        return sum(run.column(frame, Kind::residence, residence_column::people_safe));
      });
  add({"Người đang trên đường sơ tán", "People on their way out"}, "person",
      [](const RunFile& run, std::size_t frame) {
        return sum(run.column(frame, Kind::residence, residence_column::people_moving));
      });
  add({"Đường ngập sâu hơn 0,15 m", "Roads in water deeper than 0.15 m"}, "km",
      [&world](const RunFile& run, std::size_t frame) { return flooded_km(run, frame, world); });
  add({"Xe trên đường", "Vehicles on the road"}, "veh", [](const RunFile& run, std::size_t frame) {
    return sum(run.column(frame, Kind::road, road_column::vehicles));
  });
  return charts;
}

}  // namespace kontwin
