#include "scenarios/traffic/parking_book.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::traffic {

namespace {

CarHundredths hundredths(double cars) {
  return static_cast<CarHundredths>(std::lround(std::min(cars, 1e7) * 100));
}

}  // namespace

ParkingBook::ParkingBook(const Network& network, ParkingSearch measure, Micros now)
    : network_(&network), measure_(std::move(measure)) {
  for (const ParkingSite& site : measure_.sites) {
    Site made{site.junction, hundredths(site.places), hundredths(site.occupied), {}};
    const auto standing = static_cast<int>(std::ceil(site.occupied));
    for (int i = 0; i < standing; ++i) {
      const double at_s = measure_.stay_min * 60 * (i + 1) / standing;
      made.leaving.emplace(now + to_micros(at_s), std::min(100, made.taken - 100 * i));
    }
    sites_.push_back(std::move(made));
  }
}

double ParkingBook::from(std::uint32_t junction, std::size_t site) const {
  return distance_m(network_->junction_place[junction],
                    network_->junction_place[sites_[site].junction]);
}

std::uint32_t ParkingBook::next_site(const Search& search) const {
  std::uint32_t best = no_row;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t site = 0; site < sites_.size(); ++site) {
    if (search.seen.contains(site)) continue;
    const double far_m = from(search.wants, site);
    if (far_m > measure_.search_m || far_m >= least) continue;
    least = far_m;
    best = site;
  }
  return best;
}

void ParkingBook::let_leave(Site& site, Micros at) {
  while (!site.leaving.empty() && site.leaving.begin()->first <= at) {
    site.taken -= site.leaving.begin()->second;
    site.leaving.erase(site.leaving.begin());
  }
}

double ParkingBook::occupied(std::size_t site, Micros at) const {
  CarHundredths taken = sites_[site].taken;
  for (const auto& [leaves, size] : sites_[site].leaving) {
    if (leaves <= at) taken -= size;
  }
  return taken / 100.0;
}

Micros ParkingBook::close(std::uint32_t slot, const Search& search, Micros at) {
  const Micros looked = search.full_at == never ? 0 : at - search.full_at;
  search_s_ += seconds(looked);
  searches_.erase(slot);
  return looked;
}

ParkingBook::Answer ParkingBook::arrive(std::uint32_t slot, std::uint32_t junction,
                                        std::uint32_t wants, VehicleKind kind, CarHundredths room,
                                        Micros at) {
  auto found = searches_.find(slot);
  if (found == searches_.end()) {
    Search begun;
    begun.wants = wants;
    const std::uint32_t nearest = next_site(begun);
    const bool parks = (measure_.kinds & bit_of(kind)) != 0 && nearest != no_row &&
                       from(wants, nearest) <= measure_.walk_m;
    if (!parks) return {};
    begun.looking_at = nearest;
    found = searches_.emplace(slot, std::move(begun)).first;
  }
  Search& search = found->second;
  while (search.looking_at != no_row && search.tries < measure_.tries) {
    Site& site = sites_[search.looking_at];
    if (site.junction != junction) return {Answer::Kind::drive_on, site.junction, 0};
    let_leave(site, at);
    ++search.tries;
    search.seen.insert(search.looking_at);
    if (site.taken + room <= site.places) {
      site.taken += room;
      site.leaving.emplace(at + to_micros(measure_.stay_min * 60), room);
      ++parked_;
      return {Answer::Kind::parked, junction, close(slot, search, at)};
    }
    if (search.full_at == never) {
      search.full_at = at;
      ++turned_away_;
    }
    search.looking_at = next_site(search);
  }
  ++at_roadside_;
  return {Answer::Kind::roadside, junction, close(slot, search, at)};
}

Micros ParkingBook::forget(std::uint32_t slot, Micros at) {
  const auto found = searches_.find(slot);
  if (found == searches_.end()) return 0;
  return close(slot, Search(found->second), at);
}

}  // namespace kontwin::traffic
