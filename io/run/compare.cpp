#include "io/run/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "twin/error.hpp"

namespace kontwin {

namespace {

std::vector<std::size_t> best_of(const KpiRow& row) {
  std::vector<double> known;
  for (const auto& value : row.values) {
    if (value) known.push_back(*value);
  }
  if (row.kpi.better == Kpi::Better::neither || known.size() < 2) return {};
  const auto [least, most] = std::ranges::minmax(known);
  if (least == most) return {};
  const double wanted = row.kpi.better == Kpi::Better::lower ? least : most;
  std::vector<std::size_t> best;
  for (std::size_t run = 0; run < row.values.size(); ++run) {
    if (row.values[run] == wanted) best.push_back(run);
  }
  return best;
}

/// Up to three significant decimals, thousands in groups.
std::string number_text(double value, Language language) {
  const double size = std::abs(value);
  const bool whole = value == std::round(value) || size >= 1000;
  const int decimals = whole ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, size);
  std::string text = buffer;
  const std::size_t point = std::min(text.find('.'), text.size());
  const bool vietnamese = language == Language::vietnamese;
  if (point < text.size() && vietnamese) text[point] = ',';
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, vietnamese ? "." : ",");
  return value < 0 ? "−" + text : text;
}

/// How many columns of a terminal a UTF-8 text takes (no letter of ours is wide).
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t have = width_of(text);
  const std::string space(width > have ? width - have : 0, ' ');
  return right ? space + text : text + space;
}

std::string cell_text(const KpiRow& row, std::size_t run, Language language) {
  const auto& value = row.values[run];
  if (!value) return "–";
  std::string text = number_text(*value, language);
  const auto& baseline = row.values.front();
  if (run > 0 && baseline && *value != *baseline) {
    const double change = *value - *baseline;
    text += " (" + std::string(change > 0 ? "+" : "") + number_text(change, language) + ")";
  }
  if (std::ranges::find(row.best, run) != row.best.end()) text += " *";
  return text;
}

}  // namespace

Comparison compare_runs(std::span<const RunFile* const> runs) {
  Comparison comparison;
  for (const RunFile* run : runs) {
    const RunHeader& header = run->header();
    if (!header.complete) {
      throw Error("run " + header.branch + " was stopped before its end: it has no KPIs");
    }
    if (!comparison.runs.empty() && comparison.runs.front().world_hash != header.world_hash) {
      throw Error("run " + header.branch + " was made in another world than run " +
                  comparison.runs.front().branch);
    }
    comparison.runs.push_back(header);
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const Kpi& kpi : runs[i]->kpis()) {
      auto row = std::ranges::find(comparison.rows, kpi.id,
                                   [](const KpiRow& known) { return known.kpi.id; });
      if (row == comparison.rows.end()) {
        row = comparison.rows.insert(comparison.rows.end(), {kpi, {}, {}});
        row->values.resize(runs.size());
      }
      if (!std::isnan(kpi.value)) row->values[i] = kpi.value;
    }
  }
  for (KpiRow& row : comparison.rows) row.best = best_of(row);
  return comparison;
}

std::string text_table(const Comparison& comparison, Language language) {
  const bool vietnamese = language == Language::vietnamese;
  std::vector<std::vector<std::string>> lines(1);
  lines[0].push_back(vietnamese ? "Chỉ số" : "Indicator");
  for (const RunHeader& run : comparison.runs) {
    lines[0].push_back(vietnamese ? run.title_vi : run.title_en);
  }
  for (const KpiRow& row : comparison.rows) {
    auto& line = lines.emplace_back();
    line.push_back(vietnamese ? row.kpi.label_vi : row.kpi.label_en);
    if (!row.kpi.unit.empty()) line.back() += " [" + row.kpi.unit + "]";
    for (std::size_t run = 0; run < comparison.runs.size(); ++run) {
      line.push_back(cell_text(row, run, language));
    }
  }
  std::vector<std::size_t> widths(lines[0].size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], width_of(line[i]));
  }
  std::string table;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t i = 0; i < lines[l].size(); ++i) {
      table += (i == 0 ? "" : "  ") + padded(lines[l][i], widths[i], i > 0);
    }
    table += '\n';
    if (l == 0) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        for (std::size_t n = 0; n < widths[i] + (i == 0 ? 0 : 2); ++n) table += "─";
      }
      table += '\n';
    }
  }
  table += vietnamese ? "* tốt nhất; trong ngoặc: chênh lệch so với phương án đầu tiên\n"
                      : "* best; in brackets: the difference to the first run\n";
  return table;
}

}  // namespace kontwin
