#include <algorithm>
#include <cmath>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/places_maker.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr std::size_t signals = 24;
constexpr double signals_apart_m = 260;
constexpr std::size_t counters = 60;

/// The city's busiest crossings: the junctions where most capacity meets, apart from each other.
std::vector<std::uint32_t> main_crossings(PlaceMaker& maker) {
  const WorldParts& parts = maker.parts();
  const Town& city = maker.town("kon-tum");
  const EntityTable& roads = parts.entities[index_of(Kind::road)];
  const EntityTable& junctions = parts.entities[index_of(Kind::junction)];
  std::vector<double> meets(junctions.size());
  std::vector<int> arms(junctions.size());
  for (std::uint32_t link = 0; link < roads.size(); ++link) {
    if (!city.contains(roads.place[link])) continue;
    meets[parts.roads.to[link]] += roads.attribute(road_attribute::capacity_vph, link);
    ++arms[parts.roads.to[link]];
  }
  std::vector<std::pair<double, std::uint32_t>> ranked;
  for (std::uint32_t row = 0; row < junctions.size(); ++row) {
    if (arms[row] >= 3) ranked.emplace_back(-meets[row], row);
  }
  std::ranges::sort(ranked);
  std::vector<std::uint32_t> chosen;
  for (const auto& [rank, row] : ranked) {
    const auto near = [&, at = junctions.place[row]](std::uint32_t other) {
      return distance_m(junctions.place[other], at) < signals_apart_m;
    };
    if (chosen.size() == signals) break;
    if (!std::ranges::any_of(chosen, near)) chosen.push_back(row);
  }
  return chosen;
}

void add_signals_and_cameras(PlaceMaker& maker) {
  const auto crossings = main_crossings(maker);
  for (std::size_t i = 0; i < crossings.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    maker.add(Kind::signal, "den-" + number, "Đèn tín hiệu " + number,
              maker.junction_place(crossings[i]), Provenance::synthetic, maker.own(),
              {static_cast<double>(crossings[i])});
  }
  // That the city has so many cameras is published; where they stand is not.
  const auto cameras = static_cast<std::size_t>(maker.figure("kontum-city-cameras"));
  for (std::size_t i = 0; i < cameras && !crossings.empty(); ++i) {
    const std::string number = std::to_string(i + 1);
    maker.add(Kind::camera, "an-ninh-" + number, "Camera an ninh thành phố " + number,
              maker.off_junction(crossings[i % crossings.size()], 14, key_of("camera-" + number)),
              Provenance::derived, maker.figure_source("kontum-city-cameras"), {});
  }
  for (const Town& town : maker.towns()) {
    if (town.id == "kon-tum") continue;
    for (int i = 1; i <= 2; ++i) {
      const std::string id = town.id + "-" + std::to_string(i);
      const auto near = maker.junctions_near(town.quarters.front().center, 6);
      maker.add(Kind::camera, id, "Camera (mô phỏng) " + town.quarters.front().name,
                maker.off_junction(near[static_cast<std::size_t>(i) * 2], 14, key_of(id)),
                Provenance::synthetic, maker.own(), {});
    }
  }
}

/// On numbered roads, spread over each number's length.
void add_counters(PlaceMaker& maker) {
  const WorldParts& parts = maker.parts();
  std::vector<std::uint32_t> links;
  for (std::uint32_t link = 0; link < parts.roads.links(); ++link) {
    if (!parts.roads.number[link].empty()) links.push_back(link);
  }
  const std::size_t count = std::min(counters, links.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t link = links[(2 * i + 1) * links.size() / (2 * count)];
    maker.add(Kind::traffic_counter, "dem-xe-" + std::to_string(i + 1),
              "Đếm xe " + parts.roads.number[link] + " số " + std::to_string(i + 1),
              maker.beside(link, 0.5, 9), Provenance::synthetic, maker.own(),
              {static_cast<double>(link)});
  }
}

void add_air_and_power(PlaceMaker& maker) {
  for (const Town& town : maker.towns()) {
    for (std::size_t i = 0; i < town.quarters.size(); ++i) {
      const Quarter& quarter = town.quarters[i];
      const std::string id = town.id + "-" + std::to_string(i + 1);
      const std::uint32_t junction = maker.junction_near(quarter.center);
      if (i % 2 == 0) {
        maker.add(Kind::air_sensor, "khi-" + id, "Quan trắc không khí " + quarter.name,
                  maker.off_junction(junction, 25, key_of("khi-" + id)), Provenance::synthetic,
                  maker.own(), {});
      }
      maker.add(Kind::power_sensor, "dien-" + id, "Công tơ trạm biến áp " + quarter.name,
                maker.off_junction(junction, 30, key_of("dien-" + id)), Provenance::synthetic,
                maker.own(), {});
    }
  }
}

/// By every hundredth or so farm plot.
void add_soil_sensors(PlaceMaker& maker) {
  const EntityTable& plots = maker.parts().entities[index_of(Kind::farm_plot)];
  for (std::size_t row = 40; row < plots.size(); row += 80) {
    maker.add(Kind::soil_sensor, "dat-" + std::to_string(row), "Ẩm kế " + plots.name[row],
              plots.place[row], Provenance::synthetic, maker.own(), {});
  }
}

}  // namespace

void add_city_sensors(PlaceMaker& maker) {
  add_signals_and_cameras(maker);
  add_counters(maker);
  add_air_and_power(maker);
  add_soil_sensors(maker);
}

}  // namespace kontwin::synthesis
