#include "scenarios/evacuation/crowd/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

/// Weidmann 1993: 0.610 m/s up and 0.694 m/s down in plan on stairs of usual pitch (0.86 of the
/// length along the slope), beside 1.34 m/s on the level.
constexpr double share_up = 0.610 / 0.86 / 1.34, share_down = 0.694 / 0.86 / 1.34;

Spread about(double mean, double share) {
  return Spread::uniform(mean * (1 - share), mean * (1 + share));
}

}  // namespace

double Spread::draw(RandomStream& random) const {
  const auto once = [&] {
    switch (kind) {
      case Kind::fixed:
        return centre;
      case Kind::uniform:
        return random.uniform(least, most);
      case Kind::normal:
        return centre + deviation * random.normal();
      case Kind::lognormal:
        return centre * std::exp(deviation * random.normal());
    }
    return centre;
  };
  double value = once();
  for (int i = 0; i < 1000 && (value < least || value > most); ++i) value = once();
  return std::clamp(value, least, most);
}

void check(const Spread& spread, const std::string& place) {
  if (!(spread.least <= spread.most)) throw ScenarioError(place + ": the least is above the most");
  if (!(spread.deviation >= 0)) throw ScenarioError(place + ": the deviation is negative");
  if (spread.kind == Spread::Kind::uniform && !std::isfinite(spread.most)) {
    throw ScenarioError(place + ": a uniform spread needs both bounds");
  }
  if (spread.kind == Spread::Kind::lognormal && !(spread.centre > 0)) {
    throw ScenarioError(place + ": the median must be above 0");
  }
}

PeopleKind weidmann() {
  PeopleKind kind;
  kind.id = "weidmann";
  kind.speed_mps = {Spread::Kind::normal, 1.34, 0.26, 0.6, 2.2};
  return kind;
}

std::vector<PeopleKind> imo_passengers() {
  struct Row {
    const char* id;
    double share;
    double level[2], down[2], up[2];
  };
  constexpr std::array<Row, 10> rows{{
      {"females under 30", 7, {0.93, 1.55}, {0.56, 0.94}, {0.47, 0.79}},
      {"females 30 to 50", 7, {0.71, 1.19}, {0.49, 0.81}, {0.44, 0.74}},
      {"females over 50", 16, {0.56, 0.94}, {0.45, 0.75}, {0.37, 0.61}},
      {"females over 50, impaired (1)", 10, {0.43, 0.71}, {0.34, 0.56}, {0.28, 0.46}},
      {"females over 50, impaired (2)", 10, {0.37, 0.61}, {0.29, 0.49}, {0.23, 0.39}},
      {"males under 30", 7, {1.11, 1.85}, {0.76, 1.26}, {0.50, 0.84}},
      {"males 30 to 50", 7, {0.97, 1.62}, {0.64, 1.07}, {0.47, 0.79}},
      {"males over 50", 16, {0.84, 1.40}, {0.50, 0.84}, {0.38, 0.64}},
      {"males over 50, impaired (1)", 10, {0.64, 1.06}, {0.38, 0.64}, {0.29, 0.49}},
      {"males over 50, impaired (2)", 10, {0.55, 0.91}, {0.33, 0.55}, {0.25, 0.41}},
  }};
  std::vector<PeopleKind> kinds;
  for (const Row& row : rows) {
    PeopleKind kind;
    kind.id = row.id;
    kind.share = row.share;
    kind.speed_mps = Spread::uniform(row.level[0], row.level[1]);
    kind.stairs_down_mps = Spread::uniform(row.down[0], row.down[1]);
    kind.stairs_up_mps = Spread::uniform(row.up[0], row.up[1]);
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

PeopleKind of_age(double years, bool female) {
  const double age = std::clamp(years, 2.0, 70.0);
  double mean = 0;
  if (female) {
    mean = age < 8.3     ? 0.06 * age + 0.5
           : age < 13.3  ? 0.04 * age + 0.67
           : age < 22.25 ? 0.02 * age + 0.94
           : age < 37.5  ? -0.018 * age + 1.78
                         : -0.01 * age + 1.45;
  } else {
    mean = age < 5      ? 0.16 * age + 0.3
           : age < 12.5 ? 0.06 * age + 0.8
           : age < 18.8 ? 0.008 * age + 1.45
           : age < 39.2 ? -0.01 * age + 1.78
                        : -0.009 * age + 1.75;
  }
  PeopleKind kind;
  kind.id = std::string(female ? "female" : "male") + " of " + std::to_string(std::lround(years));
  kind.speed_mps = about(mean, 0.2);
  return kind;
}

PeopleKind manual_wheelchair() {
  PeopleKind kind;
  kind.id = "manual wheelchair";
  kind.speed_mps = {Spread::Kind::normal, 0.69, 0.35, 0.2, 1.35};
  kind.radius_m = Spread::fixed(0.35);
  kind.mobility = Mobility::wheelchair;
  return kind;
}

PeopleKind stretcher_party() {
  PeopleKind kind;
  kind.id = "stretcher party";
  kind.speed_mps = about(1.0, 0.2);
  kind.stairs_down_mps = about(0.6, 0.2);
  kind.stairs_up_mps = about(0.4, 0.2);
  kind.radius_m = Spread::fixed(0.4);
  kind.mobility = Mobility::carried;
  kind.heads = 5;
  return kind;
}

Person draw(const PeopleKind& kind, RandomStream& random) {
  Person person;
  const double speed = kind.speed_mps.draw(random);
  const auto on_stairs = [&](const Spread& spread, double share) {
    const double drawn = spread.draw(random);
    return static_cast<float>(drawn > 0 ? drawn : speed * share);
  };
  person.speed_mps = static_cast<float>(speed);
  person.stairs_up_mps = on_stairs(kind.stairs_up_mps, share_up);
  person.stairs_down_mps = on_stairs(kind.stairs_down_mps, share_down);
  person.radius_m = static_cast<float>(kind.radius_m.draw(random));
  person.mobility = kind.mobility;
  person.heads = kind.heads;
  return person;
}

const PeopleKind& draw_kind(std::span<const PeopleKind> kinds, RandomStream& random) {
  double all = 0;
  for (const PeopleKind& kind : kinds) all += kind.share;
  if (kinds.empty() || !(all > 0)) throw ScenarioError("people: no kind has a share");
  double left = random.uniform() * all;
  for (const PeopleKind& kind : kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  return kinds.back();
}

}  // namespace kontwin::crowd
