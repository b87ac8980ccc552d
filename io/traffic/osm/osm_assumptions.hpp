#pragma once

#include "io/traffic/osm/osm_extract.hpp"

namespace kontwin::traffic {

/// Lanes and speeds that a road's tags do not give, from those of the same road before and behind
/// it: where a road of the same class and name goes over into another one at their ends, mapped in
/// the same directions. Roads from tertiary up alone, whose pieces are often tagged one by one.
///
/// - Lanes: the fewer of those on both sides; where a one-way road is told of on one side alone as
///   many as there, two at most.
/// - Speed: that on both sides, where it is the same.
///
/// What is left has the lanes and the speed of its class. Each is listed as `lanes assumed` or
/// `speed assumed`.
void assume_lanes_and_speeds(OsmExtract& extract, RepairBook& repairs);

}  // namespace kontwin::traffic
