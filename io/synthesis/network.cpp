#include "io/synthesis/network.hpp"

#include <algorithm>

#include "io/synthesis/network_country.hpp"
#include "io/synthesis/network_emit.hpp"
#include "io/synthesis/network_hamlets.hpp"

namespace kontwin {

namespace {

using namespace synthesis;

void append(NetworkDraft& draft, NetworkDraft&& town) {
  const auto first = static_cast<std::uint32_t>(draft.junctions.size());
  for (DraftJunction& junction : town.junctions) draft.junctions.push_back(std::move(junction));
  for (DraftRoad& road : town.roads) {
    road.a += first;
    road.b += first;
    draft.roads.push_back(std::move(road));
  }
}

/// Leaves the largest connected part: what no road reaches is not part of the network.
void keep_largest_part(NetworkDraft& draft) {
  const auto part = draft.parts();
  std::vector<std::size_t> sizes;
  for (const std::uint32_t p : part) {
    if (p >= sizes.size()) sizes.resize(p + 1);
    ++sizes[p];
  }
  const auto largest = static_cast<std::uint32_t>(std::ranges::max_element(sizes) - sizes.begin());
  std::vector<bool> drop(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) drop[i] = part[i] != largest;
  draft.remove_junctions(drop);
}

}  // namespace

void add_network(const std::filesystem::path& folder, WorldParts& parts) {
  const AssetFolder assets(folder, parts);
  const StreetAssets streets = StreetAssets::read(assets, parts.frame);
  CountryAssets country = CountryAssets::read(assets, parts.frame);
  add_missing_seats(parts, country);
  const CommuneIndex communes(parts);
  const RiverIndex rivers(parts.rivers);

  NetworkDraft draft;
  for (const Town& town : streets.towns) {
    NetworkDraft drawn = lay_streets(town, streets, parts.rivers, rivers, *parts.terrain);
    name_streets(town, streets, drawn);
    append(draft, std::move(drawn));
  }
  RoadGround ground(parts, rivers, streets.towns);
  draw_country_roads(country, streets.towns, rivers, ground, draft);
  keep_largest_part(draft);
  draw_hamlets(parts, communes, rivers, draft);
  emit_network(draft, communes, rivers, parts);
}

std::string seat_junction_urn(std::string_view commune_code) {
  return make_urn(Kind::junction, seat_id(commune_code));
}

}  // namespace kontwin
