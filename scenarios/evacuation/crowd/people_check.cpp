#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/building_check.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/slits.hpp"
#include "scenarios/evacuation/crowd/way_book.hpp"

namespace kontwin::crowd {

namespace {

constexpr double most_people_per_m2 = 6;  // shoulder to shoulder; more is a crush at the start
constexpr double smallest_body_radius_m = 0.15;
constexpr float wheelchair_radius_m = 0.35F;

std::string count(double people) { return std::to_string(std::llround(people)); }

/// Cells of an area that can be stood on.
std::vector<std::size_t> cells_of(const Ground& ground, const Area& area) {
  const GroundGrid& grid = ground.grid();
  const WayField::Sheet& sheet = grid.sheets[area.surface];
  std::vector<std::size_t> cells;
  for (std::size_t j = 0; j < sheet.rows; ++j) {
    for (std::size_t i = 0; i < sheet.columns; ++i) {
      const std::size_t cell = sheet.begin + j * sheet.columns + i;
      const LocalPoint centre{
          ground.origin().x_m + sheet.x0_m + static_cast<double>(i) / sheet.per_m,
          ground.origin().y_m + sheet.y0_m + static_cast<double>(j) / sheet.per_m};
      if (((*grid.links)[cell] & GroundGrid::walkable) && contains(area.shape, centre)) {
        cells.push_back(cell);
      }
    }
  }
  return cells;
}

}  // namespace

std::vector<BuildingProblem> problems_of(const Ground& ground,
                                         std::span<const PeopleInArea> people) {
  std::vector<BuildingProblem> problems;
  const Building& building = ground.building();
  const auto exits = static_cast<std::uint32_t>(building.exits.size());
  std::vector<WayField> ways;
  for (std::uint32_t i = 0; i < exits; ++i) {
    ways.push_back(way_to(ground, {.kind = Goal::Kind::exit, .index = i, .surface = 0, .point = {}},
                          smallest_body_radius_m));
  }
  std::vector<const WayField*> each_way;
  each_way.reserve(ways.size());
  for (const WayField& way : ways) each_way.push_back(&way);
  const bool wheels =
      std::ranges::any_of(people, [](const PeopleInArea& group) { return group.wheelchairs > 0; });
  const std::vector<WayField> on_wheels =
      wheels ? ways_for_wheels(ground) : std::vector<WayField>();
  std::vector<double> behind(exits);
  double all = 0;
  for (const PeopleInArea& group : people) {
    const Area& area = building.areas[group.area];
    const std::string place = "area '" + area.id + "'";
    const std::vector<std::size_t> cells = cells_of(ground, area);
    const double per_m = ground.grid().sheets[area.surface].per_m;
    const double room_m2 = static_cast<double>(cells.size()) / (per_m * per_m);
    all += group.people;
    if (group.people > most_people_per_m2 * room_m2) {
      problems.push_back({place,
                          count(group.people) + " people do not fit on " +
                              std::to_string(std::lround(room_m2)) +
                              " m²: more than 6 a square metre",
                          false});
    }
    const auto reaches = [](const std::vector<WayField>& all_ways, std::size_t cell) {
      return std::ranges::any_of(
          all_ways, [cell](const WayField& way) { return std::isfinite(way.distance_m[cell]); });
    };
    std::size_t cut_off = 0, for_wheels = 0, wheels_cut_off = 0;
    for (const std::size_t cell : cells) {
      if (group.wheelchairs > 0 && ground.grid().clearance_m[cell] >= wheelchair_radius_m &&
          reaches(ways, cell)) {
        ++for_wheels;
        if (!reaches(on_wheels, cell)) ++wheels_cut_off;
      }
      bool out = false;
      for (std::uint32_t i = 0; i < exits; ++i) {
        if (!std::isfinite(ways[i].distance_m[cell])) continue;
        out = true;
        behind[i] += group.people / static_cast<double>(cells.size());
      }
      if (!out) ++cut_off;
    }
    if (cut_off > 0 && exits > 0) {
      const double share = static_cast<double>(cut_off) / static_cast<double>(cells.size());
      problems.push_back({place,
                          count(std::ceil(share * group.people)) + " of " + count(group.people) +
                              " people cannot reach any exit that is open at the start" +
                              slit_in_the_way(ground, area.surface, each_way),
                          false});
    }
    if (wheels_cut_off > 0) {
      const double share = static_cast<double>(wheels_cut_off) / static_cast<double>(for_wheels);
      problems.push_back({place,
                          count(std::ceil(share * group.wheelchairs)) + " of " +
                              count(std::ceil(group.wheelchairs)) +
                              " wheelchairs cannot reach any exit: stairs, or passages and doors "
                              "below 0.7 m, are in every way",
                          false});
    }
  }
  for (std::uint32_t i = 0; i < exits; ++i) {
    if (people.empty() || behind[i] > 0) continue;
    problems.push_back(
        {"exit '" + building.exits[i].id + "'",
         (ground.is_exit_open(i) ? std::string("cannot be reached by any of ")
                                 : std::string("is shut at the start and of no use to any of ")) +
             count(all) + " people",
         false});
  }
  return problems;
}

}  // namespace kontwin::crowd
