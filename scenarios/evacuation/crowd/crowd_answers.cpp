// What a CrowdSimulation answers.

#include <cmath>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/slits.hpp"

namespace kontwin::crowd {

CrowdSimulation::CrowdSimulation(Ground ground, std::vector<Person> people, CrowdOptions options,
                                 ComputeArena& arena)
    : impl_(std::make_unique<Impl>(std::move(ground), std::move(people), std::move(options),
                                   arena)) {}
CrowdSimulation::~CrowdSimulation() = default;

double CrowdSimulation::now_s() const { return impl_->now_s(); }
void CrowdSimulation::advance(double until_s) { impl_->advance(until_s); }
std::size_t CrowdSimulation::size() const { return impl_->state.size(); }
const Person& CrowdSimulation::person(std::size_t number) const {
  return impl_->state.given.at(number);
}
const Ground& CrowdSimulation::ground() const { return impl_->ground; }
std::uint64_t CrowdSimulation::person_steps() const { return impl_->person_steps; }
std::size_t CrowdSimulation::measure(const MeasureLine& line) { return impl_->measures.add(line); }
std::size_t CrowdSimulation::measure(const MeasureArea& area) { return impl_->measures.add(area); }
const LineRecord& CrowdSimulation::line(std::size_t index) const {
  return impl_->measures.line(index);
}
const AreaRecord& CrowdSimulation::area(std::size_t index) const {
  return impl_->measures.area(index);
}

void CrowdSimulation::set_exit_open(std::uint32_t exit, bool open) {
  impl_->ground.set_exit_open(exit, open);
  impl_->motion.set_walls(impl_->ground.walls());
  impl_->renew_ways();
}

void CrowdSimulation::set_opening_open(std::uint32_t opening, bool open) {
  impl_->ground.set_opening_open(opening, open);
  impl_->motion.set_walls(impl_->ground.walls());
  impl_->renew_ways();
}

void CrowdSimulation::admit(std::span<const Newcomer> newcomers) { impl_->admit(newcomers); }

void CrowdSimulation::set_water(std::vector<float> depth_m, std::vector<float> speed_mps) {
  impl_->set_water(std::move(depth_m), std::move(speed_mps));
}

bool CrowdSimulation::anybody_moves() const {
  for (std::size_t i = 0; i < size(); ++i) {
    const Status status = impl_->state.now[i].status;
    if (status == Status::walking) return true;
    if (status == Status::waiting && std::isfinite(impl_->state.sets_out_s[i])) return true;
  }
  return false;
}

PersonState CrowdSimulation::state(std::size_t number) const {
  const CrowdState& all = impl_->state;
  PersonState state;
  state.status = all.now.at(number).status;
  state.surface = all.surface[number];
  state.place = all.last_place[number];
  state.exit = all.now[number].exit;
  if (state.status != Status::waiting) state.set_out_s = all.sets_out_s[number];
  state.ended_s = all.ended_s[number];
  state.walked_m = static_cast<double>(all.now[number].walked_m);
  const std::uint32_t row = all.row[number];
  if (row == none || state.status == Status::out) {
    const LocalPoint origin = ground().origin();
    state.z_m = static_cast<double>(
        ground().height(state.surface, static_cast<float>(state.place.x_m - origin.x_m),
                        static_cast<float>(state.place.y_m - origin.y_m)));
    return state;
  }
  const Pedestrians& rows = impl_->motion.people;
  const LocalPoint origin = ground().origin();
  state.surface = rows.surface[row];
  state.place = {static_cast<double>(rows.x_m[row]) + origin.x_m,
                 static_cast<double>(rows.y_m[row]) + origin.y_m};
  state.z_m = static_cast<double>(rows.z_m[row]);
  state.speed_mps = static_cast<double>(std::hypot(rows.vx_mps[row], rows.vy_mps[row]));
  return state;
}

CrowdCount CrowdSimulation::count() const {
  CrowdCount count;
  for (std::size_t i = 0; i < size(); ++i) {
    const std::uint32_t heads = impl_->state.given[i].heads;
    switch (impl_->state.now[i].status) {
      case Status::waiting:
        count.waiting += heads;
        break;
      case Status::walking:
        count.walking += heads;
        break;
      case Status::out:
        count.out += heads;
        break;
      case Status::caught:
        count.caught += heads;
        break;
      case Status::stuck:
        count.stuck += heads;
        break;
    }
  }
  return count;
}

std::string CrowdSimulation::why_caught(std::size_t number) const {
  if (impl_->state.now.at(number).status != Status::caught) return {};
  const std::uint32_t blockage = impl_->state.caught_by[number];
  if (blockage == none) return "caught by water too deep or too fast to stand in";
  return "caught under blockage '" + ground().building().blockages[blockage].id +
         "', which appeared over where it was";
}

std::string CrowdSimulation::why_stuck(std::size_t number) const {
  const CrowdState& all = impl_->state;
  if (all.now.at(number).status != Status::stuck) return {};
  const Building& building = ground().building();
  const PersonState now = state(number);
  const LocalPoint origin = ground().origin();
  const auto x = static_cast<float>(now.place.x_m - origin.x_m);
  const auto y = static_cast<float>(now.place.y_m - origin.y_m);
  bool any_open = false, any_on_foot = false;
  std::vector<const WayField*> on_foot;
  for (std::uint32_t exit = 0; exit < building.exits.size(); ++exit) {
    if (!ground().is_exit_open(exit)) continue;
    any_open = true;
    on_foot.push_back(&impl_->ways.to(exit, Means::foot));
    any_on_foot = any_on_foot || std::isfinite(on_foot.back()->distance(now.surface, x, y));
  }
  const std::string from = "surface '" + building.surfaces[now.surface].id + "'";
  if (!any_open) return "every exit is shut";
  if (!any_on_foot) {
    return "no open way leads from " + from + " to an open exit" +
           slit_in_the_way(ground(), now.surface, on_foot);
  }
  if (all.given[number].mobility == Mobility::wheelchair) {
    return "no way that a wheelchair can take leads from " + from + " to an open exit it knows";
  }
  return "the exits that can be reached from " + from + " are emergency exits it does not know of";
}

}  // namespace kontwin::crowd
