#pragma once

#include <filesystem>

#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Writes a network as SUMO's plain XML: `<base>.nod.xml`, `.edg.xml`, `.con.xml` and `.tll.xml`. A
/// net file is made of them by
///
///     netconvert -n B.nod.xml -e B.edg.xml -x B.con.xml -i B.tll.xml -o B.net.xml
///
/// (with `--lefthand` where one drives on the left). netconvert works out the right of way again,
/// from the junctions' types and the links' priorities. A stage of up to 6 s that ends a
/// green which an earlier one began is its yellow. A max-pressure signal becomes an actuated one.
/// Throws FileError.
void write_sumo_network(const std::filesystem::path& base, const Network& network);

/// Writes trips as a route file of SUMO: their types, then a `vehicle` with its route or a `trip`
/// each, in their order. What SUMO has no word for (`room_pcu`, `flow_pcu`, `narrow`) is written as
/// `param`s, so that read_sumo_routes gives the same table back. Throws FileError.
void write_sumo_routes(const std::filesystem::path& path, const TripTable& trips,
                       const Network& network);

}  // namespace kontwin::traffic
