#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "io/hdf5/file.hpp"
#include "twin/geometry.hpp"

namespace kontwin::hdf5 {

/// Writes a column of numbers, texts, points (two numbers a row) or enumerators of one byte.
template <typename Value>
void write_column(File& file, const std::string& name, const std::vector<Value>& values) {
  if constexpr (std::is_same_v<Value, std::string>) {
    file.write_texts(name, values);
  } else if constexpr (std::is_same_v<Value, LocalPoint>) {
    static_assert(sizeof(LocalPoint) == 2 * sizeof(double));
    const auto* numbers = reinterpret_cast<const double*>(values.data());
    file.write(name, std::span(numbers, 2 * values.size()), 2);
  } else if constexpr (std::is_enum_v<Value>) {
    static_assert(sizeof(Value) == 1);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
    file.write(name, std::span(bytes, values.size()));
  } else {
    file.write(name, std::span<const Value>(values));
  }
}

/// Reads one back.
template <typename Value>
std::vector<Value> read_column(const File& file, const std::string& name) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return file.read_texts(name);
  } else if constexpr (std::is_same_v<Value, LocalPoint>) {
    const auto numbers = file.read<double>(name);
    std::vector<LocalPoint> points(numbers.size() / 2);
    for (std::size_t i = 0; i < points.size(); ++i) {
      points[i] = {numbers[2 * i], numbers[2 * i + 1]};
    }
    return points;
  } else if constexpr (std::is_enum_v<Value>) {
    const auto bytes = file.read<std::uint8_t>(name);
    std::vector<Value> values(bytes.size());
    std::ranges::transform(bytes, values.begin(),
                           [](std::uint8_t byte) { return static_cast<Value>(byte); });
    return values;
  } else {
    return file.read<Value>(name);
  }
}

}  // namespace kontwin::hdf5
