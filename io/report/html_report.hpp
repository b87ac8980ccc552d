#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/report/chart.hpp"
#include "twin/decision.hpp"
#include "twin/kpi_table.hpp"
#include "twin/time.hpp"

namespace kontwin {

struct ReportPicture {
  std::filesystem::path file;  ///< beside the page: the page refers to it by its name
  std::string caption_vi;
  std::string caption_en;
};

/// Something a reader must know before trusting a figure.
struct ReportNote {
  std::string vietnamese;
  std::string english;

  friend bool operator==(const ReportNote&, const ReportNote&) = default;
};

/// A plain table; a cell is a text in Vietnamese, and one in English where it has words.
struct ReportTable {
  using Cell = ReportNote;
  std::string title_vi;
  std::string title_en;
  std::vector<Cell> head;
  std::vector<std::vector<Cell>> rows;  ///< as long as the head
};

/// What a report says, in the order it says it. Texts are in Vietnamese first, English after.
struct HtmlReport {
  std::string title_vi;
  std::string title_en;
  std::string summary_vi;  ///< left out with its heading when empty
  std::string summary_en;
  std::string world_name;
  std::string world_hash;
  Instant state_at;  ///< the moment the branches were forked
  KpiTable kpis;     ///< its columns are the branches; A, B, C stand for them all over the page
  std::vector<ReportTable> tables;
  std::vector<Chart> charts;
  bool charts_first = false;  ///< they stand before the tables
  std::vector<ReportPicture> pictures;
  std::optional<Decision> decision;
  /// The figures rest on synthetic data: wherever some stand, the page says so.
  bool synthetic = false;
  std::vector<ReportNote> notes;  ///< what is synthetic, assumed or left out
};

/// Writes a report as one HTML page with its charts inside, for screens from a phone's to a wall's
/// and for paper. Throws FileError when it cannot be written.
void write_html_report(const HtmlReport& report, const std::filesystem::path& path);

}  // namespace kontwin
