// Published and closed-form answers of static assignment.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "io/traffic/tntp.hpp"
#include "scenarios/traffic/assignment/equilibrium.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using traffic::assign;
using traffic::AssignmentNetwork;
using traffic::Equilibrium;
using traffic::OdFlow;
using traffic::Principle;

const char* const wardrop = "Wardrop 1952, Some theoretical aspects of road traffic research";

AssignmentNetwork side_by_side(std::size_t links) {
  AssignmentNetwork network;
  network.nodes = 2;
  network.from.assign(links, 0);
  network.to.assign(links, 1);
  return network;
}

Equilibrium solve(const AssignmentNetwork& network, std::vector<OdFlow> pairs,
                  Principle principle = Principle::user_equilibrium, double gap = 1e-14) {
  ComputeArena arena(2);
  return assign(network, pairs, arena, {.principle = principle, .relative_gap = gap});
}

TEST(AssignmentValidation, BraessFindsThatARoadCanMakeAllSlower) {
  AssignmentNetwork network;
  network.nodes = 4;
  network.from = {0, 0, 1, 2};
  network.to = {1, 2, 3, 3};
  network.costs.add_linear(0, 10);
  network.costs.add_linear(50, 1);
  network.costs.add_linear(50, 1);
  network.costs.add_linear(0, 10);
  const char* const source = "Braess 1968, Über ein Paradoxon aus der Verkehrsplanung";
  const Equilibrium before = solve(network, {{0, 3, 6}});
  expect_within({"traffic", "Braess: time of all without the link", "", source}, before.od_cost[0],
                83, 1e-9);
  network.from.push_back(1);
  network.to.push_back(2);
  network.costs.add_linear(10, 1);
  const Equilibrium after = solve(network, {{0, 3, 6}});
  expect_within({"traffic", "Braess: time of all with the link", "", source}, after.od_cost[0], 92,
                1e-9);
  const auto& cost = after.link_cost;
  const std::array<double, 3> routes{cost[0] + cost[2], cost[1] + cost[3],
                                     cost[0] + cost[4] + cost[3]};
  const auto [least, most] = std::ranges::minmax(routes);
  expect_at_most({"traffic", "Braess: difference between the times of used routes", "", source},
                 most - least, 1e-6);
}

TEST(AssignmentValidation, PigousRoadsCostAThirdMoreThanTheyCould) {
  AssignmentNetwork network = side_by_side(2);
  network.costs.add_constant(1);
  network.costs.add_linear(0, 1);
  const char* const source = "Pigou 1920, The Economics of Welfare; Roughgarden and Tardos 2002";
  const Equilibrium own = solve(network, {{0, 1, 1}});
  const Equilibrium all = solve(network, {{0, 1, 1}}, Principle::system_optimum);
  expect_within({"traffic", "Pigou: cost of all, each for oneself", "", source}, own.total_cost, 1,
                1e-12);
  expect_within({"traffic", "Pigou: least cost of all", "", source}, all.total_cost, 0.75, 1e-12);

  AssignmentNetwork steep = side_by_side(2);
  steep.costs.add_constant(1);
  steep.costs.add_bpr(1e-9, 1e9, 1, 4);
  const Equilibrium best = solve(steep, {{0, 1, 1}}, Principle::system_optimum);
  expect_within({"traffic", "Pigou with a fourth power: flow on the narrow road at the least cost",
                 "", source},
                best.link_flow[1], std::pow(5, -0.25), 1e-9);
}

TEST(AssignmentValidation, ParallelRoadsShareTheFlowAsTheirFormulasSay) {
  AssignmentNetwork two = side_by_side(2);
  two.costs.add_bpr(10, 0.15, 2000, 4);
  two.costs.add_bpr(10, 0.15, 500, 4);
  const Equilibrium alike = solve(two, {{0, 1, 4000}});
  expect_within(
      {"traffic", "Two roads alike but for capacity: share of the wider one", "", wardrop},
      alike.link_flow[0] / 4000, 0.8, 1e-12);

  // a + b x on each, all in use: the common cost is (flow + sum a/b) / sum 1/b.
  AssignmentNetwork three = side_by_side(3);
  const std::array<std::pair<double, double>, 3> lines{{{10, 0.01}, {15, 0.005}, {12, 0.02}}};
  double over = 3000;
  double under = 0;
  for (const auto& [a, b] : lines) {
    three.costs.add_linear(a, b);
    over += a / b;
    under += 1 / b;
  }
  expect_within({"traffic", "Three roads with straight costs: cost of all", "", wardrop},
                solve(three, {{0, 1, 3000}}).od_cost[0], over / under, 1e-12);

  // Sheffi's three roads: the cost at which the flows of the inverted formulas add up.
  struct Road {
    double free, capacity;
  };
  const std::array<Road, 3> roads{{{10, 2}, {20, 4}, {25, 3}}};
  AssignmentNetwork sheffi = side_by_side(3);
  for (const Road& road : roads) sheffi.costs.add_bpr(road.free, 0.15, road.capacity, 4);
  double low = 10;
  double high = 100;
  for (int i = 0; i < 200; ++i) {
    const double cost = (low + high) / 2;
    double flow = 0;
    for (const Road& road : roads) {
      if (cost > road.free) {
        flow += road.capacity * std::pow((cost / road.free - 1) / 0.15, 0.25);
      }
    }
    (flow < 10 ? low : high) = cost;
  }
  expect_within({"traffic", "Three roads with fourth powers: cost of all", "",
                 "Sheffi 1985, Urban Transportation Networks, ch. 5, the network of three links"},
                solve(sheffi, {{0, 1, 10}}).od_cost[0], low, 1e-12);
}

TEST(AssignmentValidation, AGridMeetsTheConditionsOfKuhnAndTucker) {
  // 3 x 3 nodes, links both ways, four pairs between corners and one from the middle.
  AssignmentNetwork network;
  network.nodes = 9;
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    network.from.push_back(from);
    network.to.push_back(to);
    network.costs.add_bpr(1 + (from * 7 + to * 3) % 5, 0.15, 300 + 100 * ((from + 2 * to) % 4), 4);
  };
  for (std::uint32_t node = 0; node < 9; ++node) {
    if (node % 3 < 2) {
      link(node, node + 1);
      link(node + 1, node);
    }
    if (node < 6) {
      link(node, node + 3);
      link(node + 3, node);
    }
  }
  const std::vector<OdFlow> pairs{{0, 8, 700}, {8, 0, 500}, {2, 6, 600}, {6, 2, 650}, {4, 0, 200}};
  // One origin at a time, the others' flows are part of the costs: each pair alone on links that
  // cost what they cost at equilibrium gives its potentials.
  ComputeArena arena(1);
  traffic::Assignment assignment(network, pairs, arena);
  const Equilibrium found = assignment.solve(1e-15);
  std::vector<std::uint32_t> links(network.links());
  for (std::uint32_t i = 0; i < links.size(); ++i) links[i] = i;
  const auto shares = assignment.shares(links);
  double worst_used = 0;
  double worst_unused = 0;
  for (std::uint32_t pair = 0; pair < pairs.size(); ++pair) {
    std::vector<double> least(network.nodes, 1e9);
    least[pairs[pair].from] = 0;
    for (std::size_t pass = 0; pass < network.nodes; ++pass) {
      for (std::size_t i = 0; i < links.size(); ++i) {
        double& there = least[network.to[i]];
        there = std::min(there, least[network.from[i]] + found.link_cost[i]);
      }
    }
    for (std::size_t i = 0; i < links.size(); ++i) {
      const double reduced = least[network.from[i]] + found.link_cost[i] - least[network.to[i]];
      worst_unused = std::max(worst_unused, -reduced);
      for (const auto& share : shares[i]) {
        if (share.pair == pair) worst_used = std::max(worst_used, share.share * reduced);
      }
    }
  }
  const char* const source =
      "Beckmann, McGuire and Winsten 1956, Studies in the Economics of "
      "Transportation, ch. 3";
  expect_at_most(
      {"traffic", "Grid: largest share of a pair times what its link costs too much", "", source},
      worst_used, 1e-12);
  expect_at_most({"traffic", "Grid: most that a link undercuts the cheapest ways", "", source},
                 worst_unused, 1e-12);
}

// -- networks of the research community
// ------------------------------------------------------------

const char* const tntp =
    "Transportation Networks for Research Core Team, github.com/bstabler/TransportationNetworks";

std::filesystem::path tntp_folder() {
  const char* const folder = std::getenv("KONTWIN_TNTP_DIR");
  return folder == nullptr ? std::filesystem::path{} : std::filesystem::path{folder};
}

TEST(AssignmentValidation, SiouxFallsHasItsPublishedObjective) {
  const auto folder = tntp_folder() / "SiouxFalls";
  if (tntp_folder().empty()) {
    GTEST_SKIP() << "set KONTWIN_TNTP_DIR to a clone of github.com/bstabler/TransportationNetworks";
  }
  const auto read = read_tntp_network(folder / "SiouxFalls_net.tntp");
  const auto pairs = read_tntp_trips(folder / "SiouxFalls_trips.tntp", read.zones);
  const Equilibrium found = solve(read.network, pairs, Principle::user_equilibrium, 1e-13);
  expect_within({"traffic", "Sioux Falls: objective of the user equilibrium", "", tntp},
                found.objective, 4231335.28710744, 1e-9);
  expect_at_most({"traffic", "Sioux Falls: relative gap", "", tntp}, found.relative_gap, 1e-12);
}

/// Names of a network's files and the weights its page gives.
struct Published {
  std::string folder, name;
  TntpWeights weights;
  friend std::ostream& operator<<(std::ostream& out, const Published& one) {
    return out << one.name;
  }
};

class PublishedNetworks : public ::testing::TestWithParam<Published> {};

TEST_P(PublishedNetworks, CarryTheFlowsThatOthersFound) {
  const auto& [folder, name, weights] = GetParam();
  const auto at = tntp_folder() / folder;
  if (tntp_folder().empty() || !std::filesystem::exists(at / (name + "_trips.tntp")) ||
      !std::filesystem::exists(at / (name + "_flow.tntp"))) {
    GTEST_SKIP() << "no " << name << " below KONTWIN_TNTP_DIR";
  }
  const auto read = read_tntp_network(at / (name + "_net.tntp"), weights);
  const auto pairs = read_tntp_trips(at / (name + "_trips.tntp"), read.zones);
  const auto published = read_tntp_flows(at / (name + "_flow.tntp"));
  ASSERT_EQ(published.size(), read.network.links());
  double objective = 0;
  for (std::size_t link = 0; link < published.size(); ++link) {
    ASSERT_EQ(published[link].from, read.network.from[link]);
    ASSERT_EQ(published[link].to, read.network.to[link]);
    objective += read.network.costs.integral(link, published[link].flow);
  }
  const Equilibrium found = solve(read.network, pairs, Principle::user_equilibrium, 1e-10);
  expect_within({"traffic", name + ": objective against that of the published flows", "", tntp},
                found.objective, objective, 1e-6);
  expect_at_most({"traffic", name + ": relative gap", "", tntp}, found.relative_gap, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(
    AssignmentValidation, PublishedNetworks,
    ::testing::Values(Published{"SiouxFalls", "SiouxFalls", {}},
                      Published{"Anaheim", "Anaheim", {}}, Published{"Barcelona", "Barcelona", {}},
                      Published{"Winnipeg", "Winnipeg", {}},
                      Published{"Chicago-Sketch", "ChicagoSketch", {.toll = 0.02, .length = 0.04}}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace kontwin::validation
