#include "scenarios/traffic/route_states.hpp"

#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

RouteStates::RouteStates(const Network& network, Apart apart)
    : TurnStates(
          network.junctions(), network.from, network.to, all_vehicles,
          [&network](std::uint32_t from, std::uint32_t to) -> std::uint32_t {
            const std::uint32_t turn = network.find_turn(from, to);
            return turn == no_row ? 0U : network.turn_allowed[turn];
          },
          apart) {}

}  // namespace kontwin::traffic
