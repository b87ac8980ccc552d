#include "io/synthesis/places.hpp"

#include "io/synthesis/places_maker.hpp"

namespace kontwin {

std::string_view vietnamese_name_of(Crop crop) {
  constexpr std::string_view names[crop_count] = {
      "cà phê", "cao su", "lúa nước", "sắn", "cây ăn quả", "rau, hoa xứ lạnh", "sâm Ngọc Linh"};
  return names[static_cast<std::size_t>(crop)];
}

void add_places(const std::filesystem::path& folder, WorldParts& parts) {
  synthesis::PlaceMaker maker(folder, parts);
  synthesis::add_gauges(maker);
  synthesis::add_works(maker);
  synthesis::add_care(maker);
  synthesis::add_shelters(maker);
  synthesis::add_visitor_places(maker);
  synthesis::add_farms(maker);
  synthesis::add_city_sensors(maker);
  synthesis::add_homes(maker);
}

}  // namespace kontwin
