#pragma once

#include <string>
#include <vector>

#include "twin/geometry.hpp"
#include "twin/provenance.hpp"

namespace kontwin {

/// A river as a line of stations, from its source to its mouth. Bed heights never rise downstream.
struct River {
  std::string name;        ///< `Đăk Bla`
  std::string flows_into;  ///< the name of the river it joins; empty at the world's edge
  std::vector<LocalPoint> line;
  std::vector<float> bed_m;         ///< height of the bed at each point of the line
  std::vector<float> width_m;       ///< bank-full width at each point
  std::vector<float> bank_depth_m;  ///< from the bed to the banks' top at each point
  Provenance provenance = Provenance::derived;
  std::uint32_t source = 0;  ///< index into World::sources()
};

}  // namespace kontwin
