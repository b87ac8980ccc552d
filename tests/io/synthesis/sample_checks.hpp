#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "io/synthesis/network.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/places_communes.hpp"
#include "twin/schema.hpp"
#include "twin/world.hpp"

/// What must hold in the sample world on any grid.
namespace kontwin::testing {

/// Junctions that can be reached from junction 0, along the links or against them.
inline std::vector<bool> reached(const World& world, bool against) {
  const std::size_t junctions = world.entities(Kind::junction).size();
  std::vector<std::vector<std::uint32_t>> next(junctions);
  for (std::size_t link = 0; link < world.roads().links(); ++link) {
    const auto from = against ? world.roads().to[link] : world.roads().from[link];
    next[from].push_back(against ? world.roads().from[link] : world.roads().to[link]);
  }
  std::vector<bool> seen(junctions);
  std::vector<std::uint32_t> open{0};
  seen[0] = true;
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    for (const auto other : next[at]) {
      if (!seen[other]) {
        seen[other] = true;
        open.push_back(other);
      }
    }
  }
  return seen;
}

inline double turn(LocalPoint a, LocalPoint b, LocalPoint c) {
  return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
}

inline bool meet(LocalPoint a, LocalPoint b, LocalPoint c, LocalPoint d) {
  return (turn(a, b, c) > 0) != (turn(a, b, d) > 0) && (turn(c, d, a) > 0) != (turn(c, d, b) > 0);
}

/// Meetings of a polyline with the lines of rivers of 30 m or more.
inline int wide_rivers_met(const World& world, std::span<const LocalPoint> line) {
  int count = 0;
  LocalBox box{1e9, 1e9, -1e9, -1e9};
  for (const LocalPoint point : line) {
    box = {std::min(box.min_x_m, point.x_m), std::min(box.min_y_m, point.y_m),
           std::max(box.max_x_m, point.x_m), std::max(box.max_y_m, point.y_m)};
  }
  for (const River& river : world.rivers()) {
    for (std::size_t i = 1; i < river.line.size(); ++i) {
      if (std::max(river.width_m[i - 1], river.width_m[i]) < 30) continue;
      const LocalPoint c = river.line[i - 1];
      const LocalPoint d = river.line[i];
      if (std::max(c.x_m, d.x_m) < box.min_x_m || std::min(c.x_m, d.x_m) > box.max_x_m ||
          std::max(c.y_m, d.y_m) < box.min_y_m || std::min(c.y_m, d.y_m) > box.max_y_m) {
        continue;
      }
      for (std::size_t k = 1; k < line.size(); ++k) count += meet(line[k - 1], line[k], c, d);
    }
  }
  return count;
}

/// Every junction leads to every other.
inline void expect_strongly_connected(const World& world) {
  for (const bool against : {false, true}) {
    const auto seen = reached(world, against);
    EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 0) << "against: " << against;
  }
}

/// Each of the 102 and 40 communes has its junction.
inline void expect_all_seats(const World& world) {
  int communes = 0;
  for (const AdminUnit& unit : world.admin_units()) {
    if (unit.level != AdminLevel::commune) continue;
    ++communes;
    EXPECT_TRUE(world.find(seat_junction_urn(unit.code))) << unit.code << ' ' << unit.name;
  }
  EXPECT_EQ(communes, 142);
}

/// What crosses a wide river is a bridge.
inline void expect_bridges(const World& world) {
  for (std::size_t link = 0; link < world.roads().links(); ++link) {
    if (world.entities(Kind::road).attribute(road_attribute::bridge, link) != 0) continue;
    EXPECT_EQ(wide_rivers_met(world, world.roads().shape_of(link)), 0)
        << world.entities(Kind::road).urn[link];
  }
}

inline bool in_city(const World& world, LocalPoint place) {
  const GeoPoint at = world.frame().to_geo(place);
  return at.longitude_deg > 107.93 && at.longitude_deg < 108.07 && at.latitude_deg > 14.30 &&
         at.latitude_deg < 14.40;
}

/// Thousands live low by the river in the city.
inline void expect_low_homes(const World& world) {
  const EntityTable& homes = world.entities(Kind::residence);
  double low = 0;
  for (std::size_t row = 0; row < homes.size(); ++row) {
    const double height_m = world.terrain().elevation_m(homes.place[row]);
    if (in_city(world, homes.place[row]) && height_m > 516 && height_m < 522) {
      low += homes.attribute(residence_attribute::people, row);
    }
  }
  EXPECT_GT(low, 4000);
}

/// Room on high ground for those of the low quarters, and some in every commune.
inline void expect_shelters(const World& world) {
  const EntityTable& shelters = world.entities(Kind::shelter);
  double city = 0;
  std::map<std::string, int> by_commune;
  for (std::size_t row = 0; row < shelters.size(); ++row) {
    const double places = shelters.attribute(shelter_attribute::places, row);
    EXPECT_GE(places, 150);
    EXPECT_LE(places, 2000);
    ++by_commune[shelters.commune_code[row]];
    if (!in_city(world, shelters.place[row])) continue;
    city += places;
    EXPECT_GT(world.terrain().elevation_m(shelters.place[row]), 525) << shelters.name[row];
  }
  EXPECT_GE(city, 20000);
  EXPECT_LE(city, 40000);
  const synthesis::CommuneIndex communes(world.parts());
  for (const auto& commune : communes.communes()) {
    EXPECT_GE(by_commune[commune.code], 1) << commune.name;
  }
}

/// Nothing outside the extent; only gauges and dams in a channel.
inline void expect_dry(const World& world) {
  const synthesis::RiverIndex rivers(world.rivers());
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = world.entities(kind);
    const bool in_water =
        kind == Kind::road || kind == Kind::river_gauge || kind == Kind::reservoir;
    for (std::size_t row = 0; row < table.size(); ++row) {
      EXPECT_TRUE(world.extent().contains(table.place[row])) << table.urn[row];
      if (in_water) continue;
      EXPECT_FALSE(rivers.nearest(table.place[row], 0.0)) << table.urn[row];
    }
  }
}

}  // namespace kontwin::testing
