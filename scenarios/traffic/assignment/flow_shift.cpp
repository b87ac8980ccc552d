#include "scenarios/traffic/assignment/flow_shift.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::traffic {

namespace {

constexpr double unused = -std::numeric_limits<double>::infinity();
/// Newton steps at one pair of ways; the next walk goes on where they end.
constexpr int most_steps = 4;
/// The share of a difference in cost that is left to the next walk.
constexpr double good_enough = 0.2;

/// Cheapest ways over all links of the bush and dearest ways over those in use, with the last link
/// of each. Returns the excess cost.
double label(const Bush& bush, std::span<const PricedLink> links, ShiftScratch& scratch) {
  const std::size_t places = bush.places();
  scratch.least.resize(places);
  scratch.most.resize(places);
  scratch.least_in.resize(places);
  scratch.most_in.resize(places);
  double* const least = scratch.least.data();
  double* const most = scratch.most.data();
  least[0] = 0;
  most[0] = 0;
  double excess = 0;
  for (std::size_t place = 1; place < places; ++place) {
    const std::uint32_t begin = bush.in_begin[place];
    const std::uint32_t end = bush.in_begin[place + 1];
    const double cost = links[bush.in_link[begin]].cost;
    const std::uint32_t tail = bush.in_tail[begin];
    double cheapest = least[tail] + cost;
    double dearest = bush.in_flow[begin] > 0 ? most[tail] + cost : unused;
    std::uint32_t cheapest_in = begin;
    std::uint32_t dearest_in = begin;
    if (end - begin > 1) {
      for (std::uint32_t in = begin + 1; in < end; ++in) {
        const double more = links[bush.in_link[in]].cost;
        const std::uint32_t from = bush.in_tail[in];
        const double way = least[from] + more;
        if (way < cheapest) {
          cheapest = way;
          cheapest_in = in;
        }
        if (bush.in_flow[in] > 0 && most[from] + more > dearest) {
          dearest = most[from] + more;
          dearest_in = in;
        }
      }
      for (std::uint32_t in = begin; in < end; ++in) {
        if (bush.in_flow[in] > 0) {
          excess += bush.in_flow[in] *
                    (least[bush.in_tail[in]] + links[bush.in_link[in]].cost - cheapest);
        }
      }
    }
    least[place] = cheapest;
    most[place] = dearest;
    scratch.least_in[place] = cheapest_in;
    scratch.most_in[place] = dearest_in;
  }
  return excess;
}

/// The links of both ways back to the nearest place that both pass.
void find_segments(const Bush& bush, std::uint32_t place, ShiftScratch& scratch) {
  scratch.dear.assign(1, scratch.most_in[place]);
  scratch.cheap.assign(1, scratch.least_in[place]);
  std::uint32_t dear = bush.in_tail[scratch.dear.back()];
  std::uint32_t cheap = bush.in_tail[scratch.cheap.back()];
  while (dear != cheap) {
    if (dear > cheap) {
      scratch.dear.push_back(scratch.most_in[dear]);
      dear = bush.in_tail[scratch.dear.back()];
    } else {
      scratch.cheap.push_back(scratch.least_in[cheap]);
      cheap = bush.in_tail[scratch.cheap.back()];
    }
  }
}

void add_flow(Bush& bush, std::span<const std::uint32_t> segment, double flow,
              std::span<PricedLink> links, const LinkCosts& costs) {
  for (const std::uint32_t in : segment) {
    PricedLink& link = links[bush.in_link[in]];
    bush.in_flow[in] += flow;
    link.flow = std::max(0.0, link.flow + flow);
    price(link, costs);
  }
}

struct Segment {
  double cost = 0, slope = 0, flow = std::numeric_limits<double>::infinity();
};
Segment sum_of(const Bush& bush, std::span<const std::uint32_t> segment,
               std::span<const PricedLink> links) {
  Segment sum;
  for (const std::uint32_t in : segment) {
    const PricedLink& link = links[bush.in_link[in]];
    sum.cost += link.cost;
    sum.slope += link.slope;
    sum.flow = std::min(sum.flow, bush.in_flow[in]);
  }
  return sum;
}

void equalise(Bush& bush, std::uint32_t place, std::span<PricedLink> links, const LinkCosts& costs,
              ShiftScratch& scratch) {
  find_segments(bush, place, scratch);
  double first = 0;
  for (int step = 0; step < most_steps; ++step) {
    const Segment dear = sum_of(bush, scratch.dear, links);
    const Segment cheap = sum_of(bush, scratch.cheap, links);
    const double difference = dear.cost - cheap.cost;
    if (step == 0) first = std::abs(difference);
    if (difference == 0 || (step > 0 && std::abs(difference) < good_enough * first)) return;
    const double slope = dear.slope + cheap.slope;
    const double room = difference > 0 ? dear.flow : cheap.flow;
    const double moved = slope > 0 ? std::min(room, std::abs(difference) / slope) : room;
    if (moved <= 0) return;
    const double onto_cheap = difference > 0 ? moved : -moved;
    add_flow(bush, scratch.dear, -onto_cheap, links, costs);
    add_flow(bush, scratch.cheap, onto_cheap, links, costs);
    if (moved == room) return;
  }
}

}  // namespace

double shift_flows(Bush& bush, std::span<PricedLink> links, const LinkCosts& costs,
                   ShiftScratch& scratch) {
  if (bush.merge.empty()) return 0;
  const double excess = label(bush, links, scratch);
  for (std::size_t i = bush.merge.size(); i-- > 0;) {
    const std::uint32_t place = bush.merge[i];
    if (scratch.most_in[place] != scratch.least_in[place] && scratch.most[place] != unused) {
      equalise(bush, place, links, costs, scratch);
    }
  }
  return excess;
}

}  // namespace kontwin::traffic
