#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/import/osm_hours.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace osmium {
class Relation;
}

namespace kontwin {

/// A rule about turns, as a relation has it.
struct OsmRestriction {
  std::int64_t id = 0;
  std::string rule;  ///< `no_left_turn`, `only_straight_on`
  traffic::VehicleKinds kinds = traffic::all_vehicles;
  std::vector<std::int64_t> from, to, via_ways;
  std::int64_t via_node = 0;  ///< 0: over ways
};

/// Is told of each rule that is left out, and of each that holds at times: why in two or three
/// words
/// (`restriction`, `rule at times`), which relation, and what about it.
using OsmRestrictionNote =
    std::function<void(const std::string& why, std::int64_t relation, const std::string& text)>;

/// The rules of a relation: one of `restriction`, and one of each `restriction:hgv` and the like;
/// none where its type is another. Those in `except` are left out of the kinds. Rules at times
/// (`restriction:conditional`, `day_on`, `hour_on`) are taken where they hold at a moment, for
/// good, instead of what else the relation says for the same vehicles; left out where no moment is
/// given or their condition is more than hours; and told in any case. Rules that are not understood
/// and those that name no from, via and to are left out and told.
std::vector<OsmRestriction> read_osm_restrictions(const osmium::Relation& relation,
                                                  const std::optional<LocalMoment>& at,
                                                  const OsmRestrictionNote& note);

/// The links that lead on where a link ends, but for the one back.
using OsmLinksOnward = std::function<std::vector<std::uint32_t>(std::uint32_t link)>;
/// The links of some ways, in either direction.
using OsmLinksOfWays = std::function<std::vector<std::uint32_t>(std::span<const std::int64_t>)>;

/// What a rule over ways is about: the shortest chain from a link of its `from` over those of `via`
/// into one of its `to`; of `no_entry` and `no_exit` one for each pair of them. Empty where they do
/// not follow each other.
std::vector<std::vector<std::uint32_t>> chains_of(const OsmRestriction& rule,
                                                  const OsmLinksOfWays& links_of,
                                                  const OsmLinksOnward& onward);

/// A turn over the node of a rule, from a link of its `from` into one of its `to`.
struct OsmTurn {
  std::uint32_t from = 0, to = 0;
  bool back = false;     ///< into the link the other way
  double angle_deg = 0;  ///< left above 0
};

/// Which of all turns over its node a rule means: a way that goes on over the junction makes
/// several, and the name of the rule tells. Empty where that is not clear.
std::vector<OsmTurn> turns_meant(const OsmRestriction& rule, std::vector<OsmTurn> turns);

}  // namespace kontwin
