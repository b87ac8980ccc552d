// People who cross a square on foot before they are on the road.
#include <algorithm>
#include <string>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

using evacuation::Square;

void EvacuationEngine::Impl::add_squares(std::vector<evacuation::SquareAt> given) {
  square_of.assign(zones.size(), no_row);
  for (evacuation::SquareAt& one : given) {
    const auto zone = std::ranges::find(zones, one.place, &evacuation::Zone::place);
    if (zone == zones.end() || one.place.kind == Kind::hospital) {
      throw ScenarioError("evacuation: nobody leaves over the square of " +
                          std::string(names_of(one.place.kind).id) + " " +
                          std::to_string(one.place.row));
    }
    square_of[static_cast<std::size_t>(zone - zones.begin())] =
        static_cast<std::uint32_t>(squares.size());
    squares.push_back({std::move(one.square), one.place, {}, {}});
  }
}

void EvacuationEngine::Impl::hand_over(std::uint32_t number) {
  Party& party = parties[number];
  CrowdedSquare& square = squares[square_of[party.zone]];
  party.stage = Stage::on_square;
  party.on_square = party.people;
  for (std::uint32_t i = 0; i < party.people; ++i) {
    const evacuation::Person& person = people[party.first_person + i];
    square.people.push_back(party.first_person + i);
    square.walkers.push_back({party.due_s, person.age, person.need, number});
  }
}

void EvacuationEngine::Impl::fill_square(std::uint32_t zone, double at_s) {
  if (square_of[zone] == no_row) return;
  CrowdedSquare& square = squares[square_of[zone]];
  if (!square.walkers.empty()) square.square->fill(square.walkers, at_s);
}

void EvacuationEngine::Impl::walk_squares(const StateTable& state, double until_s) {
  for (CrowdedSquare& square : squares) {
    if (square.walkers.empty()) continue;
    // Not known means dry.
    const double depth_m = state.at(square.place, common_column::water_depth_m);
    const double speed_mps = state.at(square.place, common_column::water_speed_mps);
    square.square->set_water(depth_m > 0 ? depth_m : 0, speed_mps > 0 ? speed_mps : 0);
    for (const Square::Ended& one : square.square->walk(until_s)) {
      const std::uint32_t person = square.people[one.walker];
      if (one.result == Square::Ended::Result::out) {
        take_back(people[person].party, one.at_s);
      } else {
        lose(person, one.at_s,
             one.result == Square::Ended::Result::caught ? "caught by water on foot"
                                                         : "no open way off the square");
      }
    }
  }
}

void EvacuationEngine::Impl::take_back(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  party.due_s = std::max(party.due_s, at_s);
  // They go on together.
  if (--party.on_square > 0) return;
  party.stage = Stage::home;
  departures.add(party.due_s, number);
}

void EvacuationEngine::Impl::lose(std::uint32_t person, double at_s, std::string_view why) {
  std::uint32_t number = people[person].party;
  if (parties[number].people > 1) {
    // The others go on without.
    Party& party = parties[number];
    Party alone = party;
    const evacuation::Need need = people[person].need;
    alone.people = 1;
    alone.seats = evacuation::seats_of(need);
    alone.berths = evacuation::berths_of(need);
    alone.helped = need != evacuation::Need::none ? 1 : 0;
    alone.first_person = person;
    party.people -= alone.people;
    party.seats -= alone.seats;
    party.berths -= alone.berths;
    party.helped -= alone.helped;
    if (--party.on_square == 0) {
      party.stage = Stage::home;
      departures.add(party.due_s, number);
    }
    number = static_cast<std::uint32_t>(parties.size());
    people[person].party = number;
    zones[alone.zone].parties.push_back(number);
    parties.push_back(std::move(alone));
  }
  goes(parties[number], at_s);
  strand(number, at_s, parties[number].junction, why);
}

}  // namespace kontwin
