#pragma once

#include <span>

#include "io/report/html_report.hpp"
#include "io/run/run_file.hpp"

namespace kontwin {

/// Marks a report as synthetic where the world of its runs is, with the note their files hold.
void add_synthetic_note(HtmlReport& report, std::span<const RunFile> runs);

/// Adds which places stood in water or were cut off in each run, and when; nothing where none were.
void add_impacts(HtmlReport& report, std::span<const RunFile> runs);

}  // namespace kontwin
