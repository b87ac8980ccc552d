#pragma once

#include <string>
#include <vector>

#include "twin/world.hpp"

namespace kontwin::synthesis {

/// The communes in force since July 2025, to be asked which one a place lies in.
class CommuneIndex {
 public:
  explicit CommuneIndex(const WorldParts& parts);

  struct Commune {
    std::string code;
    std::string name;
    LocalPoint center;
    double population = 0;
    const std::vector<LocalPoint>* outline = nullptr;
  };
  const std::vector<Commune>& communes() const { return communes_; }
  /// The commune whose outline holds the point; where none does, the one with the nearest centre,
  /// the centres of the units it was made from included.
  std::size_t of(LocalPoint point) const;
  const std::string& code_of(LocalPoint point) const { return communes_[of(point)].code; }

 private:
  std::vector<Commune> communes_;
  std::vector<std::pair<LocalPoint, std::size_t>> sites_;
};

/// The communes, wards and townships of June 2025, in the order of the world's units.
std::vector<const AdminUnit*> communes_of_june_2025(const WorldParts& parts);

}  // namespace kontwin::synthesis
