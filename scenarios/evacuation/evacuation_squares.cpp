// People who leave or cross a square on foot.
#include <algorithm>
#include <string>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

using evacuation::Square;

namespace {

SquarePassage passage_of(EntityRef square, std::uint32_t from, std::optional<Instant> came) {
  SquarePassage passage;
  passage.square = square;
  passage.from = from;
  passage.came = came;
  return passage;
}

}  // namespace

std::uint32_t EvacuationEngine::Impl::CrowdedSquare::junction_of(std::uint32_t gate) const {
  const auto found = std::ranges::find(gates, gate, &evacuation::SquareGate::gate);
  return found == gates.end() ? no_row : found->junction;
}

std::uint32_t EvacuationEngine::Impl::CrowdedSquare::gate_at(std::uint32_t junction) const {
  const auto found = std::ranges::find(gates, junction, &evacuation::SquareGate::junction);
  return found == gates.end() ? Square::no_gate : found->gate;
}

void EvacuationEngine::Impl::add_squares(std::vector<evacuation::SquareAt> given) {
  square_of.assign(zones.size(), no_row);
  for (evacuation::SquareAt& one : given) {
    const auto zone = std::ranges::find(zones, one.place, &evacuation::Zone::place);
    const bool left = zone != zones.end() && one.place.kind != Kind::hospital;
    if (!left && one.streets.empty()) {
      throw ScenarioError("evacuation: nobody leaves over the square of " +
                          std::string(names_of(one.place.kind).id) + " " +
                          std::to_string(one.place.row));
    }
    const auto number = static_cast<std::uint32_t>(squares.size());
    if (left) square_of[static_cast<std::size_t>(zone - zones.begin())] = number;
    lead_over(one, number);
    CrowdedSquare& square = squares.emplace_back();
    square.square = std::move(one.square);
    square.place = one.place;
    square.gates = std::move(one.gates);
  }
}

void EvacuationEngine::Impl::lead_over(const evacuation::SquareAt& given, std::uint32_t square) {
  if (given.streets.empty()) return;
  const RoadGraph& graph = shelters.graph();
  square_on.resize(graph.links(), no_row);
  for (const std::uint32_t street : given.streets) {
    if (street >= square_on.size()) {
      throw ScenarioError("evacuation: there is no road " + std::to_string(street));
    }
    for (const std::uint32_t end : {graph.from(street), graph.to(street)}) {
      if (std::ranges::find(given.gates, end, &evacuation::SquareGate::junction) ==
          given.gates.end()) {
        throw ScenarioError("evacuation: road " + std::to_string(street) +
                            " leads over a square that has no gate at junction " +
                            std::to_string(end));
      }
    }
    const std::uint32_t opposite = world->roads().opposite[street];
    for (const std::uint32_t link : {street, opposite}) {
      if (link == no_row) continue;
      if (square_on[link] != no_row && square_on[link] != square) {
        throw ScenarioError("evacuation: road " + std::to_string(link) + " leads over two squares");
      }
      square_on[link] = square;
    }
  }
}

// -- handing over ---------------------------------------------------------------------------------

void EvacuationEngine::Impl::hand_over(std::uint32_t number) {
  Party& party = parties[number];
  CrowdedSquare& square = squares[square_of[party.zone]];
  party.stage = Stage::on_square;
  party.on_square = party.people;
  for (std::uint32_t i = 0; i < party.people; ++i) {
    const evacuation::Person& person = people[party.first_person + i];
    square.people.push_back(party.first_person + i);
    square.passages.push_back(passage_of(square.place, no_row, moment(party.due_s)));
    square.walkers.push_back({party.due_s, person.age, person.need, number});
  }
}

void EvacuationEngine::Impl::fill_square(std::uint32_t zone, double at_s) {
  if (square_of[zone] == no_row) return;
  CrowdedSquare& square = squares[square_of[zone]];
  if (!square.walkers.empty()) square.square->fill(square.walkers, at_s);
  square.walkers.clear();
}

void EvacuationEngine::Impl::come_to(CrowdedSquare& square, std::uint32_t number, double at_s,
                                     std::uint32_t by, std::uint32_t to) {
  Party& party = parties[number];
  party.stage = Stage::crossing;
  party.on_square = party.people;
  party.junction = by;
  party.crossing_to = to;
  // Whom the square was left without stays in the list of people where it was.
  for (std::uint32_t person = party.first_person, left = party.people; left > 0; ++person) {
    if (people[person].party != number) continue;
    --left;
    square.people.push_back(person);
    square.passages.push_back(passage_of(square.place, by, moment(at_s)));
    square.coming.push_back({{at_s, people[person].age, people[person].need, number},
                             square.gate_at(by),
                             square.gate_at(to)});
  }
}

void EvacuationEngine::Impl::reach_squares(double from_s, double until_s) {
  const RoadGraph& graph = shelters.graph();
  const EntityTable& roads = world->entities(Kind::road);
  evacuation::Agenda::Due due;
  while (squares_reached.pop(until_s, due)) {
    Party& party = parties[due.number];
    std::vector<std::uint32_t>& links = party.walk.links;
    std::size_t first = party.leg_links;
    party.square = square_on[links[first]];
    const std::uint32_t by = graph.from(links[first]);
    party.walk.cost -= party.leg_m;
    // One street after the other over the same square is one way across it.
    for (; first < links.size() && square_on[links[first]] == party.square; ++first) {
      party.walk.cost -= roads.attribute(road_attribute::length_m, links[first]);
    }
    const std::uint32_t to = graph.to(links[first - 1]);
    links.erase(links.begin(), links.begin() + static_cast<std::ptrdiff_t>(first));
    party.walk.cost = links.empty() ? 0 : std::max(0.0, party.walk.cost);
    come_to(squares[party.square], due.number, std::max(due.at_s, from_s), by, to);
  }
  for (CrowdedSquare& square : squares) {
    if (square.coming.empty()) continue;
    square.square->admit(square.coming, from_s);
    square.coming.clear();
  }
}

// -- walking, and coming back ---------------------------------------------------------------------

void EvacuationEngine::Impl::walk_squares(const StateTable& state, double from_s, double until_s) {
  if (!square_on.empty()) reach_squares(from_s, until_s);
  for (CrowdedSquare& square : squares) {
    if (square.people.empty()) continue;
    // Not known means dry.
    const double depth_m = state.at(square.place, common_column::water_depth_m);
    const double speed_mps = state.at(square.place, common_column::water_speed_mps);
    square.square->set_water(depth_m > 0 ? depth_m : 0, speed_mps > 0 ? speed_mps : 0);
    for (const Square::Ended& one : square.square->walk(until_s)) {
      const std::uint32_t person = square.people[one.walker];
      SquarePassage& passage = square.passages[one.walker];
      passage.in = moment(one.set_out_s);
      passage.ended = moment(one.at_s);
      using enum Square::Ended::Result;
      if (one.result == out) {
        ++square.out;
        passage.result = SquareResult::out;
        passage.to = square.junction_of(one.gate);
        take_back(people[person].party, one.at_s, passage.to);
      } else {
        ++square.lost;
        passage.result = one.result == caught ? SquareResult::caught : SquareResult::stuck;
        lose(person, one.at_s,
             one.result == caught ? "caught by water on foot" : "no open way off the square");
      }
    }
  }
}

void EvacuationEngine::Impl::take_back(std::uint32_t number, double at_s, std::uint32_t junction) {
  Party& party = parties[number];
  party.due_s = std::max(party.due_s, at_s);
  if (junction != no_row) party.junction = junction;
  // They go on together.
  if (--party.on_square == 0) off_square(number);
}

void EvacuationEngine::Impl::off_square(std::uint32_t number) {
  Party& party = parties[number];
  if (party.stage == Stage::on_square) {
    party.stage = Stage::home;
    departures.add(party.due_s, number);
  } else if (party.junction == party.crossing_to) {
    walk_on(number, party.due_s);
  } else {
    // Not where the way goes on: they look for another.
    give_up_place(party);
    party.stage = Stage::outside;
    no_way(number, party.due_s, false);
  }
}

void EvacuationEngine::Impl::lose(std::uint32_t person, double at_s, std::string_view why) {
  std::uint32_t number = people[person].party;
  if (parties[number].people > 1) {
    // The others go on without.
    const std::uint32_t others = number;
    Party alone = parties[number];
    const evacuation::Need need = people[person].need;
    alone.people = 1;
    alone.seats = evacuation::seats_of(need);
    alone.berths = evacuation::berths_of(need);
    alone.helped = need != evacuation::Need::none ? 1 : 0;
    alone.first_person = person;
    Party& party = parties[others];
    party.people -= alone.people;
    party.seats -= alone.seats;
    party.berths -= alone.berths;
    party.helped -= alone.helped;
    number = static_cast<std::uint32_t>(parties.size());
    people[person].party = number;
    zones[alone.zone].parties.push_back(number);
    parties.push_back(std::move(alone));
    if (--parties[others].on_square == 0) off_square(others);
  }
  goes(parties[number], at_s);
  strand(number, at_s, parties[number].junction, why);
}

}  // namespace kontwin
