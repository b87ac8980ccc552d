#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "twin/traffic_measure.hpp"

namespace kontwin::traffic {

/// Parking sites, who stands in them and who looks for a place. A driver who arrives as near to a
/// site as one walks wants a place: in the nearest site first, then in the next nearest to where it
/// wants to be, each looked at once. Who has looked at as many as it will, or at all there are,
/// leaves the vehicle at the roadside. The distances are straight ones. A vehicle takes as much of
/// a place as it takes room in a queue: four motorbikes or so stand where a car does.
class ParkingBook {
 public:
  /// `now`: who stands in the sites already leaves from then on, one after the other.
  ParkingBook(const Network& network, ParkingSearch measure, Micros now);

  /// What a driver does next.
  struct Answer {
    enum class Kind : std::uint8_t { elsewhere, parked, drive_on, roadside };
    Kind kind = Kind::elsewhere;      ///< elsewhere: it wants no place, and has arrived
    std::uint32_t junction = no_row;  ///< drive_on: where the next site is
    Micros search = 0;                ///< parked, roadside: since it found its first site full
  };
  /// A vehicle is at a junction at the moment `at`, in order of time; `wants`: where its trip goes.
  Answer arrive(std::uint32_t slot, std::uint32_t junction, std::uint32_t wants, VehicleKind kind,
                CarHundredths room, Micros at);
  /// A vehicle whose way ended otherwise looks no more; how long it looked.
  Micros forget(std::uint32_t slot, Micros at);

  std::size_t sites() const { return sites_.size(); }
  const ParkingSearch& measure() const { return measure_; }
  /// Places taken in a site at a moment, in cars.
  double occupied(std::size_t site, Micros at) const;
  std::size_t searching() const { return searches_.size(); }

  // -- counts since the start
  std::uint64_t parked() const { return parked_; }
  std::uint64_t turned_away() const { return turned_away_; }  ///< found a first site full
  std::uint64_t at_roadside() const { return at_roadside_; }
  double search_s() const { return search_s_; }

 private:
  struct Site {
    std::uint32_t junction;
    CarHundredths places, taken;
    std::multimap<Micros, CarHundredths> leaving;
  };
  struct Search {
    std::uint32_t wants;
    std::uint32_t looking_at = no_row;  // site
    int tries = 0;
    std::set<std::uint32_t> seen;
    Micros full_at = never;  // when it found the first site full
  };
  std::uint32_t next_site(const Search& search) const;
  static void let_leave(Site& site, Micros at);
  double from(std::uint32_t junction, std::size_t site) const;
  Micros close(std::uint32_t slot, const Search& search, Micros at);

  const Network* network_;
  ParkingSearch measure_;
  std::vector<Site> sites_;
  std::map<std::uint32_t, Search> searches_;  // by slot
  std::uint64_t parked_ = 0, turned_away_ = 0, at_roadside_ = 0;
  double search_s_ = 0;
};

}  // namespace kontwin::traffic
