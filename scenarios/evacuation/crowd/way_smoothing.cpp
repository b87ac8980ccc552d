#include "scenarios/evacuation/crowd/way_smoothing.hpp"

#include <cmath>
#include <limits>

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
/// After so many rounds of alternating directions no cell is a centimetre off what those around
/// ask.
constexpr int rounds = 6;

/// The a of a d²/dx², x in cells.
float strength(const WayField::Sheet& sheet) {
  const double cells = way_smoothing_m * static_cast<double>(sheet.per_m);
  return static_cast<float>(cells * cells / 2);
}

/// Columns by cell. Between two cells flows a of the smoothing, or nothing.
struct Equation {
  std::vector<float> given, to_west, to_south;
  std::vector<float> half_way, upper;  ///< of the solution
  std::span<const std::uint8_t> held;
};

Equation equation_of(const WayField& field, std::span<const std::uint8_t> held) {
  const std::size_t count = field.distance_m.size();
  Equation equation{field.distance_m,          std::vector<float>(count), std::vector<float>(count),
                    std::vector<float>(count), std::vector<float>(count), held};
  for (float& distance_m : equation.given) {
    // Nothing flows there, so any number does.
    if (!(distance_m < no_way)) distance_m = 0;
  }
  for (const WayField::Sheet& sheet : field.sheets) {
    const auto joined = [&](std::size_t cell, std::size_t before, std::uint8_t link) {
      return ((*field.links)[cell] & link) && field.distance_m[cell] < no_way &&
             field.distance_m[before] < no_way;
    };
    const float a = strength(sheet);
    for (std::size_t j = 1; j + 1 < sheet.rows; ++j) {
      for (std::size_t i = 1; i + 1 < sheet.columns; ++i) {
        const std::size_t cell = sheet.begin + j * sheet.columns + i;
        if (joined(cell, cell - 1, GroundGrid::west)) equation.to_west[cell] = a;
        if (joined(cell, cell - sheet.columns, GroundGrid::south)) equation.to_south[cell] = a;
      }
    }
  }
  return equation;
}

/// Some cells of a row, and the ones before them on the lines that are solved and beside those.
struct Row {
  const float *given, *v, *to_before, *to_beside;
  const std::uint8_t* held;
  float *u, *upper;
  std::ptrdiff_t before, beside;  ///< steps to the cell before, and to the line beside
};

/// Half of the equation for one cell, (r + 1/2 - a d²/dx²) u = T + (r - 1/2 + a d²/dy²) v with x
/// along its line, rid of the cell before (Thomas 1949).
inline void eliminate(const Row& row, float r, std::ptrdiff_t i) {
  const std::ptrdiff_t before = i + row.before, next = i - row.before;
  const std::ptrdiff_t left = i + row.beside, right = i - row.beside;
  const float sum =
      row.given[i] + (r - 0.5F) * row.v[i] + row.to_beside[i] * (row.v[left] - row.v[i]) +
      row.to_beside[right] * (row.v[right] - row.v[i]) + row.to_before[i] * row.u[before];
  const float share =
      1 / (r + 0.5F + row.to_before[i] * (1 - row.upper[before]) + row.to_before[next]);
  row.upper[i] = row.held[i] ? 0 : row.to_before[next] * share;
  row.u[i] = row.held[i] ? row.v[i] : sum * share;
}

/// One round of alternating directions (Peaceman and Rachford 1955).
void alternate(Equation& equation, const WayField::Sheet& sheet, float r,
               std::vector<float>& values) {
  const auto columns = static_cast<std::ptrdiff_t>(sheet.columns);
  const std::size_t last_row = sheet.rows - 1;
  const auto first_of = [&](std::size_t j) { return sheet.begin + j * sheet.columns; };
  std::vector<float>& half_way = equation.half_way;
  for (std::size_t j = 1; j < last_row; ++j) {
    const std::size_t at = first_of(j);
    const Row row{&equation.given[at],
                  &values[at],
                  &equation.to_west[at],
                  &equation.to_south[at],
                  &equation.held[at],
                  &half_way[at],
                  &equation.upper[at],
                  -1,
                  -columns};
    for (std::ptrdiff_t i = 1; i < columns - 1; ++i) eliminate(row, r, i);
    for (std::ptrdiff_t i = columns - 1; i-- > 1;) row.u[i] += row.upper[i] * row.u[i + 1];
  }
  // Columns side by side, so that memory is read in order.
  for (std::size_t j = 1; j < last_row; ++j) {
    const std::size_t at = first_of(j);
    const Row row{&equation.given[at],   &half_way[at],      &equation.to_south[at],
                  &equation.to_west[at], &equation.held[at], &values[at],
                  &equation.upper[at],   -columns,           -1};
#pragma GCC ivdep
    for (std::ptrdiff_t i = 1; i < columns - 1; ++i) eliminate(row, r, i);
  }
  for (std::size_t j = last_row; j-- > 1;) {
    const std::size_t at = first_of(j);
    const float *upper = &equation.upper[at], *next = &values[at + sheet.columns];
    float* u = &values[at];
    for (std::ptrdiff_t i = 1; i < columns - 1; ++i) u[i] += upper[i] * next[i];
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
  Equation equation = equation_of(field, held);
  // Where there is no way, for the time of solving.
  for (std::size_t cell = 0; cell < values.size(); ++cell) {
    if (!(values[cell] < no_way)) values[cell] = 0;
  }
  for (const WayField::Sheet& sheet : field.sheets) {
    // Waves of every length between the sheet and a cell have a round that damps them.
    const double least = 0.5, most = 0.5 + 4 * static_cast<double>(strength(sheet));
    for (int round = 0; round < rounds; ++round) {
      const double r = least * std::pow(most / least, (round + 0.5) / rounds);
      alternate(equation, sheet, static_cast<float>(r), values);
    }
  }
  for (std::size_t cell = 0; cell < values.size(); ++cell) {
    if (!(field.distance_m[cell] < no_way)) values[cell] = no_way;
  }
  return values;
}

}  // namespace kontwin::crowd
