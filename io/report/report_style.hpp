#pragma once

namespace kontwin {

/// The style sheet of report pages. Widths follow the screen; nothing is loaded from elsewhere.
inline constexpr const char* report_style = R"(
:root { --ink: #1c2b33; --soft: #55616c; --line: #dde3e7; --good: #176b3a; --mark: #8a4b00; }
* { box-sizing: border-box; }
body { font: 16px/1.45 "Noto Sans", "DejaVu Sans", sans-serif; color: var(--ink); margin: 0;
  background: #f4f6f7; -webkit-text-size-adjust: 100%; }
main { max-width: 1180px; margin: 0 auto; }
header div { max-width: 1132px; margin: 0 auto; }
main { padding: 4px 24px 24px; }
header { background: #12394f; color: #fff; padding: 24px; overflow-wrap: anywhere; }
header p { margin: 4px 0 0; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; }
h2 { margin: 16px 0 12px; font-size: 20px; }
.en { color: var(--soft); font-style: italic; font-weight: 400; }
header .en { color: #c9dbe5; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px;
  padding: 2px 20px 18px; margin-top: 20px; }
.synthetic { display: inline-block; border: 1px solid var(--mark); border-radius: 4px;
  color: var(--mark); font: 600 12px/1.5 "Noto Sans", "DejaVu Sans", sans-serif;
  padding: 0 6px; white-space: nowrap; vertical-align: middle; }
.mark { display: inline-block; min-width: 1.6em; border-radius: 4px; color: #fff; text-align: center;
  font-weight: 700; font-style: normal; padding: 0 .3em; }
.dot { display: inline-block; width: .7em; height: .7em; border-radius: 50%; }
ul.branches { list-style: none; padding: 0; margin: 0 0 12px; }
ul.branches li { display: flex; gap: 10px; margin: 8px 0; align-items: flex-start; }
table { border-collapse: collapse; width: 100%; }
.scroll { overflow-x: auto; }
th, td { text-align: left; padding: 7px 10px; border-bottom: 1px solid var(--line);
  vertical-align: top; line-height: 1.3; }
td:first-child { min-width: 11em; }
td.number, th.number { text-align: right; white-space: nowrap; width: 8.5em; }
td.number small { display: block; color: var(--soft); font-weight: 400; }
td.best { color: var(--good); font-weight: 700; }
tr.same td { color: var(--soft); }
td .en { display: block; font-size: 14px; }
.charts, .pictures { display: grid; gap: 18px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); }
.charts svg { display: block; width: 100%; height: auto; }
.pictures img { display: block; width: 100%; height: auto; border-radius: 6px; }
figure { margin: 0; }
.charts figure { border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; }
figcaption { padding: 4px 2px; line-height: 1.35; }
.key { display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: 14px; align-items: center; }
ul.notes li { margin: 8px 0; } code { font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 0 8px 16px; } header { padding: 16px; } section { padding: 2px 12px 14px; }
  h1 { font-size: 21px; } h2 { font-size: 18px; }
  th, td { padding: 6px 4px; } td { font-size: 15px; } td .en, td.number small { font-size: 13px; }
  td.number, th.number { width: auto; }
}
@media print {
  body { background: #fff; font-size: 11pt; } section { border: 0; padding: 0; }
  header { background: none; color: var(--ink); padding: 0; } header .en { color: var(--soft); }
  figure, tr, li { break-inside: avoid; } * { print-color-adjust: exact; }
}
)";

}  // namespace kontwin
