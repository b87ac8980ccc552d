#pragma once

#include <memory>

#include "twin/world.hpp"

namespace kontwin::testing {

/// A source and a flat terrain of `columns` x `rows` cells, to build test worlds on.
WorldParts empty_parts(std::size_t columns = 40, std::size_t rows = 40, double cell_m = 50,
                       float elevation_m = 100);

/// A town of `size` x `size` junctions, 200 m apart, with streets both ways (30 km/h, one lane,
/// 900 veh/h) on flat ground of 20 m cells at 100 m named `town`, and at its corners and centre: a
/// river gauge (BĐ 101/102/103), a rain gauge, a hospital, a shelter for 500 and one for 2,000, a
/// school, a reservoir, a traffic counter, and a block of 100 people in 25 households at each
/// junction. URNs: `urn:ngsi-ld:<Type>:test-<n>`.
WorldParts town_parts(std::size_t size = 5);
std::shared_ptr<const World> town(std::size_t size = 5);

/// Appends a link to `parts` between two junctions, straight; its row.
std::uint32_t link(WorldParts& parts, std::uint32_t from, std::uint32_t to,
                   double speed_mps = 30 / 3.6, double capacity_vph = 900, double lanes = 1);
/// Appends a junction; its row.
std::uint32_t junction(WorldParts& parts, LocalPoint place);

}  // namespace kontwin::testing
