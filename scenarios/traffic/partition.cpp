#include "scenarios/traffic/partition.hpp"

#include <algorithm>

#include "twin/joined_sets.hpp"

namespace kontwin::traffic {

namespace {

struct Cluster {
  std::uint32_t name = 0;
  LocalPoint place;  // of its lanes' ends, on average
  double weight = 0;
};

void bisect(std::span<Cluster> clusters, std::uint32_t first_part, std::uint32_t parts,
            std::vector<std::uint32_t>& part_of_cluster) {
  if (parts == 1 || clusters.size() <= 1) {
    for (const Cluster& cluster : clusters) part_of_cluster[cluster.name] = first_part;
    return;
  }
  const auto by = [](double LocalPoint::*axis) {
    return [axis](const Cluster& a, const Cluster& b) {
      return a.place.*axis != b.place.*axis ? a.place.*axis < b.place.*axis : a.name < b.name;
    };
  };
  const auto spread = [&](double LocalPoint::*axis) {
    const auto [low, high] = std::ranges::minmax_element(clusters, by(axis));
    return high->place.*axis - low->place.*axis;
  };
  const bool wide = spread(&LocalPoint::x_m) >= spread(&LocalPoint::y_m);
  std::ranges::sort(clusters, by(wide ? &LocalPoint::x_m : &LocalPoint::y_m));
  double total = 0;
  for (const Cluster& cluster : clusters) total += cluster.weight;
  double before = 0;
  std::size_t half = 0;
  while (half + 1 < clusters.size() && before + clusters[half].weight / 2 < total / 2) {
    before += clusters[half++].weight;
  }
  half = std::max<std::size_t>(half, 1);
  bisect(clusters.first(half), first_part, parts / 2, part_of_cluster);
  bisect(clusters.subspan(half), first_part + parts / 2, parts / 2, part_of_cluster);
}

}  // namespace

std::uint32_t parts_for(const Network& network, std::span<const KeptTogether> together) {
  auto lanes = static_cast<double>(network.lanes());
  for (const KeptTogether& group : together) lanes += group.lanes;
  std::uint32_t parts = 1;
  while (parts < 16 && lanes > 1500.0 * parts) parts *= 2;
  return parts;
}

Partition cut(const Network& network, std::uint32_t wanted, Micros least,
              std::span<const KeptTogether> together) {
  Partition result;
  result.part_of_junction.assign(network.junctions(), 0);
  if (wanted <= 1) return result;

  JoinedSets joined(network.junctions());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const double drive_s = network.length_m[link] / network.free_speed_mps[link];
    const Micros wave = network.lane_hole_delay[network.lane_begin[link]];
    if (to_micros(drive_s) < least || wave < least)
      joined.join(network.from[link], network.to[link]);
  }
  for (const Signal& signal : network.signals) {
    const auto junction = [&](std::uint32_t turn) { return network.to[network.turn_from[turn]]; };
    for (const std::uint32_t turn : signal.turns) {
      joined.join(junction(signal.turns.front()), junction(turn));
    }
  }

  for (const KeptTogether& group : together) {
    for (const std::uint32_t junction : group.junctions) {
      joined.join(group.junctions.front(), junction);
    }
  }

  std::vector<Cluster> by_name(network.junctions());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const std::uint32_t junction = network.to[link];
    Cluster& cluster = by_name[joined.find(junction)];
    const LocalPoint place = network.junction_place[junction];
    const double lanes = network.lanes_of(link);
    cluster.place.x_m += lanes * place.x_m;
    cluster.place.y_m += lanes * place.y_m;
    cluster.weight += lanes;
  }
  for (const KeptTogether& group : together) {
    Cluster& cluster = by_name[joined.find(group.junctions.front())];
    const LocalPoint place = network.junction_place[group.junctions.front()];
    cluster.place.x_m += group.lanes * place.x_m;
    cluster.place.y_m += group.lanes * place.y_m;
    cluster.weight += group.lanes;
  }
  std::vector<Cluster> clusters;
  for (std::uint32_t name = 0; name < by_name.size(); ++name) {
    Cluster cluster = by_name[name];
    if (joined.find(name) != name) continue;
    cluster.name = name;
    if (cluster.weight > 0) {
      cluster.place.x_m /= cluster.weight;
      cluster.place.y_m /= cluster.weight;
    } else {
      cluster.place = network.junction_place[name];
    }
    clusters.push_back(cluster);
  }
  std::vector<std::uint32_t> part_of_cluster(network.junctions(), 0);
  bisect(clusters, 0, wanted, part_of_cluster);
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    result.part_of_junction[junction] = part_of_cluster[joined.find(junction)];
  }
  result.parts = wanted;
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    if (result.part_of_junction[network.from[link]] != result.part_of_junction[network.to[link]]) {
      result.cut_links.push_back(link);
    }
  }
  return result;
}

}  // namespace kontwin::traffic
