#include "io/traffic/comparison_files.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "io/traffic/text_file.hpp"

namespace kontwin::traffic {

namespace {

constexpr const char* columns = "seeds,mean_a,mean_b,difference,half_width,p,q,significant\n";

void write_difference(TextFile& file, const PairedDifference& of) {
  file << of.pairs << ',' << csv_number(of.mean_a) << ',' << csv_number(of.mean_b) << ','
       << csv_number(of.difference) << ',' << csv_number(of.half_width) << ',' << csv_number(of.p)
       << ',' << csv_number(of.q) << ',' << (of.significant ? 1 : 0) << '\n';
}

nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

nlohmann::json json_of(const PairedDifference& of) {
  return {{"seeds", of.pairs},
          {"a", number(of.pairs > 0 ? of.mean_a : NAN)},
          {"b", number(of.pairs > 0 ? of.mean_b : NAN)},
          {"difference", number(of.pairs > 0 ? of.difference : NAN)},
          {"half_width", number(of.half_width)},
          {"q", number(of.q)},
          {"significant", of.significant}};
}

template <typename... Values>
std::string text(const char* format, Values... values) {
  std::array<char, 400> line{};
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

std::string in_words(const PairedDifference& of, const std::string& unit) {
  std::string words =
      text("%.6g -> %.6g %s, %+.4g", of.mean_a, of.mean_b, unit.c_str(), of.difference);
  if (std::isfinite(of.half_width)) words += text(" ± %.3g", of.half_width);
  return words;
}

}  // namespace

std::string to_words(const Comparison& comparison) {
  const int percent = static_cast<int>(std::lround(100 * comparison.confidence));
  std::string words = text(
      "So sánh B với A trên %zu hạt giống; ± là khoảng tin cậy %d %% của hiệu theo cặp (Student).\n"
      "B compared with A over %zu seeds; ± is the %d %% confidence interval of the paired "
      "difference (Student).\n\n",
      comparison.seeds, percent, comparison.seeds, percent);
  if (comparison.seeds < 2) {
    words +=
        "Chỉ một hạt giống: không có khoảng tin cậy. Dùng ít nhất 5.\n"
        "One seed only: no confidence interval. Use 5 or more.\n\n";
  }
  for (const ComparedFigure& figure : comparison.figures) {
    const char* vi = "không khác rõ rệt";
    const char* en = "no clear difference";
    if (figure.of.significant) {
      const bool better = (figure.of.difference < 0) == figure.less_is_better;
      vi = better ? "tốt hơn" : "xấu hơn";
      en = better ? "better" : "worse";
    }
    words += figure.name_vi + " / " + figure.name_en + ": " + in_words(figure.of, figure.unit) +
             text(" (%s / %s)\n", vi, en);
  }
  words +=
      "\nAi được, ai mất (thời gian trung bình một chuyến) / Who gains and who loses (mean "
      "time of a trip):\n";
  for (const ComparedGroup& group : comparison.groups) {
    words +=
        "  " + group.by + " " + group.name + ": " + in_words(group.mean_s, "s") +
        text("; nhanh hơn ≥ 1 phút / faster by a minute %.1f %%, chậm hơn / slower %.1f %%%s\n",
             100 * group.gain, 100 * group.lose,
             group.mean_s.significant ? "" : " (không rõ rệt / not clear)");
  }
  const auto clear = [&comparison](PairedDifference ComparedLink::*member) {
    return std::ranges::count_if(comparison.links, [member](const ComparedLink& link) {
      return (link.*member).significant;
    });
  };
  words += text(
      "\nSố đoạn đường khác rõ rệt (kiểm soát phát hiện sai, Benjamini-Hochberg) / Links that "
      "clearly differ (false discoveries controlled, Benjamini-Hochberg): lưu lượng / flow %td, "
      "trễ / delay %td, trên / of %zu\n",
      clear(&ComparedLink::vehicles), clear(&ComparedLink::delay_s), comparison.links.size());
  return words;
}

void write_comparison(const std::filesystem::path& folder, const Comparison& comparison) {
  TextFile figures(folder / "figures.csv");
  figures << "figure,unit," << columns;
  for (const ComparedFigure& figure : comparison.figures) {
    figures << figure.id << ',' << figure.unit << ',';
    write_difference(figures, figure.of);
  }
  figures.close();

  TextFile groups(folder / "groups.csv");
  groups << "by,name,trips,share_gaining,share_losing," << columns;
  for (const ComparedGroup& group : comparison.groups) {
    groups << group.by << ',' << csv_field(group.name) << ',' << group.trips << ',' << group.gain
           << ',' << group.lose << ',';
    write_difference(groups, group.mean_s);
  }
  groups.close();

  TextFile links(folder / "links.csv");
  links << "link,figure," << columns;
  for (const ComparedLink& link : comparison.links) {
    links << csv_field(link.id) << ",vehicles,";
    write_difference(links, link.vehicles);
    links << csv_field(link.id) << ",delay_s,";
    write_difference(links, link.delay_s);
  }
  links.close();

  TextFile summary(folder / "summary.txt");
  summary << to_words(comparison);
  summary.close();
}

void write_difference_map(const std::filesystem::path& path, const Comparison& comparison,
                          const std::vector<const Network*>& networks) {
  TextFile file(path);
  file << "{\"type\":\"FeatureCollection\",\"features\":[";
  bool first = true;
  for (const ComparedLink& link : comparison.links) {
    nlohmann::json line = nlohmann::json::array();
    for (const Network* network : networks) {
      const auto row = network->find_link(link.id);
      if (!row) continue;
      for (const LocalPoint& point : network->shape_of(*row)) {
        line.push_back({point.x_m, point.y_m});
      }
      break;
    }
    const nlohmann::json feature{{"type", "Feature"},
                                 {"geometry", {{"type", "LineString"}, {"coordinates", line}}},
                                 {"properties",
                                  {{"link", link.id},
                                   {"vehicles", json_of(link.vehicles)},
                                   {"delay_s", json_of(link.delay_s)}}}};
    file << (first ? "\n" : ",\n") << feature.dump();
    first = false;
  }
  file << "\n]}\n";
  file.close();
}

}  // namespace kontwin::traffic
