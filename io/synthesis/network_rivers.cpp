#include "io/synthesis/network_rivers.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace kontwin::synthesis {

namespace {

double turn(LocalPoint a, LocalPoint b, LocalPoint c) {
  return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
}

/// How far along `a`-`b` (0 to 1) it meets `c`-`d`, if it does.
std::optional<double> meeting(LocalPoint a, LocalPoint b, LocalPoint c, LocalPoint d) {
  const double from_c = turn(a, b, c);
  const double from_d = turn(a, b, d);
  const double from_a = turn(c, d, a);
  const double from_b = turn(c, d, b);
  if ((from_c > 0) == (from_d > 0) || (from_a > 0) == (from_b > 0)) return std::nullopt;
  return from_a / (from_a - from_b);
}

}  // namespace

RiverIndex::RiverIndex(std::span<const River> rivers) : rivers_(rivers) {
  std::vector<Value> values;
  for (std::uint32_t number = 0; number < rivers.size(); ++number) {
    const River& river = rivers[number];
    for (std::size_t i = 1; i < river.line.size(); ++i) {
      const Segment segment{river.line[i - 1], river.line[i], river.width_m[i - 1],
                            river.width_m[i],  number,        static_cast<std::uint32_t>(i - 1)};
      widest_m_ = std::max({widest_m_, segment.width_a_m, segment.width_b_m});
      const auto [west, east] = std::minmax(segment.a.x_m, segment.b.x_m);
      const auto [south, north] = std::minmax(segment.a.y_m, segment.b.y_m);
      values.emplace_back(Box(Corner(west, south), Corner(east, north)),
                          static_cast<std::uint32_t>(segments_.size()));
      segments_.push_back(segment);
    }
  }
  tree_ = decltype(tree_)(values);
}

std::vector<std::uint32_t> RiverIndex::near(double min_x, double min_y, double max_x,
                                            double max_y) const {
  std::vector<Value> found;
  tree_.query(boost::geometry::index::intersects(Box(Corner(min_x, min_y), Corner(max_x, max_y))),
              std::back_inserter(found));
  std::vector<std::uint32_t> indices;
  indices.reserve(found.size());
  for (const Value& value : found) indices.push_back(value.second);
  std::ranges::sort(indices);
  return indices;
}

std::optional<RiverIndex::Bank> RiverIndex::bank_of(const Segment& segment,
                                                    LocalPoint point) const {
  const double dx = segment.b.x_m - segment.a.x_m;
  const double dy = segment.b.y_m - segment.a.y_m;
  const double length = std::hypot(dx, dy);
  if (length <= 0) return std::nullopt;
  const double share = std::clamp(
      ((point.x_m - segment.a.x_m) * dx + (point.y_m - segment.a.y_m) * dy) / (length * length),
      0.0, 1.0);
  const auto between = [&](const std::vector<float>& values) {
    const double from = values[segment.first];
    return from + share * (values[segment.first + 1] - from);
  };
  Bank bank;
  bank.foot = {segment.a.x_m + share * dx, segment.a.y_m + share * dy};
  bank.downstream = {dx / length, dy / length};
  bank.distance_m = distance_m(point, bank.foot);
  const River& river = rivers_[segment.river];
  bank.half_width_m = between(river.width_m) / 2;
  bank.bed_m = between(river.bed_m);
  bank.bank_depth_m = between(river.bank_depth_m);
  return bank;
}

std::vector<RiverIndex::Bank> RiverIndex::each_near(LocalPoint point, double within_m) const {
  std::map<std::uint32_t, Bank> nearest;
  for (const std::uint32_t index : near(point.x_m - within_m, point.y_m - within_m,
                                        point.x_m + within_m, point.y_m + within_m)) {
    const auto bank = bank_of(segments_[index], point);
    if (!bank || bank->distance_m > within_m) continue;
    const auto [known, fresh] = nearest.emplace(segments_[index].river, *bank);
    if (!fresh && bank->distance_m < known->second.distance_m) known->second = *bank;
  }
  std::vector<Bank> banks;
  banks.reserve(nearest.size());
  for (const auto& [river, bank] : nearest) banks.push_back(bank);
  return banks;
}

std::optional<RiverIndex::Bank> RiverIndex::nearest(LocalPoint point, double within_m,
                                                    bool wide_only) const {
  const double reach_m = within_m + widest_m_ / 2;
  std::optional<Bank> best;
  for (const std::uint32_t index :
       near(point.x_m - reach_m, point.y_m - reach_m, point.x_m + reach_m, point.y_m + reach_m)) {
    const Segment& segment = segments_[index];
    if (wide_only && !segment.wide()) continue;
    const auto bank = bank_of(segment, point);
    if (bank && bank->clear_m() < within_m && (!best || bank->clear_m() < best->clear_m())) {
      best = bank;
    }
  }
  return best;
}

bool RiverIndex::crosses_wide(LocalPoint a, LocalPoint b) const {
  const auto [west, east] = std::minmax(a.x_m, b.x_m);
  const auto [south, north] = std::minmax(a.y_m, b.y_m);
  for (const std::uint32_t index : near(west, south, east, north)) {
    const Segment& segment = segments_[index];
    if (segment.wide() && meeting(a, b, segment.a, segment.b)) return true;
  }
  return false;
}

std::vector<std::pair<double, double>> RiverIndex::crossings(
    std::span<const LocalPoint> line) const {
  std::vector<std::pair<double, double>> found;
  double start_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto [west, east] = std::minmax(line[i - 1].x_m, line[i].x_m);
    const auto [south, north] = std::minmax(line[i - 1].y_m, line[i].y_m);
    const double length = distance_m(line[i - 1], line[i]);
    for (const std::uint32_t index : near(west, south, east, north)) {
      const Segment& segment = segments_[index];
      if (!segment.wide()) continue;
      if (const auto share = meeting(line[i - 1], line[i], segment.a, segment.b)) {
        found.emplace_back(start_m + *share * length,
                           std::max(segment.width_a_m, segment.width_b_m) / 2);
      }
    }
    start_m += length;
  }
  std::ranges::sort(found);
  return found;
}

LocalPoint RiverIndex::pushed_clear(LocalPoint point, double margin_m) const {
  for (int attempt = 0; attempt < 4; ++attempt) {
    const auto bank = nearest(point, margin_m);
    if (!bank) return point;
    const double wanted_m = bank->half_width_m + margin_m + 1;
    LocalPoint away{-bank->downstream.y_m, bank->downstream.x_m};
    if (bank->distance_m > 0.5) {
      away = {(point.x_m - bank->foot.x_m) / bank->distance_m,
              (point.y_m - bank->foot.y_m) / bank->distance_m};
    }
    point = {bank->foot.x_m + away.x_m * wanted_m, bank->foot.y_m + away.y_m * wanted_m};
  }
  return point;
}

}  // namespace kontwin::synthesis
