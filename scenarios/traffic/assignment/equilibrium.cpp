#include "scenarios/traffic/assignment/equilibrium.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "scenarios/traffic/assignment/bush.hpp"
#include "scenarios/traffic/assignment/flow_shift.hpp"
#include "scenarios/traffic/assignment/od_pairs.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

namespace {

/// Origins are cut into this many parts at most, each with working space of its own.
constexpr std::size_t most_parts = 32;
/// Walks over all bushes before ways are looked for anew, and the share of the excess at which that
/// is done earlier.
constexpr int most_walks = 32;
constexpr double walked_enough = 0.03;
/// Rounds without a smaller gap after which rounding is taken to allow no better; only looked at
/// once the gap is below `near_rounding`.
constexpr int patience = 20;
constexpr double near_rounding = 1e-11;
/// A gap that is asked to be smaller than this is asked to be as small as can be.
constexpr double rounding = 1e-15;

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

struct Assignment::Impl {
  Impl(AssignmentNetwork given, std::span<const OdFlow> wanted, ComputeArena& shared,
       Principle principle)
      : network(std::move(given)),
        graph(network),
        pairs(wanted, network.nodes),
        arena(&shared),
        costs(principle == Principle::system_optimum ? network.costs.marginal() : network.costs),
        excess(pairs.origins.size()),
        end_cost(pairs.origins.size()) {
    for (std::size_t link = 0; link < network.links(); ++link) {
      links.push_back(priced_link(costs, link));
    }
    for (std::size_t i = 0; i < pairs.origins.size(); ++i) {
      end_cost[i].resize(pairs.origins[i].node.size());
    }
    scratch.resize(std::min(most_parts, std::max<std::size_t>(1, pairs.origins.size())));
  }

  /// Work on each bush in parallel; `work` gets the origin's position and the part's own space.
  template <typename Work>
  void for_each_bush(const Work& work) {
    const std::size_t parts = scratch.size();
    arena->for_each_part(parts, [&](std::size_t part) {
      const std::size_t end = bushes.size() * (part + 1) / parts;
      for (std::size_t i = bushes.size() * part / parts; i < end; ++i) work(i, scratch[part]);
    });
  }

  /// The first bushes: trees of the cheapest ways, each on the costs that the flows of those before
  /// it make.
  void start() {
    ShortestTree tree;
    for (const OriginDemand& demand : pairs.origins) {
      Bush& bush = bushes.emplace_back(make_bush(graph, links, network.from, demand, tree));
      require_routes(bush, demand);
      balance(bush, demand, scratch[0]);
      for (std::size_t in = 0; in < bush.in_link.size(); ++in) {
        if (bush.in_flow[in] == 0) continue;
        links[bush.in_link[in]].flow += bush.in_flow[in];
        price(links[bush.in_link[in]], costs);
      }
    }
  }

  void add_up() {
    for (PricedLink& link : links) link.flow = 0;
    for (const Bush& bush : bushes) {
      for (std::size_t in = 0; in < bush.in_link.size(); ++in) {
        links[bush.in_link[in]].flow += bush.in_flow[in];
      }
    }
    for (PricedLink& link : links) price(link, costs);
  }

  void shift(double wanted_excess) {
    for (int walk = 0; walk < most_walks; ++walk) {
      double left = 0;
      for (Bush& bush : bushes) left += shift_flows(bush, links, costs, shifting);
      if (left <= wanted_excess) break;
    }
  }

  Equilibrium result() const {
    Equilibrium found;
    for (std::size_t link = 0; link < links.size(); ++link) {
      const double flow = links[link].flow;
      found.link_flow.push_back(flow);
      found.link_cost.push_back(network.costs.cost(link, flow));
      found.total_cost += flow * found.link_cost.back();
      found.objective += network.costs.integral(link, flow);
    }
    found.od_cost = pairs.spread(end_cost);
    return found;
  }

  AssignmentNetwork network;
  AssignmentGraph graph;
  OdPairs pairs;
  ComputeArena* arena;
  LinkCosts costs;  // of the principle
  std::vector<PricedLink> links;
  std::vector<Bush> bushes;  // [origin]
  std::vector<double> excess;
  std::vector<std::vector<double>> end_cost;  // [origin][destination]
  std::vector<BushScratch> scratch;           // [part]
  ShiftScratch shifting;
};

Assignment::Assignment(AssignmentNetwork network, std::span<const OdFlow> pairs,
                       ComputeArena& arena, Principle principle)
    : impl_(std::make_unique<Impl>(std::move(network), pairs, arena, principle)) {
  impl_->start();
}
Assignment::~Assignment() = default;
Assignment::Assignment(Assignment&&) noexcept = default;
Assignment& Assignment::operator=(Assignment&&) noexcept = default;

void Assignment::set_flows(std::span<const double> flows) {
  impl_->pairs.set_flows(flows);
  for (std::size_t i = 0; i < impl_->bushes.size(); ++i) {
    require_routes(impl_->bushes[i], impl_->pairs.origins[i]);
  }
}

Equilibrium Assignment::solve(double relative_gap, int most_rounds) {
  Impl& state = *impl_;
  double best = std::numeric_limits<double>::infinity();
  int best_round = 0;
  for (int round = 1;; ++round) {
    state.for_each_bush([&](std::size_t i, BushScratch& scratch) {
      balance(state.bushes[i], state.pairs.origins[i], scratch);
    });
    state.add_up();
    state.for_each_bush([&](std::size_t i, BushScratch& scratch) {
      state.excess[i] = refresh(state.bushes[i], state.graph, state.links, state.network.from,
                                state.end_cost[i], scratch);
    });
    const double excess = sum_of(state.excess);
    double total = 0;
    for (const PricedLink& link : state.links) total += link.flow * link.cost;
    const double gap = total > 0 ? excess / total : 0;
    if (gap < best) {
      best = gap;
      best_round = round;
    }
    const bool stalled = best < near_rounding && round - best_round >= patience;
    if (gap <= relative_gap || round >= most_rounds || stalled) {
      Equilibrium found = state.result();
      found.relative_gap = gap;
      found.average_excess_cost = state.pairs.total() > 0 ? excess / state.pairs.total() : 0;
      found.rounds = round;
      found.reached = gap <= relative_gap || (stalled && relative_gap < rounding);
      return found;
    }
    state.shift(excess * walked_enough);
  }
}

std::vector<std::vector<Assignment::Share>> Assignment::shares(
    std::span<const std::uint32_t> links) const {
  const Impl& state = *impl_;
  std::vector<std::uint32_t> column(state.links.size(), no_row);
  for (std::uint32_t k = 0; k < links.size(); ++k) column[links[k]] = k;
  std::vector<std::vector<Share>> result(links.size());
  std::vector<double> share;  // [place][column]
  std::vector<std::vector<std::vector<double>>> by_end(links.size());
  for (auto& one : by_end) one.resize(state.bushes.size());
  const std::size_t width = links.size();
  for (std::size_t i = 0; i < state.bushes.size(); ++i) {
    const Bush& bush = state.bushes[i];
    share.assign(bush.places() * width, 0);
    for (std::size_t place = 1; place < bush.places(); ++place) {
      const std::uint32_t begin = bush.in_begin[place];
      const std::uint32_t end = bush.in_begin[place + 1];
      const double sum = sum_of(std::span(bush.in_flow).subspan(begin, end - begin));
      for (std::uint32_t in = begin; in < end; ++in) {
        const double part = sum > 0 ? bush.in_flow[in] / sum : (in == begin ? 1.0 : 0.0);
        if (part == 0) continue;
        for (std::size_t k = 0; k < width; ++k) {
          share[place * width + k] += part * share[bush.in_tail[in] * width + k];
        }
        // A way passes a link once at most, so what comes along it has not passed it before.
        const std::uint32_t k = column[bush.in_link[in]];
        if (k != no_row) share[place * width + k] += part;
      }
    }
    for (std::size_t k = 0; k < width; ++k) {
      for (const std::uint32_t end : bush.end_place) {
        by_end[k][i].push_back(end == no_row ? 0 : share[end * width + k]);
      }
    }
  }
  for (std::size_t k = 0; k < width; ++k) {
    const auto by_pair = state.pairs.spread(by_end[k]);
    for (std::uint32_t pair = 0; pair < by_pair.size(); ++pair) {
      if (by_pair[pair] > 0) result[k].push_back({pair, std::min(1.0, by_pair[pair])});
    }
  }
  return result;
}

Equilibrium assign(const AssignmentNetwork& network, std::span<const OdFlow> pairs,
                   ComputeArena& arena, const AssignmentOptions& options) {
  return Assignment(network, pairs, arena, options.principle)
      .solve(options.relative_gap, options.most_rounds);
}

}  // namespace kontwin::traffic
