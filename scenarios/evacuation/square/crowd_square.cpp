#include "scenarios/evacuation/square/crowd_square.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

#include "scenarios/evacuation/crowd/crowd_simulation.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "scenarios/evacuation/crowd/population.hpp"
#include "scenarios/evacuation/zones.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

enum Purpose : std::uint64_t { body = 211, spread = 212, deal = 213 };

crowd::PeopleKind kind_of(const Square::Walker& walker, RandomStream& random) {
  if (walker.need != Need::none) return crowd::manual_wheelchair();
  const bool female = random.uniform() < 0.5;
  switch (walker.age) {
    case Age::child:
      return crowd::of_age(10, female);
    case Age::old:
      return crowd::of_age(70, female);
    case Age::adult:
      break;
  }
  return crowd::weidmann();
}

}  // namespace

struct CrowdSquare::Impl {
  crowd::Building building;
  double cell_m;
  std::uint64_t seed;
  ComputeArena& arena;
  std::vector<crowd::Area> starts = {};  // where people are when they come onto it
  double begin_s = 0;
  std::optional<crowd::CrowdSimulation> simulation = {};
  std::vector<std::uint32_t> left = {};  // walkers that have not ended, by number
  std::uint64_t given_up = 0;            // of those who are stuck
  double depth_m = 0, speed_mps = 0;     // of the water at the place
  bool water_waits = false;              // is not on the ground yet: nobody was

  crowd::Person person_of(const Walker& walker, std::uint32_t number) const;
  /// Takes people who get the next numbers.
  void take(std::vector<crowd::CrowdSimulation::Newcomer> newcomers, double at_s);
  void flood_ground();
  std::vector<crowd::Standing> standing_on(std::uint32_t surface) const;
};

crowd::Person CrowdSquare::Impl::person_of(const Walker& walker, std::uint32_t number) const {
  RandomStream random(seed, number, body);
  crowd::Person person = crowd::draw(kind_of(walker, random), random);
  person.familiar = false;
  person.group = walker.group;
  return person;
}

void CrowdSquare::Impl::take(std::vector<crowd::CrowdSimulation::Newcomer> newcomers, double at_s) {
  const std::size_t first = simulation ? simulation->size() : 0;
  if (!simulation) {
    begin_s = at_s;
    simulation.emplace(crowd::Ground(building, cell_m), std::vector<crowd::Person>(),
                       crowd::CrowdOptions{}, arena);
  }
  for (auto& one : newcomers) one.at_s -= begin_s;
  simulation->admit(newcomers);
  for (std::size_t i = first; i < simulation->size(); ++i) {
    left.push_back(static_cast<std::uint32_t>(i));
  }
  if (water_waits) flood_ground();
}

std::vector<crowd::Standing> CrowdSquare::Impl::standing_on(std::uint32_t surface) const {
  std::vector<crowd::Standing> found;
  for (const std::uint32_t number : left) {
    const crowd::PersonState state = simulation->state(number);
    if (state.surface != surface || state.status == crowd::Status::out) continue;
    found.push_back({state.place, static_cast<double>(simulation->person(number).radius_m)});
  }
  return found;
}

void CrowdSquare::Impl::flood_ground() {
  water_waits = false;
  const crowd::Ground& ground = simulation->ground();
  const std::vector<crowd::WayField::Sheet>& sheets = ground.grid().sheets;
  std::vector<float> height_m(ground.grid().cells());
  for (std::uint32_t surface = 0; surface < sheets.size(); ++surface) {
    const crowd::WayField::Sheet& sheet = sheets[surface];
    std::size_t cell = sheet.begin;
    for (std::uint32_t row = 0; row < sheet.rows; ++row) {
      for (std::uint32_t column = 0; column < sheet.columns; ++column, ++cell) {
        height_m[cell] = ground.height(surface, sheet.x0_m + float(column) / sheet.per_m,
                                       sheet.y0_m + float(row) / sheet.per_m);
      }
    }
  }
  if (height_m.empty()) return;
  const float level_m = std::ranges::min(height_m) + static_cast<float>(depth_m);
  std::vector<float> speeds_mps(height_m.size(), 0);
  for (std::size_t cell = 0; cell < height_m.size(); ++cell) {
    height_m[cell] = std::max(0.0F, level_m - height_m[cell]);
    if (height_m[cell] > 0) speeds_mps[cell] = static_cast<float>(speed_mps);
  }
  simulation->set_water(std::move(height_m), std::move(speeds_mps));
}

CrowdSquare::CrowdSquare(crowd::Building building, double cell_m, std::uint64_t seed,
                         ComputeArena& arena)
    : impl_(new Impl{std::move(building), cell_m, seed, arena}) {
  impl_->starts = impl_->building.areas;
  if (impl_->starts.empty()) {
    for (std::uint32_t i = 0; i < impl_->building.surfaces.size(); ++i) {
      const crowd::Surface& surface = impl_->building.surfaces[i];
      if (surface.kind != crowd::Surface::Kind::floor) continue;
      impl_->starts.push_back({surface.id, i, surface.shape});
    }
  }
  // What is wrong with it is said before anyone is told to leave.
  const crowd::Ground ground(impl_->building, cell_m);
}
CrowdSquare::~CrowdSquare() = default;

void CrowdSquare::fill(std::span<const Walker> walkers, double at_s) {
  Impl& impl = *impl_;
  const auto first = static_cast<std::uint32_t>(impl.simulation ? impl.simulation->size() : 0);
  std::vector<double> sizes;
  for (const crowd::Area& area : impl.starts) sizes.push_back(area_m2(area.shape));
  const auto counts =
      deal_out(walkers.size(), sizes, "square " + impl.building.name + " has no floor");
  // Groups stand together: they fill the areas one after the other, in a random order of groups.
  std::vector<std::uint32_t> order(walkers.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint64_t> keys(walkers.size());
  for (std::uint32_t number = 0; number < keys.size(); ++number) {
    keys[number] = RandomStream(impl.seed, walkers[number].group, deal).next();
  }
  std::ranges::stable_sort(order, {}, [&keys](std::uint32_t number) { return keys[number]; });

  std::vector<crowd::CrowdSimulation::Newcomer> people(walkers.size());
  std::size_t next = 0;
  for (std::uint32_t area = 0; area < counts.size(); ++area) {
    const auto count = static_cast<std::size_t>(counts[area]);
    if (count == 0) continue;
    // Areas may lie over each other, and others may be there since before.
    std::vector<crowd::Standing> standing = impl.standing_on(impl.starts[area].surface);
    for (const std::uint32_t number : std::span(order).first(next)) {
      const crowd::Person& other = people[number].person;
      if (other.surface != impl.starts[area].surface) continue;
      standing.push_back({other.place, static_cast<double>(other.radius_m)});
    }
    const auto places = crowd::places_in(impl.starts[area], count, 0.2,
                                         RandomStream(impl.seed, area, spread), standing);
    for (std::size_t i = 0; i < count; ++i, ++next) {
      const std::uint32_t number = order[next];
      crowd::Person& person = people[number].person;
      person = impl.person_of(walkers[number], first + number);
      person.surface = impl.starts[area].surface;
      person.place = places[i];
      person.premovement_s = static_cast<float>(std::max(0.0, walkers[number].sets_out_s - at_s));
    }
  }
  impl.take(std::move(people), at_s);
}

void CrowdSquare::admit(std::span<const Arrival> arrivals, double at_s) {
  Impl& impl = *impl_;
  auto number = static_cast<std::uint32_t>(impl.simulation ? impl.simulation->size() : 0);
  std::vector<crowd::CrowdSimulation::Newcomer> people;
  for (const Arrival& one : arrivals) {
    crowd::CrowdSimulation::Newcomer& newcomer = people.emplace_back();
    newcomer.person = impl.person_of(one.walker, number++);
    newcomer.person.instructed_exit = one.to;
    newcomer.by = one.by;
    newcomer.at_s = one.walker.sets_out_s;
  }
  impl.take(std::move(people), at_s);
}

std::uint64_t CrowdSquare::inside() const {
  if (!impl_->simulation) return 0;
  const crowd::CrowdCount count = impl_->simulation->count();
  return count.waiting + count.walking + count.stuck - impl_->given_up;
}

void CrowdSquare::set_water(double depth_m, double speed_mps) {
  constexpr double change_m = 0.02;
  constexpr double change_mps = 0.1;
  Impl& impl = *impl_;
  const bool same = std::abs(depth_m - impl.depth_m) < change_m &&
                    std::abs(speed_mps - impl.speed_mps) < change_mps &&
                    (depth_m > 0) == (impl.depth_m > 0);
  if (same) return;
  impl.depth_m = depth_m;
  impl.speed_mps = speed_mps;
  impl.water_waits = true;
  if (impl.simulation && !impl.left.empty()) impl.flood_ground();
}

std::vector<Square::Ended> CrowdSquare::walk(double until_s) {
  Impl& impl = *impl_;
  std::vector<Ended> ended;
  if (!impl.simulation || impl.left.empty()) return ended;
  impl.simulation->advance(until_s - impl.begin_s);
  const bool anybody = impl.simulation->anybody_moves();
  std::erase_if(impl.left, [&](std::uint32_t number) {
    const crowd::PersonState state = impl.simulation->state(number);
    const auto end = [&](Ended::Result result, double at_s) {
      ended.push_back({number, result, at_s, impl.begin_s + state.set_out_s,
                       result == Ended::Result::out ? state.exit : no_gate});
      return true;
    };
    switch (state.status) {
      case crowd::Status::out:
        return end(Ended::Result::out, impl.begin_s + state.ended_s);
      case crowd::Status::caught:
        return end(Ended::Result::caught, impl.begin_s + state.ended_s);
      case crowd::Status::stuck:
        // A door may open while others still walk.
        if (anybody) return false;
        ++impl.given_up;
        return end(Ended::Result::stuck, until_s);
      case crowd::Status::waiting:
      case crowd::Status::walking:
        break;
    }
    return false;
  });
  std::ranges::sort(ended, [](const Ended& a, const Ended& b) {
    return a.at_s != b.at_s ? a.at_s < b.at_s : a.walker < b.walker;
  });
  return ended;
}

}  // namespace kontwin::evacuation
