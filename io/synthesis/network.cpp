#include "io/synthesis/network.hpp"

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
  draft.keep_largest_part();
  draw_hamlets(parts, communes, rivers, draft);
  emit_network(draft, communes, rivers, parts);
}

std::string seat_junction_urn(std::string_view commune_code) {
  return make_urn(Kind::junction, seat_id(commune_code));
}

}  // namespace kontwin
