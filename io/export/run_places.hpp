#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "io/run/run_file.hpp"
#include "twin/local_frame.hpp"

namespace kontwin {

/// Names and places of the entities that a run's lists name, read once a kind.
class RunPlaces {
 public:
  /// The run must outlive this.
  explicit RunPlaces(const RunFile& run) : run_(run), frame_(run.header().origin) {}

  struct Place {
    std::string urn, name, commune;
    GeoPoint point;
  };
  /// Throws FileError where the run does not hold the entity.
  Place of(EntityRef ref);

 private:
  struct Kinds {
    std::vector<std::string> urns, names, communes;
    std::vector<LocalPoint> places;
  };
  const RunFile& run_;
  LocalFrame frame_;
  std::array<std::optional<Kinds>, kind_count> kinds_;
};

/// A field of a CSV line, quoted where it has to be (RFC 4180).
std::string csv_field(const std::string& text);

}  // namespace kontwin
