#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// A list that a run leaves: a row for each thing that it is about, its figures in columns.
struct RunTable {
  /// The unit of a column of moments: UTC, as CF and UDUNITS write it.
  static constexpr std::string_view moment = "s since 1970-01-01T00:00:00Z";

  struct Column {
    std::string id;  ///< `mean_energy_kj`
    std::string label_vi, label_en;
    std::string unit;                 ///< empty for a plain number or a name
    std::vector<std::string> names;   ///< of the values 0, 1, ...; empty: numbers
    std::vector<double> values = {};  ///< [row]; NaN: does not apply
    friend bool operator==(const Column&, const Column&) = default;
  };

  std::string id;  ///< `rockfall`
  std::string label_vi, label_en;
  std::vector<EntityRef> of = {};   ///< [row] the entity that the row is about
  std::vector<LocalPoint> at = {};  ///< [row] where
  std::vector<Column> columns = {};

  std::size_t rows() const { return of.size(); }
  friend bool operator==(const RunTable&, const RunTable&) = default;
};

}  // namespace kontwin
