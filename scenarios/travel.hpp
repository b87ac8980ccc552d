#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "twin/frame.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// Someone's wish to be elsewhere by road, on behalf of another engine (households that leave, an
/// ambulance). One vehicle, with everyone in it.
struct TripRequest {
  std::uint64_t traveller = 0;  ///< the asker's own number for it; comes back with the outcome
  std::uint32_t from = 0;       ///< junction row
  std::uint32_t to = 0;         ///< junction row
  Instant depart;               ///< inside the coming window or later
  Mover::Kind vehicle = Mover::Kind::motorbike;
  std::uint16_t people = 1;
  /// Road rows from `from` to `to`, in driving order, that it is told to take; where one of them
  /// closes before it the driver finds another way, and so where another takes a fifth and a minute
  /// less when drivers hear of the times of the moment. Empty: the driver's choice.
  std::vector<std::uint32_t> route = {};
};

/// What became of a trip. Every trip asked for is answered once, or is still under way.
struct TripOutcome {
  enum class Result : std::uint8_t {
    arrived,
    no_route,  ///< no open way there at departure; the vehicle never left
    stranded,  ///< gave up on the way: no open way was left for longer than the engine's patience
  };
  std::uint64_t traveller = 0;
  Result result = Result::arrived;
  Instant at;
  std::uint32_t junction = 0;  ///< where it ended
  bool swept = false;          ///< stranded as the water took the vehicle
};

/// How other engines put vehicles on the road. The traffic engine offers it; the evacuation engine
/// uses it. Both run on the same thread, in the fixed order of the exchange.
class TravelService {
 public:
  virtual ~TravelService() = default;
  /// Puts a trip on the list. Requests of one window may come in any order: they are sorted.
  virtual void request(const TripRequest& trip) = 0;
  /// Outcomes since the last call, sorted by moment, then traveller.
  virtual std::vector<TripOutcome> take_outcomes() = 0;
  /// Seconds from every junction to the nearest of `targets` over what is open now to a vehicle of
  /// that kind, at today's speeds; `unreachable` where there is no way. [junction]
  virtual std::vector<double> travel_times_to(std::span<const std::uint32_t> targets,
                                              Mover::Kind vehicle) const = 0;
  /// Seconds that a vehicle of that kind takes to drive each link now, with the wait at its end;
  /// `unreachable` where it may not. [link]
  virtual std::vector<double> link_times(Mover::Kind vehicle) const = 0;
  /// Calls `visit(traveller, road)` for everyone whose trip was asked for and who is on one of
  /// these roads now, or waits beside it, road by road.
  virtual void for_each_on(
      std::span<const std::uint32_t> roads,
      const std::function<void(std::uint64_t, std::uint32_t)>& visit) const = 0;
};

}  // namespace kontwin
