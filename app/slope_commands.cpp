#include <cstdio>
#include <string>

#include "app/commands.hpp"
#include "app/run_report.hpp"
#include "io/export/table_export.hpp"
#include "twin/error.hpp"

namespace kontwin {

int run_slope_report(const SlopeReportOptions& options) {
  const RunFile run(options.run);
  if (!run.header().complete) {
    throw FileError(options.run.string(), "the run was stopped before its end");
  }
  const std::string text = tables_text(run, 40);
  std::printf("\n%s\n",
              text.empty()
                  ? "Không có nguy cơ sạt lở, không có gì lăn xuống đường hay bị nước cuốn.\n"
                    "No slope was warned of, nothing came down on a road or was swept off."
                  : text.c_str());
  if (options.out.empty()) return 0;
  for (const auto& file : write_tables(run, options.out)) std::printf("  %s\n", file.c_str());
  return 0;
}

}  // namespace kontwin
