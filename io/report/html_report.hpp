#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/report/chart.hpp"
#include "twin/decision.hpp"
#include "twin/kpi.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// One branch in a report.
struct ReportBranch {
  std::string title_vi;
  std::string title_en;
  KpiList kpis;
};

struct ReportPicture {
  std::filesystem::path file;  ///< beside the page: the page refers to it by its name
  std::string caption;
};

/// What a report says, in the order it says it. Texts are in Vietnamese first, English after.
struct HtmlReport {
  std::string title_vi;
  std::string title_en;
  std::string summary_vi;
  std::string summary_en;
  std::string world_name;
  std::string world_hash;
  Instant state_at;                    ///< the moment the branches were forked
  std::vector<ReportBranch> branches;  ///< side by side in one table
  std::vector<Chart> charts;
  std::vector<ReportPicture> pictures;
  std::optional<Decision> decision;
  std::vector<std::string> notes;  ///< what is synthetic, assumed or left out
};

/// Writes a report as one HTML page with its charts inside. Throws FileError when it cannot be
/// written.
void write_html_report(const HtmlReport& report, const std::filesystem::path& path);

/// A KPI's value as people read it: thousands apart, decimals by size, its unit; "–" for NaN.
std::string kpi_text(const Kpi& kpi);

}  // namespace kontwin
