#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// The parts that a network is made of, again: sealed, they give the same network.
NetworkParts parts_of(const Network& network);

/// A road to be built between two junctions that are there.
struct AddedRoad {
  LinkPart link;
  bool oneway = false;  ///< else a link back is built as well, named `<id>-back`
};

/// A network like this one with roads added at the end of its links. All turns between a new link
/// and those of other roads are allowed. Where it meets a signal, its turns have green, and give
/// way, with the approach on its axis (within 45 degrees, either way), and turns into it with the
/// others of their approach; on no approach's axis the signal does not rule it, and its turns give
/// way to all that conflict (repair `no green`). Elsewhere the rules of the road say who
/// goes first, as if the junction were new. Throws WorldError for an id that is there already.
std::shared_ptr<const Network> with_roads(const Network& network, std::span<const AddedRoad> added,
                                          std::vector<Repair>* repairs = nullptr);

}  // namespace kontwin::traffic
