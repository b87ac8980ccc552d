#include "io/flood/sfincs_cells.hpp"

#include <bit>
#include <cmath>
#include <fstream>
#include <limits>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double most_cells = 1e8;

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

/// The size of a file in bytes.
std::uintmax_t size_of(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw FileError(path.string(), "cannot be opened");
  return size;
}

GridShape shape_of(const SfincsInput& input) {
  const auto whole = [&](const std::string& name) {
    const auto value = input.number(name, 1, most_cells);
    if (!value) input.fail(name, "the keyword '" + name + "' is missing");
    if (*value != std::floor(*value)) input.fail(name, "'" + name + "' must be a whole number");
    return *value;
  };
  const double columns = whole("mmax");
  const double rows = whole("nmax");
  if (columns * rows > most_cells) input.fail("nmax", "the grid has more than 100 million cells");
  const auto cell_m = input.number("dx", 1e-3, 1e5);
  if (!cell_m) input.fail("dx", "the keyword 'dx' is missing");
  // Files hold sizes and angles that were computed, and are off by some rounding.
  constexpr double same = 1e-6;
  if (std::abs(input.number("dy", 1e-3, 1e5).value_or(*cell_m) - *cell_m) > same * *cell_m) {
    input.fail("dy", "'dy' is not 'dx': this program has square cells only");
  }
  if (input.flag("crsgeo").value_or(false)) {
    input.fail("crsgeo", "the grid is in degrees: this program has grids in metres only");
  }
  constexpr double far_m = 1e9;
  return {.left_m = input.number("x0", -far_m, far_m).value_or(0),
          .bottom_m = input.number("y0", -far_m, far_m).value_or(0),
          .cell_m = *cell_m,
          .columns = static_cast<std::size_t>(columns),
          .rows = static_cast<std::size_t>(rows)};
}

std::string place_of(const GridShape& shape, std::size_t cell) {
  return "the cell in row " + std::to_string(cell / shape.columns + 1) +
         " from the south, column " + std::to_string(cell % shape.columns + 1);
}

}  // namespace

SfincsCells::SfincsCells(const SfincsInput& input)
    : shape_(shape_of(input)),
      turn_{input.number("rotation", -360, 360).value_or(0), {shape_.left_m, shape_.bottom_m}} {
  const std::string format = input.text("inputformat").value_or("bin");
  if (format != "bin" && format != "asc") {
    input.fail("inputformat", "'inputformat' is '" + format + "', and is none of: bin, asc");
  }
  binary_ = format == "bin";
  const auto file = input.required_file("mskfile");
  std::vector<float> values;
  if (binary_) {
    read_index(input.required_file("indexfile"));
    mask_.assign(shape_.cells(), inactive);
    const auto taken = numbers<std::uint8_t>(file, cells_.size());
    for (std::size_t i = 0; i < taken.size(); ++i) mask_[cells_[i]] = taken[i];
  } else {
    for (const float value : text_values(file)) {
      mask_.push_back(value == std::floor(value) && value >= 0 && value <= 255
                          ? static_cast<std::uint8_t>(value)
                          : std::uint8_t{255});
    }
  }
  bool any = false;
  for (std::size_t cell = 0; cell < mask_.size(); ++cell) {
    any = any || mask_[cell] != inactive;
    if (mask_[cell] <= outflow) continue;
    throw FileError(file.string(),
                    place_of(shape_, cell) + " has the mask " + std::to_string(mask_[cell]) +
                        ", and this program knows 0 (inactive), 1 (active), 2 (water "
                        "level) and 3 (outflow)");
  }
  if (!any) throw FileError(file.string(), "no cell is active");
}

void SfincsCells::read_index(const std::filesystem::path& path) {
  const std::uintmax_t bytes = size_of(path);
  if (bytes < 8 || bytes % 4 != 0 || bytes / 4 - 1 > shape_.cells()) {
    throw FileError(path.string(), "is no index of cells of this grid: it has " +
                                       std::to_string(bytes) + " bytes");
  }
  const auto index = numbers<std::uint32_t>(path, bytes / 4);
  if (index.front() != index.size() - 1) {
    throw FileError(path.string(), "says that " + std::to_string(index.front()) +
                                       " cells follow, and there are " +
                                       std::to_string(index.size() - 1));
  }
  std::vector<char> seen(shape_.cells(), 0);
  for (std::size_t i = 1; i < index.size(); ++i) {
    // From 1 on, column by column, each from the south.
    const std::size_t number = std::size_t{index[i]} - 1;
    if (index[i] == 0 || number >= shape_.cells() || seen[number] != 0) {
      throw FileError(path.string(),
                      "cell " + std::to_string(index[i]) + " is not on the grid or comes twice");
    }
    seen[number] = 1;
    cells_.push_back(shape_.at(number / shape_.rows, number % shape_.rows));
  }
}

template <typename Number>
std::vector<Number> SfincsCells::numbers(const std::filesystem::path& path,
                                         std::size_t count) const {
  if (size_of(path) != count * sizeof(Number)) {
    throw FileError(path.string(), "has " + std::to_string(size_of(path)) +
                                       " bytes, and must have " +
                                       std::to_string(count * sizeof(Number)) + ": " +
                                       std::to_string(sizeof(Number)) +
                                       " for each cell of the index (inputformat = bin)");
  }
  std::vector<Number> values(count);
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(values.data()),
                 static_cast<std::streamsize>(count * sizeof(Number)))) {
    throw FileError(path.string(), "cannot be read");
  }
  return values;
}

std::vector<float> SfincsCells::text_values(const std::filesystem::path& path) const {
  std::vector<float> values;
  for (const WordLine& line : read_words(path, false)) {
    if (values.size() + line.words.size() > shape_.cells()) {
      throw FileError(
          path.string(), line.number,
          "the file holds more than the " + std::to_string(shape_.cells()) + " values of the grid");
    }
    for (std::size_t word = 0; word < line.words.size(); ++word) {
      values.push_back(static_cast<float>(number_of(path, line, word)));
    }
  }
  if (values.size() != shape_.cells()) {
    throw FileError(path.string(), "holds " + std::to_string(values.size()) +
                                       " values, and the grid has " +
                                       std::to_string(shape_.cells()) + " cells");
  }
  return values;
}

Raster<float> SfincsCells::read(const std::filesystem::path& path, double low, double high) const {
  Raster<float> raster(shape_, std::numeric_limits<float>::quiet_NaN());
  if (binary_) {
    const auto values = numbers<float>(path, cells_.size());
    for (std::size_t i = 0; i < values.size(); ++i) raster.values[cells_[i]] = values[i];
  } else {
    raster.values = text_values(path);
  }
  for (std::size_t cell = 0; cell < mask_.size(); ++cell) {
    float& value = raster.values[cell];
    if (mask_[cell] == inactive) {
      value = std::numeric_limits<float>::quiet_NaN();
    } else if (!(value >= low && value <= high)) {
      throw FileError(path.string(), place_of(shape_, cell) + " is active and has the value " +
                                         std::to_string(value) + ", which does not lie between " +
                                         std::to_string(low) + " and " + std::to_string(high));
    }
  }
  return raster;
}

}  // namespace kontwin::flood
