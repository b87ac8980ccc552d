#pragma once

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twin/geometry.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// A table of a TOML file that is read field by field against a schema: a field of the wrong type,
/// a number out of its range, a missing one and, at the end, one that nobody asked for (a misspelt
/// one) each throw FileError with file, line, field and reason.
class TomlReader {
 public:
  /// Reads a file; its root table. Throws FileError when it cannot be opened or is not TOML.
  static TomlReader read(const std::filesystem::path& path);

  std::optional<std::string> text(std::string_view field);
  std::string required_text(std::string_view field);
  std::optional<double> number(std::string_view field, double minimum = -HUGE_VAL,
                               double maximum = HUGE_VAL);
  double required_number(std::string_view field, double minimum = -HUGE_VAL,
                         double maximum = HUGE_VAL);
  /// A whole number.
  std::optional<std::int64_t> whole(std::string_view field, std::int64_t minimum,
                                    std::int64_t maximum);
  std::optional<bool> flag(std::string_view field);
  /// `"15min"`.
  std::optional<Duration> duration(std::string_view field);
  /// `"2025-11-18T03:00:00+07:00"` or a TOML date-time with an offset.
  std::optional<Instant> instant(std::string_view field);
  /// `[longitude, latitude]`.
  std::optional<GeoPoint> place(std::string_view field);
  /// `[[longitude, latitude], ...]`.
  std::vector<GeoPoint> places(std::string_view field);
  /// `[1.5, 2, ...]`, finite.
  std::vector<double> numbers(std::string_view field);
  /// `[[x, y], ...]`, metres.
  std::vector<LocalPoint> points(std::string_view field);
  /// A list of such lists.
  std::vector<std::vector<LocalPoint>> rings(std::string_view field);
  std::vector<std::string> texts(std::string_view field);
  /// `[["2025-11-18T03:00:00+07:00", 12.5], ...]`, moments rising. With a start also times after
  /// it: `[["90min", 12.5], ...]`.
  std::vector<std::pair<Instant, double>> series(std::string_view field,
                                                 const std::optional<Instant>& start = {});
  /// `[["2025-11-18T03:00:00+07:00", "rain-03.tif"], ...]`, the same.
  std::vector<std::pair<Instant, std::string>> moments(std::string_view field,
                                                       const std::optional<Instant>& start = {});
  /// `[[515.0, 1.2e6], ...]`, all finite.
  std::vector<std::pair<double, double>> pairs(std::string_view field);
  std::optional<TomlReader> table(std::string_view field);
  std::vector<TomlReader> tables(std::string_view field);

  /// True when the table has this field.
  bool has(std::string_view field) const;
  /// True when it has it, and it is a text.
  bool is_text(std::string_view field) const;
  /// True when it has it, and it is a number.
  bool is_number(std::string_view field) const;
  /// The line of the file where the table begins.
  long line() const;
  /// Throws FileError for the first field that was never asked for, with the nearest known name.
  void finish() const;
  /// Throws FileError at a field, or at the table itself where `field` is empty.
  [[noreturn]] void fail(std::string_view field, const std::string& reason) const;

  const std::filesystem::path& path() const;
  /// A path in the file is relative to the file's own folder.
  std::filesystem::path resolve(const std::string& relative) const;

 private:
  struct Impl;
  explicit TomlReader(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

}  // namespace kontwin
