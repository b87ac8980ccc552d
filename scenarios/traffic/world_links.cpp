#include "scenarios/traffic/world_links.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/world_network.hpp"

namespace kontwin::traffic {

namespace {

double known(double value, double otherwise) { return std::isfinite(value) ? value : otherwise; }

/// The columns of roads that say how their links stand.
class RoadColumns {
 public:
  explicit RoadColumns(const StateTable& state)
      : open_(state.column(Kind::road, road_column::open)),
        factor_(state.column(Kind::road, road_column::capacity_factor)),
        limit_(state.column(Kind::road, road_column::speed_limit_mps)),
        debris_(state.column(Kind::road, road_column::debris)),
        water_(state.column(Kind::road, common_column::water_depth_m)),
        swept_(state.column(Kind::road, common_column::impassable_for)) {}

  // Not known means as usual: unequal to itself, NaN would look like a change in every window.
  LinkInputs of(const Network& network, std::uint32_t link) const {
    return {known(open_[link], 1),
            known(factor_[link], 1),
            known(limit_[link], network.free_speed_mps[link]),
            known(debris_[link], 0),
            known(water_[link], 0),
            known(swept_[link], 0)};
  }

 private:
  std::span<const double> open_, factor_, limit_, debris_, water_, swept_;
};

}  // namespace

LinkState link_state_of(const Network& network, const StateTable& state) {
  LinkState links(network);
  const RoadColumns columns(state);
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    set_link(links, network, link, columns.of(network, link));
  }
  return links;
}

WorldLinks::WorldLinks(const World& world, const Network& network)
    : network_(&network),
      state_(network),
      // Unequal to anything read, so that the first update gives every signal its plan.
      plans_(network.signals.size(), Plan{-1, -1, -1, -1}) {
  inputs_.reserve(network.links());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    inputs_.push_back(usual_inputs(network, link));
  }
  for (const Signal& signal : network.signals) {
    signal_entity_.push_back(world.find(signal.id)->row);
  }
}

void WorldLinks::read_signals(const StateTable& state, SignalPlans& plans) {
  changes_.signals.clear();
  for (std::uint32_t row = 0; row < plans_.size(); ++row) {
    const EntityRef ref{Kind::signal, signal_entity_[row]};
    const Plan now{std::max(20.0, known(state.at(ref, signal_column::cycle_s), default_cycle_s)),
                   std::clamp(known(state.at(ref, signal_column::green_share), 0.5), 0.05, 0.95),
                   known(state.at(ref, signal_column::offset_s), 0),
                   known(state.at(ref, signal_column::working), 1)};
    if (now == plans_[row]) continue;
    const bool timing = now.cycle_s != plans_[row].cycle_s ||
                        now.green_share != plans_[row].green_share ||
                        now.offset_s != plans_[row].offset_s;
    if (timing) {
      plans.set_plan(row, SignalKind::fixed, to_micros(now.offset_s),
                     two_stages(*network_, plans.signal(row), now.cycle_s, now.green_share));
    }
    plans.set_working(row, now.working != 0);
    plans_[row] = now;
    changes_.signals.push_back(row);
  }
}

const WorldLinks::Changes& WorldLinks::update(const StateTable& state, SignalPlans& plans) {
  read_signals(state, plans);
  const RoadColumns columns(state);
  changes_.altered.clear();
  changes_.shut.clear();
  changes_.newly_blocked.clear();
  changes_.kinds = 0;
  for (std::uint32_t link = 0; link < network_->links(); ++link) {
    const LinkInputs now = columns.of(*network_, link);
    if (now == inputs_[link]) continue;
    const unsigned entered = state_.may_enter[link];
    const unsigned passed = state_.blocked[link];
    inputs_[link] = now;
    set_link(state_, *network_, link, now);
    changes_.altered.push_back(link);
    changes_.kinds |= static_cast<VehicleKinds>(entered ^ state_.may_enter[link]);
    if ((entered & ~unsigned{state_.may_enter[link]}) != 0) changes_.shut.push_back(link);
    if ((state_.blocked[link] & ~passed) != 0) changes_.newly_blocked.push_back(link);
  }
  return changes_;
}

}  // namespace kontwin::traffic
