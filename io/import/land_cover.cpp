#include "io/import/land_cover.hpp"

namespace kontwin {

const RoughnessTable& worldcover_roughness() {
  static const RoughnessTable table{
      {10, 0.100F},   // tree cover
      {20, 0.070F},   // shrubland
      {30, 0.035F},   // grassland
      {40, 0.040F},   // cropland
      {50, 0.080F},   // built-up: flow between houses
      {60, 0.030F},   // bare or sparse vegetation
      {70, 0.025F},   // snow and ice
      {80, 0.030F},   // permanent water
      {90, 0.060F},   // herbaceous wetland
      {95, 0.140F},   // mangroves
      {100, 0.030F},  // moss and lichen
  };
  return table;
}

}  // namespace kontwin
