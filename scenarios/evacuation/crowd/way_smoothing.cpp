#include "scenarios/evacuation/crowd/way_smoothing.hpp"

#include <cmath>
#include <limits>

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
constexpr int steps = 3;

/// Rows (or columns) that are solved side by side, so that memory is read in order.
struct Lines {
  std::size_t begin, count, line_step, cell_step, length;
  std::uint8_t back;  ///< link to the cell before
};

/// (1 - a d²/dx²) u = T along every run of linked cells, by elimination forth and back
/// (Thomas 1949). Nothing flows through the ends of a run.
void solve(const Lines& lines, float a, const std::vector<std::uint8_t>& links,
           std::span<const std::uint8_t> held, std::vector<float>& values,
           std::vector<float>& upper) {
  const auto joined = [&](std::size_t cell) {
    return (links[cell] & lines.back) && values[cell] < no_way &&
           values[cell - lines.cell_step] < no_way;
  };
  for (std::size_t k = 1; k < lines.length; ++k) {
    for (std::size_t line = 0; line < lines.count; ++line) {
      const std::size_t cell = lines.begin + line * lines.line_step + k * lines.cell_step;
      upper[cell] = 0;
      if (!(values[cell] < no_way) || held[cell]) continue;
      const bool back = joined(cell);
      const bool forth = k + 1 < lines.length && joined(cell + lines.cell_step);
      float diagonal = 1 + (back ? a : 0) + (forth ? a : 0);
      float right = values[cell];
      if (back) {
        diagonal -= a * upper[cell - lines.cell_step];
        right += a * values[cell - lines.cell_step];
      }
      upper[cell] = forth ? a / diagonal : 0;
      values[cell] = right / diagonal;
    }
  }
  for (std::size_t k = lines.length - 1; k-- > 1;) {
    for (std::size_t line = 0; line < lines.count; ++line) {
      const std::size_t cell = lines.begin + line * lines.line_step + k * lines.cell_step;
      if (upper[cell] > 0) values[cell] += upper[cell] * values[cell + lines.cell_step];
    }
  }
}

void smooth_along(const RowAtOpening& row, const std::vector<float>& distance_m,
                  std::vector<float>& values) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    double sum = 0, weights = 0;
    for (std::size_t j = 0; j < row.cells.size(); ++j) {
      const float there_m = distance_m[row.cells[j]];
      if (!(there_m < no_way)) continue;
      const double off = static_cast<double>(row.along_m[j] - row.along_m[i]) / way_smoothing_m;
      const double weight = std::exp(-0.5 * off * off);
      sum += weight * static_cast<double>(there_m);
      weights += weight;
    }
    if (distance_m[row.cells[i]] < no_way) {
      values[row.cells[i]] = static_cast<float>(sum / weights);
    }
  }
}

}  // namespace

std::vector<float> smoothed_way(const WayField& field, std::span<const std::uint8_t> held,
                                std::span<const RowAtOpening> rows_at_openings) {
  std::vector<float> values = field.distance_m;
  for (const RowAtOpening& row : rows_at_openings) smooth_along(row, field.distance_m, values);
  std::vector<float> upper(values.size());
  for (const WayField::Sheet& sheet : field.sheets) {
    const double cells = way_smoothing_m * static_cast<double>(sheet.per_m);
    const auto a = static_cast<float>(cells * cells / 2 / steps);
    const Lines rows{sheet.begin, sheet.rows, sheet.columns, 1, sheet.columns, GroundGrid::west};
    const Lines columns{sheet.begin,   sheet.columns, 1,
                        sheet.columns, sheet.rows,    GroundGrid::south};
    for (int step = 0; step < steps; ++step) {
      solve(rows, a, *field.links, held, values, upper);
      solve(columns, a, *field.links, held, values, upper);
    }
  }
  return values;
}

}  // namespace kontwin::crowd
