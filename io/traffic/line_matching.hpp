#pragma once

#include <optional>
#include <span>
#include <vector>

#include "io/traffic/link_finder.hpp"

namespace kontwin::traffic {

/// A place that a line of public transport passes, or stops at.
struct LinePoint {
  LocalPoint place;
  bool stops = true;  ///< false: only drawn on the map
};

/// A line on the network.
struct MatchedLine {
  std::vector<std::uint32_t> links;  ///< the route, without gaps
  struct At {
    std::uint32_t leg = no_row;  ///< of `links`; no_row: no link near, or no way there
    double along = 0;
    double away_m = 0;
  };
  std::vector<At> points;  ///< [point]
};

/// Finds the route of a line: of all routes over links within `reach_m` of its points the one with
/// the least driven metres, plus five for each metre between a point and its link, plus 50 for a
/// stop on the other side of the road (the hidden Markov matching of Newson and Krumm 2009, with
/// the shortest way between two points as the likeliest). A point with no link near is left out,
/// and one to which no way leads from those before. Nothing where fewer than two stops are left.
class LineMatcher {
 public:
  LineMatcher(const Network& network, VehicleKind kind, double reach_m);
  std::optional<MatchedLine> match(std::span<const LinePoint> points);

 private:
  struct Candidate {
    LinkPlace at;
    double cost = 0;                   ///< of the best way here
    std::uint32_t before = no_row;     ///< candidate of the layer before
    std::vector<std::uint32_t> links;  ///< from there, without that one's own link
  };
  struct Layer {
    std::size_t point = 0;
    std::vector<Candidate> candidates;
  };
  double own_cost(const LinkPlace& place, bool stops) const;
  bool connect(const Layer& from, Layer& to);
  void search(const LinkPlace& from, double most_m);

  const Network& network_;
  VehicleKind kind_;
  double reach_m_;
  LinkFinder finder_;
  // Of the last search: metres from its start to the start of a link, and the link before.
  std::vector<double> metres_;
  std::vector<std::uint32_t> before_, stamp_;
  std::uint32_t searches_ = 0;
};

}  // namespace kontwin::traffic
