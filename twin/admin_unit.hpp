#pragma once

#include <optional>
#include <string>
#include <vector>

#include "twin/geometry.hpp"
#include "twin/provenance.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// The level of an administrative unit.
enum class AdminLevel : std::uint8_t { province, district, commune };

/// An administrative unit as it was in force over a span of time. Units are versioned data: the
/// same ground belonged to one of 102 communes until 30 June 2025 and to one of 40 since.
struct AdminUnit {
  std::string code;  ///< the statistics office's code, `23293`
  std::string name;  ///< `Phường Quang Trung`
  AdminLevel level = AdminLevel::commune;
  std::optional<Instant> valid_from;   ///< nothing: since before the world's earliest data
  std::optional<Instant> valid_until;  ///< exclusive; nothing: still in force
  std::string parent_code;             ///< empty for the province
  std::string successor_code;          ///< the unit that took it in when it ended; empty otherwise
  LocalPoint center;
  std::vector<LocalPoint> outline;  ///< a ring; may be empty where it is not known
  double population = 0;
  Provenance provenance = Provenance::fact;
  std::uint32_t source = 0;  ///< index into World::sources()

  bool in_force(Instant at) const {
    return (!valid_from || *valid_from <= at) && (!valid_until || at < *valid_until);
  }
};

}  // namespace kontwin
