#include "io/report/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "io/file/whole_file.hpp"
#include "io/gnuplot/gnuplot.hpp"
#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

constexpr std::array<const char*, 6> colours{"#7a8690", "#0072b2", "#d55e00",
                                             "#009e73", "#cc79a7", "#b8860b"};
constexpr double vietnam_offset_s = 7 * 3600;

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// The y axis: from, to and marks at round numbers. gnuplot groups thousands only as the system's
/// locale does, which may be none, so the marks are written here.
std::string y_axis(const Chart& chart) {
  double low = HUGE_VAL;
  double high = -HUGE_VAL;
  const auto take = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const auto& curve : chart.curves) {
    for (const auto& point : curve.points) take(point.second);
  }
  for (const auto& level : chart.levels) take(level.value);
  if (low >= 0 && low < high / 2) low = 0;
  if (!(high > low)) high = low + 1;
  const double rough = (high - low) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double nice : {5.0, 2.0, 1.0}) {
    if (nice * power >= rough) step = nice * power;
  }
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  const double from = std::floor(low / step + 1e-9);
  const double to = std::ceil(high / step - 1e-9);
  std::ostringstream script;
  script.precision(15);
  script << "set yrange [" << from * step << ':' << to * step << "]\nset ytics (";
  for (double mark = from; mark <= to; ++mark) {
    script << (mark == from ? "" : ", ")
           << Gnuplot::quoted(number_text(mark * step, decimals, Language::both)) << ' '
           << mark * step;
  }
  script << ")\n";
  return std::move(script).str();
}

/// Between labels of a time axis, so far that they do not lie on each other.
int seconds_a_label(const Chart& chart) {
  constexpr double most_labels = 7;
  double from_s = std::numeric_limits<double>::infinity();
  double until_s = -from_s;
  for (const Chart::Curve& curve : chart.curves) {
    for (const auto& [x_s, y] : curve.points) {
      from_s = std::min(from_s, x_s);
      until_s = std::max(until_s, x_s);
    }
  }
  constexpr int hour_s = 3600;
  for (const int step_s : {hour_s / 60, hour_s / 12, hour_s / 4, hour_s / 2, hour_s, 2 * hour_s,
                           3 * hour_s, 6 * hour_s, 12 * hour_s}) {
    if (until_s - from_s <= most_labels * step_s) return step_s;
  }
  const double days = std::ceil((until_s - from_s) / (most_labels * 24 * hour_s));
  return static_cast<int>(days) * 24 * hour_s;
}

std::string script_for(const Chart& chart, const Gnuplot& gnuplot, unsigned width_px,
                       unsigned height_px) {
  std::ostringstream script;
  script.precision(15);
  script << "set encoding utf8\n"
         << "set terminal svg size " << width_px << ',' << height_px
         << " dynamic enhanced font 'Noto Sans,DejaVu Sans,sans-serif,14' background '#ffffff'\n"
         << "set output " << Gnuplot::quoted(gnuplot.file("chart.svg").string()) << "\n"
         << "set border 3 lc rgb '#5c6773'\nset tics nomirror out\nset autoscale xfix\n"
         << "set grid lc rgb '#e3e7ea' lt 1\nunset key\n"
         << y_axis(chart);
  if (chart.over_time) {
    script << "set xdata time\nset timefmt '%s'\nset format x \"%H:%M\\n%d/%m\"\n"
           << "set xtics " << seconds_a_label(chart) << '\n';
  }
  for (const auto& level : chart.levels) {
    script << "set arrow from graph 0, first " << level.value << " to graph 1, first "
           << level.value << " nohead dt 2 lw 1.5 lc rgb '#c43c3c'\n"
           << "set label " << Gnuplot::quoted(level.label) << " at graph 0.01, first "
           << level.value << " offset 0,0.5 noenhanced font ',13' textcolor rgb '#c43c3c'\n";
  }
  script << "plot ";
  bool first = true;
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    const auto& curve = chart.curves[i];
    if (curve.points.empty()) continue;
    const std::filesystem::path data = gnuplot.file("curve-" + std::to_string(i));
    std::ostringstream file;
    file.precision(15);
    for (const auto& [x, y] : curve.points) {
      if (!std::isfinite(y)) {
        file << '\n';  // a gap
        continue;
      }
      file << (chart.over_time ? x + vietnam_offset_s : x) << ' ' << y << '\n';
    }
    write_whole_file(data, std::move(file).str());
    script << (first ? "" : ", ") << Gnuplot::quoted(data.string()) << " using 1:2 notitle with ";
    if (curve.measured) {
      script << "points pt 7 ps 0.7";
    } else {
      script << "lines lw " << std::max(2.5, 6.0 - 2.0 * static_cast<double>(i));
      if (i >= 2) script << " dt (" << 8 + 4 * i << ',' << 4 + 4 * i << ')';
    }
    script << " lc rgb '" << curve_colour(i, curve.measured) << "'";
    first = false;
  }
  script << "\n";
  return std::move(script).str();
}

}  // namespace

const char* curve_colour(std::size_t curve, bool measured) {
  return measured ? "#000000" : colours[curve % colours.size()];
}

bool has_points(const Chart& chart) {
  return std::ranges::any_of(chart.curves,
                             [](const Chart::Curve& curve) { return !curve.points.empty(); });
}

std::string chart_svg(const Chart& chart, unsigned width_px, unsigned height_px) {
  if (!has_points(chart)) throw Error("the chart '" + chart.title_en + "' has no points");
  const Gnuplot gnuplot;
  gnuplot.run(script_for(chart, gnuplot, width_px, height_px),
              "the chart '" + chart.title_en + "'");
  const std::string svg = read_text(gnuplot.file("chart.svg"));
  const std::size_t begin = svg.find("<svg");
  if (begin == std::string::npos) throw Error("gnuplot drew no chart for '" + chart.title_en + "'");
  return svg.substr(begin);
}

}  // namespace kontwin
