#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/import/import_report.hpp"
#include "scenarios/traffic/assignment/assignment_network.hpp"
#include "twin/geometry.hpp"

// The text format of the Transportation Networks for Research repository (TNTP), in which the
// research community keeps its test networks. Nodes are numbered from 1 in files and from 0 here.
// Comments run from `~` to the end of the line; fields may stand apart by any blanks; `;` at the
// end of a line may be missing; metadata that is not known is skipped.

namespace kontwin {

/// How tolls and lengths weigh in the cost of a link; each network's own page says what to take.
struct TntpWeights {
  double toll = 0;    ///< cost a unit of toll
  double length = 0;  ///< cost a unit of length
};

/// A network file (`_net.tntp`): zones are the first nodes.
struct TntpNetwork {
  traffic::AssignmentNetwork network;
  std::size_t zones = 0;
  std::vector<double> length, toll, speed;  ///< [link] as they stand in the file
  std::vector<int> type;                    ///< [link]
};

/// Reads a network. The cost of a link is free_flow_time (1 + b (flow / capacity)^power) + weighted
/// toll and length. Zones below `<FIRST THRU NODE>` are not driven through. Lengths and free-flow
/// times of 0 are kept. Counted and told in `report`, under the names in quotes:
///
/// - `no capacity`: a capacity that is not above 0 where the flow would matter; the cost is then
///   constant.
/// - `loops`: a link from a node to itself; left out.
/// - `links counted`: the file has another number of links than its metadata say.
///
/// Throws FileError with file, line and reason.
TntpNetwork read_tntp_network(const std::filesystem::path& path, const TntpWeights& weights = {},
                              ImportReport* report = nullptr);

/// Reads demand (`_trips.tntp`) for a network of so many zones: pairs in the order of the file,
/// those with a flow of 0 left out. Trips from a zone to itself are kept; they use no link. A total
/// other than that of the metadata by more than 0.1 % is told under `total flow`. Throws FileError.
std::vector<traffic::OdFlow> read_tntp_trips(const std::filesystem::path& path, std::size_t zones,
                                             ImportReport* report = nullptr);

/// Where nodes lie (`_node.tntp`), in whatever projection the file is in: x to the east, y to the
/// north. Nodes that the file does not name are NaN. Throws FileError.
std::vector<LocalPoint> read_tntp_nodes(const std::filesystem::path& path, std::size_t nodes);

/// The answer that others found (`_flow.tntp`).
struct TntpFlow {
  std::uint32_t from = 0, to = 0;  ///< nodes
  double flow = 0;
  double cost = 0;
};
std::vector<TntpFlow> read_tntp_flows(const std::filesystem::path& path);

}  // namespace kontwin
