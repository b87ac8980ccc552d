#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/import/entities.hpp"

namespace kontwin {

/// Turns the fields of one entity, as a file names them, into a record. CSV and GeoJSON share it;
/// they differ in how they name the place of an error.
class EntityFields {
 public:
  /// Throws the file's own error for a field.
  using Fail = std::function<void(const std::string& field, const std::string& reason)>;

  EntityFields(WorldParts& parts, const EntityFileOptions& options, std::string file_name);

  /// A field that is one of the fixed ones (`kind`, `id`, `name`, ...).
  static bool is_fixed(std::string_view field);
  /// A field that is an attribute which a file may give. Not those that point to rows.
  static bool is_attribute(std::string_view field);
  /// The known field that is nearest to a misspelt one, as a hint: ` (did you mean 'beds'?)`.
  static std::string hint(std::string_view field);

  /// What a file says of one entity. Empty texts: not said.
  struct Entity {
    std::string kind, id, name, provenance, commune;
    LocalPoint place;
    double area_m2 = 0;  ///< of its outline; 0 without one
    std::vector<std::pair<std::string, double>> attributes;
    std::string where;  ///< `line 12`, for the message about an id used twice
  };
  /// Checks and appends an entity.
  void append(Entity entity, const Fail& fail);

  LocalPoint place_of(GeoPoint point, const Fail& fail) const;
  LocalPoint place_of(Vn2000Point point, const std::string& zone, const Fail& fail);

 private:
  WorldParts& parts_;
  const EntityFileOptions& options_;
  std::uint32_t source_;
  std::map<std::string, std::string> seen_;                 // URN, where it was
  std::map<std::pair<double, double>, Vn2000> converters_;  // meridian and scale
};

}  // namespace kontwin
