#include "scenarios/evacuation/crowd/people_groups.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

enum Purpose : std::uint64_t { placing = 11, nature = 12 };

constexpr double room_between_m = 0.02;

/// Those who have a place already, by squares of the ground and surface.
class Placed {
 public:
  explicit Placed(double greatest_radius_m)
      : bucket_m_(std::max(1.0, 2 * greatest_radius_m + room_between_m)) {}

  bool free(std::uint32_t surface, LocalPoint at, double radius_m,
            double between_m = room_between_m) const {
    const auto [i, j] = bucket(at);
    for (std::int64_t dj = -1; dj <= 1; ++dj) {
      for (std::int64_t di = -1; di <= 1; ++di) {
        const auto found = buckets_.find(key(surface, i + di, j + dj));
        if (found == buckets_.end()) continue;
        for (const Body& body : found->second) {
          if (distance_m(body.at, at) < body.radius_m + radius_m + between_m) return false;
        }
      }
    }
    return true;
  }
  void put(std::uint32_t surface, LocalPoint at, double radius_m) {
    const auto [i, j] = bucket(at);
    buckets_[key(surface, i, j)].push_back({at, radius_m});
  }

 private:
  struct Body {
    LocalPoint at;
    double radius_m;
  };
  std::pair<std::int64_t, std::int64_t> bucket(LocalPoint at) const {
    return {static_cast<std::int64_t>(std::floor(at.x_m / bucket_m_)),
            static_cast<std::int64_t>(std::floor(at.y_m / bucket_m_))};
  }
  static std::uint64_t key(std::uint32_t surface, std::int64_t i, std::int64_t j) {
    return (std::uint64_t{surface} << 48U) ^ ((static_cast<std::uint64_t>(i) & 0xFFFFFFU) << 24U) ^
           (static_cast<std::uint64_t>(j) & 0xFFFFFFU);
  }
  double bucket_m_;
  std::unordered_map<std::uint64_t, std::vector<Body>> buckets_;
};

/// Draws places in one area, and finds what room is left when draws no longer hit it.
class Placer {
 public:
  Placer(const Ground& ground, const PeopleGroup& group, Placed& placed, std::uint64_t seed,
         std::uint64_t number)
      : ground_(ground),
        group_(group),
        area_(ground.building().areas[group.area]),
        box_(box_of(area_.shape)),
        placed_(placed),
        random_(seed, number, placing),
        next_{box_.min_x_m, box_.min_y_m} {
    const LocalPoint origin = ground.origin();
    const Walls& walls = ground.walls();
    for (std::size_t i = 0; i < walls.size(); ++i) {
      const Segment wall{{walls.ax_m[i] + origin.x_m, walls.ay_m[i] + origin.y_m},
                         {walls.bx_m[i] + origin.x_m, walls.by_m[i] + origin.y_m}};
      const auto [left, right] = std::minmax(wall.a.x_m, wall.b.x_m);
      const auto [bottom, top] = std::minmax(wall.a.y_m, wall.b.y_m);
      if (right > box_.min_x_m - 1 && left < box_.max_x_m + 1 && top > box_.min_y_m - 1 &&
          bottom < box_.max_y_m + 1) {
        walls_.push_back(wall);
      }
    }
  }

  LocalPoint place(double radius_m) {
    constexpr int draws = 1000;
    for (int i = 0; i < draws; ++i) {
      const LocalPoint at{random_.uniform(box_.min_x_m, box_.max_x_m),
                          random_.uniform(box_.min_y_m, box_.max_y_m)};
      if (fits(at, radius_m)) return put(at, radius_m);
    }
    // Room that was taken never comes free: the search goes on where it was, and once from the
    // start.
    constexpr double pace_m = 0.04;
    for (int round = 0; round < 2; ++round) {
      for (; next_.y_m <= box_.max_y_m; next_.y_m += pace_m, next_.x_m = box_.min_x_m) {
        for (; next_.x_m <= box_.max_x_m; next_.x_m += pace_m) {
          if (fits(next_, radius_m)) return put(next_, radius_m);
        }
      }
      next_ = {box_.min_x_m, box_.min_y_m};
    }
    throw ScenarioError("people '" + group_.id + "': there is no room in area '" + area_.id +
                        "' for " + std::to_string(group_.bodies) + " people");
  }

  /// A place that was given.
  LocalPoint put_at(LocalPoint at, double radius_m) {
    constexpr double rounding_m = 1e-3;
    if (!placed_.free(area_.surface, at, radius_m, -rounding_m)) {
      throw ScenarioError("people '" + group_.id + "': somebody else stands at (" +
                          std::to_string(at.x_m) + ", " + std::to_string(at.y_m) + ") already");
    }
    return put(at, radius_m);
  }

 private:
  LocalPoint put(LocalPoint at, double radius_m) {
    placed_.put(area_.surface, at, radius_m);
    return at;
  }

  bool fits(LocalPoint at, double radius_m) const {
    if (!contains(area_.shape, at) ||
        !contains(ground_.building().surfaces[area_.surface].shape, at)) {
      return false;
    }
    for (const Segment& wall : walls_) {
      if (crowd::distance_m(wall, at) < radius_m) return false;
    }
    for (const Blockage& blockage : ground_.building().blockages) {
      if (blockage.surface == area_.surface && blockage.blocks.at(0) &&
          contains(blockage.shape, at)) {
        return false;
      }
    }
    return placed_.free(area_.surface, at, radius_m);
  }

  const Ground& ground_;
  const PeopleGroup& group_;
  const Area& area_;
  LocalBox box_;
  Placed& placed_;
  RandomStream random_;
  LocalPoint next_;
  std::vector<Segment> walls_;
};

PeopleKind slower(std::string id, double mean_mps, double deviation_mps, double least_mps,
                  double most_mps) {
  PeopleKind kind = weidmann();
  kind.id = std::move(id);
  kind.speed_mps = {Spread::Kind::normal, mean_mps, deviation_mps, least_mps, most_mps};
  return kind;
}

PeopleKind named(PeopleKind kind, std::string id) {
  kind.id = std::move(id);
  return kind;
}

std::vector<PeopleKind> single_kinds() {
  std::vector<PeopleKind> all{named(weidmann(), "adult"), named(of_age(8, true), "child"),
                              named(of_age(70, true), "elderly"), manual_wheelchair(),
                              stretcher_party()};
  all[1].radius_m = Spread::fixed(0.12);
  PeopleKind pushed = slower("assisted wheelchair", 1.30, 0.34, 0.84, 1.98);
  pushed.radius_m = Spread::fixed(0.4);
  pushed.mobility = Mobility::wheelchair;
  pushed.heads = 2;
  all.push_back(pushed);
  all.push_back(slower("cane", 0.81, 0.38, 0.26, 1.60));
  all.push_back(slower("crutches", 0.94, 0.30, 0.63, 1.35));
  all.push_back(slower("walking frame", 0.57, 0.29, 0.10, 1.02));
  for (PeopleKind& kind : imo_passengers()) {
    const std::string id = "imo " + kind.id;
    all.push_back(named(std::move(kind), id));
    all.back().share = 1;
  }
  return all;
}

Person draw_member(const PeopleGroup& group, RandomStream random) {
  const PeopleKind& kind = draw_kind(group.kinds, random);
  Person person;
  if (group.age_years) {
    const double years = group.age_years->draw(random);
    PeopleKind aged = of_age(years, random.uniform() < 0.5);
    aged.radius_m = kind.radius_m;
    person = draw(aged, random);
  } else {
    person = draw(kind, random);
  }
  person.premovement_s = static_cast<float>(std::max(group.premovement_s.draw(random), 0.0));
  person.familiar = random.uniform() < group.familiar_share;
  if (random.uniform() < group.instructed_share) person.instructed_exit = group.instructed_exit;
  person.route = group.route;
  return person;
}

}  // namespace

std::vector<PeopleKind> kinds_named(std::string_view name) {
  if (name == "imo passengers") return imo_passengers();
  for (PeopleKind& kind : single_kinds()) {
    if (kind.id == name) return {std::move(kind)};
  }
  return {};
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names{"imo passengers"};
  for (const PeopleKind& kind : single_kinds()) names.push_back(kind.id);
  return names;
}

std::vector<Person> draw_people(const Ground& ground, const std::vector<PeopleGroup>& groups,
                                std::uint64_t seed) {
  std::vector<Person> people;
  std::uint32_t company = 0;
  float greatest_m = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const PeopleGroup& group = groups[g];
    for (std::uint64_t i = 0; i < group.bodies; ++i) {
      Person person = draw_member(group, RandomStream(seed, (std::uint64_t{g} << 40U) + i, nature));
      person.surface = ground.building().areas[group.area].surface;
      greatest_m = std::max(greatest_m, person.radius_m);
      if (group.together > 1) {
        const bool first = i % group.together == 0;
        if (first) ++company;
        person.group = company - 1;
        // Who waits for each other sets out together.
        if (!first) person.premovement_s = people.back().premovement_s;
      }
      people.push_back(person);
    }
  }
  Placed placed(static_cast<double>(greatest_m));
  // Those first whose places are given: the others stand between them.
  for (const bool given : {true, false}) {
    auto next = people.begin();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const PeopleGroup& group = groups[g];
      const auto mine = std::span(next, group.bodies);
      next += static_cast<std::ptrdiff_t>(group.bodies);
      const std::size_t exact = std::min(group.places.size(), mine.size());
      if (given && exact == 0) continue;
      Placer placer(ground, group, placed, seed, g);
      for (std::size_t i = given ? 0 : exact; i < (given ? exact : mine.size()); ++i) {
        const auto radius_m = static_cast<double>(mine[i].radius_m);
        mine[i].place = given ? placer.put_at(group.places[i], radius_m) : placer.place(radius_m);
      }
    }
  }
  return people;
}

}  // namespace kontwin::crowd
