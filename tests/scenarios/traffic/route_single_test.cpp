// Ways of single vehicles beside the trees that many share.
#include <gtest/gtest.h>

#include "scenarios/traffic/route_book.hpp"
#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

struct Book {
  explicit Book(std::shared_ptr<const Network> on)
      : network(std::move(on)),
        links(*network),
        guides(*network),
        book(*network, links, guides, arena, std::vector<double>(vehicle_kinds, 20)) {}

  double time_s(const std::vector<std::uint32_t>& route, bool informed) const {
    double sum = 0;
    for (const std::uint32_t link : route) {
      sum += book.link_time_s(link, VehicleKind::car, informed);
    }
    return sum;
  }

  std::shared_ptr<const Network> network;
  LinkState links;
  Guides guides;
  ComputeArena arena{1};
  RouteBook book;
};

/// A town in which some turns are forbidden.
std::shared_ptr<const Network> town_with_forbidden_turns() {
  Drawing drawing = grid(7);
  RandomStream random(4, 1);
  for (LinkPart& link : drawing.parts.links) link.free_speed_mps = random.uniform(5, 25);
  const auto open = drawing.seal();
  for (std::uint32_t turn = 0; turn < open->turns(); ++turn) {
    if (random.uniform() < 0.15) continue;
    drawing.turn(open->link_id[open->turn_from[turn]], open->link_id[open->turn_to[turn]]);
  }
  return drawing.seal();
}

TEST(SingleRoutes, TakeAsLongAsTheTreeToTheSameDestination) {
  Book at(town_with_forbidden_turns());
  std::vector<double> delay_s(at.network->links());
  RandomStream random(4, 2);
  for (double& one : delay_s) one = random.uniform() < 0.4 ? random.uniform(1, 90) : 0;
  // One limit is raised above what the bounds were made with.
  at.links.speed_mps[11] *= 4;
  const std::uint32_t raised = 11;
  at.book.refresh(delay_s);
  at.book.take_over({&raised, 1}, all_vehicles);
  for (std::uint32_t to = 0; to < at.network->links(); to += 5) {
    const Destination destination{Destination::Kind::link, to};
    const std::uint32_t tree = at.book.tree(destination, VehicleKind::car, true);
    at.book.compute_marked();
    for (std::uint32_t from = 0; from < at.network->links(); from += 3) {
      const auto route = at.book.route(from, destination, VehicleKind::car, true);
      std::vector<std::uint32_t> by_tree{from};
      while (by_tree.back() != to) {
        const std::uint32_t turn = at.guides.tree(tree)[by_tree.back()];
        if (turn >= at.network->turns()) break;
        by_tree.push_back(at.network->turn_to[turn]);
      }
      if (by_tree.back() != to) {
        EXPECT_TRUE(route.empty()) << from << " to " << to;
        continue;
      }
      ASSERT_FALSE(route.empty()) << from << " to " << to;
      EXPECT_NEAR(at.time_s(route, true), at.time_s(by_tree, true), 1e-9) << from << " to " << to;
      EXPECT_NO_THROW(at.guides.add_route(route));
    }
  }
}

TEST(SingleRoutes, AreNotFoundWhereTheyTakeLongerThanTheLimit) {
  Book at(grid(5).seal());
  const Destination to{Destination::Kind::link, 40};
  const auto route = at.book.route(3, to, VehicleKind::car, false);
  const double takes_s = at.time_s(route, false);
  EXPECT_EQ(at.book.route(3, to, VehicleKind::car, false, takes_s + 0.01), route);
  EXPECT_TRUE(at.book.route(3, to, VehicleKind::car, false, takes_s - 0.01).empty());
}

}  // namespace
}  // namespace kontwin::traffic::testing
