#include "scenarios/slope/warning_book.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

namespace kontwin::slope {

WarningBook::WarningBook(const World& world) : world_(world), links_(world.roads().links()) {}

std::uint32_t WarningBook::one_of(std::uint32_t road) const {
  const std::uint32_t back = world_.roads().opposite[road];
  return back == no_row ? road : std::min(road, back);
}

void WarningBook::note(std::uint32_t road, int level, const LinkSlope& slope, Instant at) {
  Link& link = links_[one_of(road)];
  if (level > link.level) {
    link.level = level;
    link.since = at;
  }
  if (slope.probability > link.slope.probability) link.slope = slope;
}

void WarningBook::fail(std::uint32_t road, double volume_m3, double clearing_h, Instant at) {
  Link& link = links_[one_of(road)];
  link.failed = true;
  link.failed_at = at;
  link.volume_m3 = volume_m3;
  link.clearing_h = clearing_h;
}

void WarningBook::shake(std::uint32_t road, double peak_g, double closed_h) {
  Link& link = links_[one_of(road)];
  link.peak_g = std::max(link.peak_g, peak_g);
  link.closed_h = std::max(link.closed_h, closed_h);
}

RunTable WarningBook::table() const {
  std::vector<std::uint32_t> rows;
  bool shaken = false;
  for (std::uint32_t road = 0; road < links_.size(); ++road) {
    const Link& link = links_[road];
    if (link.level > 0 || link.failed || link.closed_h > 0) rows.push_back(road);
    shaken = shaken || link.peak_g > 0;
  }
  std::ranges::stable_sort(rows, std::greater{}, [this](std::uint32_t road) {
    const Link& link = links_[road];
    return std::tuple(link.level, link.slope.probability);
  });
  RunTable table{.id = "landslides",
                 .label_vi = "Nguy cơ sạt lở trên từng đoạn đường",
                 .label_en = "Landslide warnings of each road link"};
  for (const std::uint32_t road : rows) {
    table.of.push_back({Kind::road, road});
    table.at.push_back(world_.place({Kind::road, road}));
  }
  const auto column = [&](const char* id, const char* vi, const char* en, std::string_view unit,
                          std::vector<std::string> names,
                          const std::function<double(const Link&)>& value_of) {
    RunTable::Column made{id, vi, en, std::string(unit), std::move(names)};
    for (const std::uint32_t road : rows) made.values.push_back(value_of(links_[road]));
    table.columns.push_back(std::move(made));
  };
  const auto where = [](bool known, double value) { return known ? value : std::nan(""); };
  const auto moment = [](Instant at) { return to_seconds(at.time_since_epoch()); };
  column("level", "Cấp cao nhất", "Highest level", "", {"none", "medium", "high", "very_high"},
         [](const Link& link) { return static_cast<double>(link.level); });
  column("since", "Từ lúc", "Since", RunTable::moment, {},
         [&](const Link& link) { return where(link.level > 0, moment(link.since)); });
  column("probability", "Xác suất sạt lở cao nhất", "Highest probability of failure", "", {},
         [](const Link& link) { return link.slope.probability; });
  column("safety", "Hệ số ổn định khi đó", "Factor of safety then", "", {},
         [&](const Link& link) { return where(link.slope.probability > 0, link.slope.safety); });
  column("slope_deg", "Độ dốc", "Its slope", "°", {},
         [&](const Link& link) { return where(link.slope.probability > 0, link.slope.slope_deg); });
  column("soil_depth_m", "Bề dày đất", "Its soil", "m", {}, [&](const Link& link) {
    return where(link.slope.probability > 0, link.slope.soil_depth_m);
  });
  column("failed_at", "Sạt lở lúc", "Failed at", RunTable::moment, {},
         [&](const Link& link) { return where(link.failed, moment(link.failed_at)); });
  column("slide_m3", "Khối lượng sạt", "Volume of the slide", "m³", {},
         [&](const Link& link) { return where(link.failed, link.volume_m3); });
  column("clearing_h", "Dọn xong sau", "Cleared after", "h", {}, [&](const Link& link) {
    return where(link.failed && std::isfinite(link.clearing_h), link.clearing_h);
  });
  if (shaken) {
    column("shaking_percent_g", "Gia tốc nền", "Shaking", "% g", {},
           [](const Link& link) { return 100 * link.peak_g; });
    column("bridge_closed_h", "Cầu đóng để kiểm tra", "Bridge closed for inspection", "h", {},
           [&](const Link& link) { return where(link.closed_h > 0, link.closed_h); });
  }
  return table;
}

}  // namespace kontwin::slope
