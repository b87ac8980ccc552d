#pragma once

#include <cstdint>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace kontwin::testing {

/// The maps of a case of SFINCS over a grid of `columns` x `rows` cells, as text or as binary
/// numbers for the cells that `mask` has above 0. Rows count from the south.
struct SfincsMaps {
  int columns = 0, rows = 0;
  std::function<int(int column, int row)> mask;

  std::string text(const std::function<double(int column, int row)>& value) const {
    std::ostringstream lines;
    lines.precision(8);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) lines << value(column, row) << ' ';
      lines << '\n';
    }
    return lines.str();
  }
  /// Column by column, each from the south.
  template <typename Number>
  std::string binary(const std::function<double(int column, int row)>& value) const {
    std::string bytes;
    for (int column = 0; column < columns; ++column) {
      for (int row = 0; row < rows; ++row) {
        if (mask(column, row) == 0) continue;
        const auto number = static_cast<Number>(value(column, row));
        bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
      }
    }
    return bytes;
  }
  std::string index() const {
    std::vector<std::uint32_t> numbers{0};
    for (int column = 0; column < columns; ++column) {
      for (int row = 0; row < rows; ++row) {
        if (mask(column, row) == 0) continue;
        numbers.push_back(static_cast<std::uint32_t>(column * rows + row + 1));
      }
    }
    numbers.front() = static_cast<std::uint32_t>(numbers.size() - 1);
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * 4};
  }
};

}  // namespace kontwin::testing
