#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/csv_reader.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// A folder of compact CSV sources that a world is made from. Each row of a table names how far it
/// may be believed (`provenance`: fact, derived or synthetic) and where it comes from (`source`: an
/// id of the folder's sources.csv).
class AssetFolder {
 public:
  /// Reads sources.csv (columns id, title, license) and adds its rows to `parts.sources`. Throws
  /// FileError when `folder` is not a folder, or the file is missing or bad.
  AssetFolder(std::filesystem::path folder, WorldParts& parts);

  std::filesystem::path path(std::string_view file) const { return folder_ / file; }

  /// Reads one table, with the columns `provenance` and `source` required besides `columns`. Throws
  /// FileError as CsvTable::read does.
  CsvTable table(std::string_view file, std::vector<std::string> columns) const;

  /// The index into WorldParts::sources of the row's `source`. Throws FileError at the row when
  /// sources.csv does not list it.
  std::uint32_t source(const CsvTable& table, std::size_t row) const;
  /// The row's `provenance`. Throws FileError at the row when it is none of the three words.
  static Provenance provenance(const CsvTable& table, std::size_t row);
  /// The row's `lat` and `lon`, degrees. Throws FileError at the row when one is missing, not a
  /// number, or off the globe.
  static GeoPoint place(const CsvTable& table, std::size_t row);
  /// The row's text in `column`. Throws FileError at the row when it is empty.
  static const std::string& required_text(const CsvTable& table, std::size_t row,
                                          std::string_view column);

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::uint32_t, std::less<>> sources_;
};

}  // namespace kontwin
