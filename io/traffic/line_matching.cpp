#include "io/traffic/line_matching.hpp"

#include <algorithm>
#include <queue>

namespace kontwin::traffic {

namespace {

constexpr std::size_t most_candidates = 8;
constexpr double metres_a_metre_away = 5;
constexpr double other_side_m = 50;
/// A way between two points is looked for as far as this much longer than the straight line.
constexpr double detour = 4;
constexpr double detour_m = 1500;

}  // namespace

LineMatcher::LineMatcher(const Network& network, VehicleKind kind, double reach_m)
    : network_(network),
      kind_(kind),
      reach_m_(reach_m),
      finder_(network, kind),
      metres_(network.links()),
      before_(network.links()),
      stamp_(network.links(), 0) {}

double LineMatcher::own_cost(const LinkPlace& place, bool stops) const {
  return metres_a_metre_away * place.away_m + (stops && !place.own_side ? other_side_m : 0);
}

void LineMatcher::search(const LinkPlace& from, double most_m) {
  ++searches_;
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  const auto reach = [&](std::uint32_t link, double metres, std::uint32_t before) {
    if (stamp_[link] == searches_ && metres_[link] <= metres) return;
    stamp_[link] = searches_;
    metres_[link] = metres;
    before_[link] = before;
    open.emplace(metres, link);
  };
  const auto leave = [&](std::uint32_t link, double metres) {
    for (std::uint32_t turn = network_.turn_begin[link]; turn < network_.turn_begin[link + 1];
         ++turn) {
      const std::uint32_t to = network_.turn_to[turn];
      const bool open_to_it =
          contains(network_.turn_allowed[turn], kind_) && contains(network_.allowed[to], kind_);
      if (open_to_it) reach(to, metres, link);
    }
  };
  leave(from.link, (1 - from.along) * network_.length_m[from.link]);
  while (!open.empty()) {
    const auto [metres, link] = open.top();
    open.pop();
    if (metres > metres_[link]) continue;
    if (metres > most_m) break;
    leave(link, metres + network_.length_m[link]);
  }
}

bool LineMatcher::connect(const Layer& from, Layer& to) {
  std::vector<double> best(to.candidates.size(), std::numeric_limits<double>::infinity());
  for (std::uint32_t a = 0; a < from.candidates.size(); ++a) {
    const Candidate& start = from.candidates[a];
    double straight_m = 0;
    for (const Candidate& end : to.candidates) {
      straight_m =
          std::max(straight_m, distance_m(network_.junction_place[network_.to[start.at.link]],
                                          network_.junction_place[network_.from[end.at.link]]));
    }
    search(start.at, detour * straight_m + detour_m);
    for (std::size_t b = 0; b < to.candidates.size(); ++b) {
      Candidate& end = to.candidates[b];
      const double length = network_.length_m[end.at.link];
      const bool ahead = start.at.link == end.at.link && end.at.along >= start.at.along;
      const bool reached = stamp_[end.at.link] == searches_;
      if (!ahead && !reached) continue;
      const double driven = ahead ? (end.at.along - start.at.along) * length
                                  : metres_[end.at.link] + end.at.along * length;
      if (start.cost + driven >= best[b]) continue;
      best[b] = start.cost + driven;
      end.before = a;
      end.links.clear();
      if (ahead) continue;
      std::uint32_t link = end.at.link;
      do {
        end.links.push_back(link);
        link = before_[link];
      } while (link != start.at.link);
      std::ranges::reverse(end.links);
    }
  }
  std::vector<Candidate> kept;
  for (std::size_t b = 0; b < to.candidates.size(); ++b) {
    if (to.candidates[b].before == no_row) continue;
    to.candidates[b].cost += best[b];
    kept.push_back(std::move(to.candidates[b]));
  }
  to.candidates = std::move(kept);
  return !to.candidates.empty();
}

std::optional<MatchedLine> LineMatcher::match(std::span<const LinePoint> points) {
  std::vector<Layer> layers;
  for (std::size_t point = 0; point < points.size(); ++point) {
    Layer layer;
    layer.point = point;
    // What is only drawn starts no route.
    if (layers.empty() && !points[point].stops) continue;
    for (const LinkPlace& place : finder_.near(points[point].place, reach_m_, most_candidates)) {
      Candidate candidate;
      candidate.at = place;
      candidate.cost = own_cost(place, points[point].stops);
      layer.candidates.push_back(std::move(candidate));
    }
    if (layer.candidates.empty()) continue;
    if (layers.empty() || connect(layers.back(), layer)) layers.push_back(std::move(layer));
  }
  while (!layers.empty() && !points[layers.back().point].stops) layers.pop_back();
  const auto stops = std::ranges::count_if(
      layers, [&points](const Layer& layer) { return points[layer.point].stops; });
  if (stops < 2) return std::nullopt;

  MatchedLine line;
  line.points.resize(points.size());
  const auto& last = layers.back().candidates;
  auto chosen = static_cast<std::uint32_t>(std::ranges::min_element(last, {}, &Candidate::cost) -
                                           last.begin());
  std::vector<std::uint32_t> choice(layers.size());
  for (std::size_t layer = layers.size(); layer-- > 0;) {
    choice[layer] = chosen;
    chosen = layers[layer].candidates[chosen].before;
  }
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    const Candidate& at = layers[layer].candidates[choice[layer]];
    if (layer == 0) {
      line.links.push_back(at.at.link);
    } else {
      line.links.insert(line.links.end(), at.links.begin(), at.links.end());
    }
    line.points[layers[layer].point] = {static_cast<std::uint32_t>(line.links.size() - 1),
                                        at.at.along, at.at.away_m};
  }
  return line;
}

}  // namespace kontwin::traffic
