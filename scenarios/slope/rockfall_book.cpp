#include "scenarios/slope/rockfall_book.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <functional>
#include <numeric>

namespace kontwin::slope {

namespace {

std::vector<double> values_of(const std::vector<RoadHit>& hits, double RoadHit::*member) {
  std::vector<double> values;
  values.reserve(hits.size());
  for (const RoadHit& hit : hits) values.push_back(hit.*member);
  return values;
}

}  // namespace

Share share_of(std::size_t successes, std::size_t trials) {
  if (trials == 0) return {};
  using Binomial = boost::math::binomial_distribution<>;
  constexpr double beyond = 0.025;  // either end
  const auto all = static_cast<double>(trials);
  const auto hit = static_cast<double>(successes);
  return {hit / all, Binomial::find_lower_bound_on_p(all, hit, beyond),
          Binomial::find_upper_bound_on_p(all, hit, beyond)};
}

std::uint32_t RockfallBook::one_of(std::uint32_t road) const {
  const std::uint32_t back = world_.roads().opposite[road];
  return back == no_row ? road : std::min(road, back);
}

void RockfallBook::add(std::uint32_t road, std::span<const Rockfall> falls) {
  std::size_t computed = 0;
  std::map<std::uint32_t, std::vector<RoadHit>> hits;
  for (const Rockfall& fall : falls) {
    computed += fall.boulders.size();
    for (const RoadHit& hit : fall.hits) hits[one_of(hit.road)].push_back(hit);
  }
  if (computed == 0) return;
  hits.try_emplace(one_of(road));  // that none of its own came is worth knowing, too
  const auto in_one = static_cast<double>(falls.front().boulders.size());
  for (const auto& [reached, passed] : hits) {
    Reached& of = roads_[reached];
    const Share share = share_of(passed.size(), computed);
    of.spared *= std::pow(1 - share.estimate, in_one);
    of.spared_least *= std::pow(1 - share.high, in_one);
    of.spared_most *= std::pow(1 - share.low, in_one);
    of.passages += share.estimate * in_one;
    of.computed += computed;
    of.hits.insert(of.hits.end(), passed.begin(), passed.end());
  }
}

RunTable RockfallBook::table(std::span<const double> blocked_h) const {
  std::map<std::uint32_t, Reached> rows = roads_;
  for (std::uint32_t road = 0; road < blocked_h.size(); ++road) {
    if (blocked_h[road] > 0) rows.try_emplace(one_of(road));
  }
  RunTable table{.id = "rockfall",
                 .label_vi = "Đá lăn và vật cản trên từng đoạn đường",
                 .label_en = "Rockfall and what blocked each road link"};
  for (const auto& [road, of] : rows) {
    table.of.push_back({Kind::road, road});
    table.at.push_back(world_.place({Kind::road, road}));
  }
  using Value = std::function<double(std::uint32_t, const Reached&)>;
  const auto column = [&](const char* id, const char* vi, const char* en, const char* unit,
                          const Value& value_of) {
    RunTable::Column made{id, vi, en, unit, {}};
    for (const auto& [road, of] : rows) made.values.push_back(value_of(road, of));
    table.columns.push_back(std::move(made));
  };
  const double none = std::nan("");
  // Where no boulder was computed nothing is known of them.
  const auto known = [none](double Reached::*spared) {
    return
        [=](std::uint32_t, const Reached& of) { return of.computed > 0 ? 1 - of.*spared : none; };
  };
  const auto percentile_of = [none](double RoadHit::*member, double share, double unit) {
    return [=](std::uint32_t, const Reached& of) {
      return of.hits.empty() ? none : percentile(values_of(of.hits, member), share) / unit;
    };
  };
  column("reached_probability", "Xác suất đá tới đường", "Probability that boulders reach it", "",
         known(&Reached::spared));
  column("reached_low", "Xác suất ấy, cận dưới 95 %", "That probability, 95 % interval from", "",
         known(&Reached::spared_most));
  column("reached_high", "Xác suất ấy, cận trên 95 %", "That probability, 95 % interval to", "",
         known(&Reached::spared_least));
  column("boulders_per_fall", "Số lượt đá qua, mỗi lần đá lăn", "Boulders that pass, a rockfall",
         "",
         [none](std::uint32_t, const Reached& of) { return of.computed > 0 ? of.passages : none; });
  column("boulders_computed", "Số đá đã tính", "Boulders computed", "",
         [](std::uint32_t, const Reached& of) { return static_cast<double>(of.computed); });
  column("mean_energy_kj", "Động năng trung bình", "Mean energy", "kJ",
         [none](std::uint32_t, const Reached& of) {
           const auto all = values_of(of.hits, &RoadHit::energy_j);
           const double sum_j = std::accumulate(all.begin(), all.end(), 0.0);
           return all.empty() ? none : sum_j / static_cast<double>(all.size()) / 1000;
         });
  column("p95_energy_kj", "Động năng, phân vị 95 %", "Energy, 95th percentile", "kJ",
         percentile_of(&RoadHit::energy_j, 0.95, 1000));
  column("most_energy_kj", "Động năng lớn nhất", "Largest energy", "kJ",
         percentile_of(&RoadHit::energy_j, 1, 1000));
  column("p95_height_m", "Độ cao tâm đá trên đường, phân vị 95 %",
         "Height of their middles over the road, 95th percentile", "m",
         percentile_of(&RoadHit::height_m, 0.95, 1));
  column("blocked_h", "Thời gian bị chắn", "Blocked", "h", [&](std::uint32_t road, const Reached&) {
    const std::uint32_t back = world_.roads().opposite[road];
    const auto hours = [&](std::uint32_t link) {
      return link < blocked_h.size() ? blocked_h[link] : 0;
    };
    return std::max(hours(road), back == no_row ? 0 : hours(back));
  });
  return table;
}

}  // namespace kontwin::slope
