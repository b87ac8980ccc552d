#include "actors/live_reach.hpp"

#include <caf/send.hpp>

namespace kontwin {

LiveReach::LiveReach(caf::actor_config& config, MirrorCore* core)
    : LiveReachActor::base(config),
      core_(*core),
      reach_(*core->world),
      // A place that no road leads to in the world itself is not news.
      told_(reach_.work_out()) {}

LiveReach::behavior_type LiveReach::make_behavior() {
  return {[this](const RoadUsable& link) {
            const Piece piece(core_.underway, link.epoch);
            reach_.set_usable(link.road, link.usable);
            if (ordered_) return;
            // Arrives after the links that are in the mailbox already.
            ordered_ = true;
            core_.underway.add(link.epoch);
            send(LiveReachActor(this), WorkOutReach{link.now, link.epoch});
          },
          [this](const WorkOutReach& order) {
            const Piece piece(core_.underway, order.epoch);
            work_out(order);
          }};
}

void LiveReach::work_out(const WorkOutReach& order) {
  ordered_ = false;
  const auto& cut_off = reach_.work_out();
  for (std::size_t i = 0; i < cut_off.size(); ++i) {
    if (cut_off[i] == told_[i]) continue;
    told_[i] = cut_off[i];
    const Reach::Place& place = reach_.places()[i];
    core_.underway.add(order.epoch);
    send(core_.actor_of(place.entity),
         WorkedOut{place.column, double(cut_off[i]), order.now, order.epoch});
  }
}

}  // namespace kontwin
