#include "scenarios/slope/slope_figures.hpp"

#include <cmath>

namespace kontwin::slope {

void SlopeFigures::add_rockfalls(std::span<const Rockfall> falls) {
  if (!falls.empty()) {
    boulders += falls.front().boulders.size();
    passages += falls.front().hits.size();
  }
  for (const Rockfall& fall : falls) {
    for (const RoadHit& hit : fall.hits) energies_j.push_back(hit.energy_j);
    for (const Boulder& boulder : fall.boulders) {
      runouts_m.push_back(distance_m(boulder.from, boulder.rest));
      went_on += boulder.went_on ? 1 : 0;
    }
  }
}

void add_figures(const SlopeFigures& figures, KpiList& kpis) {
  const auto count = [](std::size_t number) { return static_cast<double>(number); };
  kpis.push_back({"roads_cut_by_debris", "Số đoạn đường bị sạt lở lấp (nhiều nhất)",
                  "Road links cut by debris (most at once)", "", count(figures.most_cut)});
  kpis.push_back({"slopes_very_high", "Số đoạn đường có nguy cơ sạt lở rất cao (nhiều nhất)",
                  "Road links at very high landslide warning (most at once)", "",
                  count(figures.most_very_high)});
  kpis.push_back({"slopes_high", "Số đoạn đường có nguy cơ sạt lở cao trở lên (nhiều nhất)",
                  "Road links at high landslide warning or above (most at once)", "",
                  count(figures.most_high)});
  kpis.push_back({"slides_expected", "Số vụ sạt lở dự kiến trên đường (tổng xác suất, lớn nhất)",
                  "Landslides on roads expected (sum of probabilities, highest)", "",
                  figures.most_expected});
  if (figures.slides > 0) {
    kpis.push_back(
        {"slides", "Số vụ sạt lở xuống đường", "Landslides on roads", "", count(figures.slides)});
  }
  if (figures.slides > 0 && std::isfinite(figures.longest_clearing_h)) {
    kpis.push_back({"longest_clearing_h", "Thời gian dọn vụ sạt lở lâu nhất",
                    "Time until the largest landslide is cleared", "h",
                    figures.longest_clearing_h});
  }
  if (figures.boulders > 0) {
    kpis.push_back(
        {"boulders", "Số đá lăn xuống", "Boulders that came down", "", count(figures.boulders)});
    kpis.push_back({"boulder_passages", "Số lượt đá lăn qua các đoạn đường",
                    "Passages of boulders over road links", "", count(figures.passages)});
    kpis.push_back({"boulders_computed", "Số đá đã tính, cho các số dưới đây",
                    "Boulders computed, for the figures below", "", count(figures.runouts_m.size()),
                    Kpi::Better::neither});
    kpis.push_back({"boulder_runout_m", "Quãng đường đá lăn (phân vị 95 %)",
                    "Runout of boulders (95th percentile)", "m",
                    percentile(figures.runouts_m, 0.95)});
    kpis.push_back({"boulders_gone_on", "Trong đó chưa dừng trong vùng tính, hay sau một phút",
                    "Of them not at rest inside the window, or after a minute", "",
                    count(figures.went_on)});
  }
  if (!figures.energies_j.empty()) {
    double sum_j = 0;
    for (const double energy_j : figures.energies_j) sum_j += energy_j;
    kpis.push_back({"boulder_mean_energy_kj", "Động năng trung bình của đá lăn trên đường",
                    "Mean energy of boulders on roads", "kJ",
                    sum_j / count(figures.energies_j.size()) / 1000});
    kpis.push_back({"boulder_energy_kj", "Động năng đá lăn trên đường (phân vị 95 %)",
                    "Energy of boulders on roads (95th percentile)", "kJ",
                    percentile(figures.energies_j, 0.95) / 1000});
  }
  if (figures.strongest_g > 0) {
    kpis.push_back({"shaking_percent_g", "Gia tốc nền lớn nhất trên đường (% g)",
                    "Strongest shaking of a road (% of gravity)", "%", 100 * figures.strongest_g});
    kpis.push_back({"bridges_inspected", "Số cầu đóng để kiểm tra sau động đất",
                    "Bridges closed for inspection after the earthquake", "",
                    count(figures.bridges)});
  }
}

}  // namespace kontwin::slope
