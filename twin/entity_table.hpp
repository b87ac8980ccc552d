#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twin/geometry.hpp"
#include "twin/kind.hpp"
#include "twin/provenance.hpp"
#include "twin/schema.hpp"

namespace kontwin {

/// One entity, as importers hand it over.
struct EntityRecord {
  std::string urn;  ///< `urn:ngsi-ld:RiverGauge:69702`
  std::string name;
  LocalPoint place;
  Provenance provenance = Provenance::synthetic;
  std::uint32_t source = 0;        ///< index into the world's sources
  std::string commune_code;        ///< of the commune it lies in now; empty where not known
  std::vector<double> attributes;  ///< in the order of schema_of(kind).attributes; NaN: not known
};

/// The fixed part of all entities of one kind, as columns of the same length.
struct EntityTable {
  std::vector<std::string> urn;
  std::vector<std::string> name;
  std::vector<LocalPoint> place;
  std::vector<Provenance> provenance;
  std::vector<std::uint32_t> source;
  std::vector<std::string> commune_code;
  std::vector<std::vector<double>> attributes;  ///< [attribute][row]

  std::size_t size() const { return urn.size(); }
  double attribute(std::size_t attribute_index, std::size_t row) const {
    return attributes[attribute_index][row];
  }
  std::span<const double> column(std::size_t attribute_index) const {
    return attributes[attribute_index];
  }
};

/// Makes a URN in the NGSI-LD style: `urn:ngsi-ld:<type of the kind>:<local id>`.
std::string make_urn(Kind kind, std::string_view local_id);

}  // namespace kontwin
