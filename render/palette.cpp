#include "render/palette.hpp"

#include <algorithm>
#include <cmath>

#include "twin/schema.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

namespace {

constexpr Colour rgb(unsigned code, float alpha = 1) {
  return {static_cast<float>(code >> 16U & 255U) / 255.0F,
          static_cast<float>(code >> 8U & 255U) / 255.0F, static_cast<float>(code & 255U) / 255.0F,
          alpha};
}

constexpr std::array<LegendEntry, road_look_count> looks{{
    {rgb(0xfff8e1), "Thông thoáng", "Free"},
    {rgb(0xffb300), "Chậm", "Slow"},
    {rgb(0xe64a19), "Ùn tắc", "Jammed"},
    {rgb(0x6a1b9a), "Ngập nước", "Flooded"},
    {rgb(0xd50032), "Đóng", "Closed"},
    {rgb(0x5d2e0a), "Vật cản", "Obstructed"},
}};

constexpr std::array<DepthClass, 5> depths{{
    {0.05F, {rgb(0xb5e3f5, 0.62F), "0,05–0,3 m", ""}},
    {0.30F, {rgb(0x6fc3ec, 0.74F), "0,3–1 m", ""}},
    {1.00F, {rgb(0x2f95d6, 0.82F), "1–2 m", ""}},
    {2.00F, {rgb(0x1768b3, 0.87F), "2–4 m", ""}},
    {4.00F, {rgb(0x0c3f80, 0.92F), "> 4 m", ""}},
}};

constexpr std::array<LegendEntry, 6> hazards{{
    {rgb(0x8fd3a6, 0.80F), "H1 an toàn với mọi người, xe", "safe for all"},
    {rgb(0xffe66d, 0.84F), "H2 nguy hiểm cho xe nhỏ", "unsafe for small cars"},
    {rgb(0xffb03a, 0.86F), "H3 nguy hiểm cho xe, trẻ em, người già", "vehicles, children, elderly"},
    {rgb(0xee6c2f, 0.88F), "H4 nguy hiểm cho mọi người, xe", "all people and vehicles"},
    {rgb(0xcf1f3c, 0.90F), "H5 nhà có thể hư hỏng", "buildings may be damaged"},
    {rgb(0x5f0f4a, 0.92F), "H6 nhà có thể sập", "buildings may fail"},
}};

constexpr std::array<LegendEntry, 3> landslides{{
    {rgb(0xfdd835), "Trung bình", "medium"},
    {rgb(0xfb8c00), "Cao", "high"},
    {rgb(0xd50032), "Rất cao", "very high"},
}};

/// The colours of ShakeMap, as seismologists are used to them.
constexpr std::array<LegendEntry, 8> intensities{{
    {rgb(0xbfccff), "II–III yếu", "weak"},
    {rgb(0x80ffff), "IV nhẹ", "light"},
    {rgb(0x7aff93), "V vừa", "moderate"},
    {rgb(0xffff00), "VI mạnh", "strong"},
    {rgb(0xffc800), "VII rất mạnh", "very strong"},
    {rgb(0xff9100), "VIII dữ dội", "severe"},
    {rgb(0xff0000), "IX tàn phá", "violent"},
    {rgb(0xc80000), "X cực mạnh", "extreme"},
}};
constexpr std::array intensity_from_g{0.0017, 0.014, 0.039, 0.092, 0.18, 0.34, 0.65, 1.24};
static_assert(intensity_from_g.size() == intensities.size());

constexpr double stops_cars_m = 0.3;
constexpr double jammed_share = 0.3;
constexpr double slow_share = 0.65;

}  // namespace

const LegendEntry& legend_of(RoadLook look) { return looks[static_cast<std::size_t>(look)]; }

std::span<const DepthClass> depth_classes() { return depths; }

Colour colour_of_depth(float depth_m) {
  // Class colours stand for the middle of a class, so the blend runs from middle to middle.
  constexpr std::array<float, 5> middle_m{0.15F, 0.6F, 1.5F, 3.0F, 6.0F};
  if (depth_m <= middle_m.front()) {
    Colour colour = depths.front().entry.colour;
    colour.alpha *= std::clamp(depth_m / middle_m.front(), 0.0F, 1.0F);
    return colour;
  }
  for (std::size_t i = 1; i < middle_m.size(); ++i) {
    if (depth_m > middle_m[i]) continue;
    const float share = (depth_m - middle_m[i - 1]) / (middle_m[i] - middle_m[i - 1]);
    const Colour a = depths[i - 1].entry.colour;
    const Colour b = depths[i].entry.colour;
    return {std::lerp(a.red, b.red, share), std::lerp(a.green, b.green, share),
            std::lerp(a.blue, b.blue, share), std::lerp(a.alpha, b.alpha, share)};
  }
  return depths.back().entry.colour;
}

std::span<const LegendEntry> hazard_classes() { return hazards; }

Colour colour_of_hazard(int hazard_class) {
  if (hazard_class < 1) return {0, 0, 0, 0};
  const auto last = static_cast<int>(hazards.size());
  return hazards[static_cast<std::size_t>(std::min(hazard_class, last) - 1)].colour;
}

std::span<const LegendEntry> classes_of(Colouring colouring) {
  switch (colouring) {
    case Colouring::depth:
      break;
    case Colouring::hazard:
      return hazards;
    case Colouring::landslide:
      return landslides;
    case Colouring::shaking:
      return intensities;
  }
  return {};
}

int class_of_road(const StateTable& state, std::uint32_t road, Colouring colouring) {
  const auto value = [&](std::size_t column) { return state.at({Kind::road, road}, column); };
  const auto whole = [](double number) { return number >= 1 ? static_cast<int>(number) : 0; };
  switch (colouring) {
    case Colouring::depth:
      break;
    case Colouring::hazard:
      return whole(value(common_column::hazard_class));
    case Colouring::landslide:
      return whole(value(road_column::slope_level));
    case Colouring::shaking: {
      const double peak_g = value(road_column::shaking_g);
      return static_cast<int>(std::ranges::count_if(
          intensity_from_g, [peak_g](double from_g) { return peak_g >= from_g; }));
    }
  }
  return 0;
}

Colour colour_of_class(Colouring colouring, int number) {
  const auto classes = classes_of(colouring);
  if (number < 1 || classes.empty()) return {0, 0, 0, 0};
  return classes[std::min(static_cast<std::size_t>(number), classes.size()) - 1].colour;
}

Colour river_colour() { return rgb(0x3f86b5); }

Colour colour_of(const Mover& mover) {
  if (mover.kind == Mover::Kind::ambulance) return rgb(0xff1744);
  if (mover.kind == Mover::Kind::boulder) return rgb(0xb0713c);
  if (mover.kind == Mover::Kind::boat) return rgb(0xffffff);
  if (mover.evacuating != 0) return rgb(0x00e05a);
  return rgb(0x1c2a3a);
}

Colour colour_of_exposed() { return rgb(0xf000a0); }

Colour colour_of_epicentre() { return rgb(0xe00000); }

Colour colour_of_alarm(int level) {
  switch (level) {
    case 1:
      return rgb(0xfdd835);
    case 2:
      return rgb(0xfb8c00);
    case 3:
      return rgb(0xd50032);
    default:
      return rgb(0x2e7d32);
  }
}

RoadLook look_of_road(const StateTable& state, std::uint32_t road, double free_speed_mps) {
  const EntityRef ref{Kind::road, road};
  const auto value = [&](std::size_t column) { return state.at(ref, column); };
  if (value(road_column::debris) == 1) return RoadLook::debris;
  if (value(road_column::open) == 0) return RoadLook::closed;
  if (value(common_column::water_depth_m) >= stops_cars_m) return RoadLook::flooded;
  // An empty link has no speed to speak of.
  if (!(value(road_column::vehicles) > 0) || !(free_speed_mps > 0)) return RoadLook::free;
  const double share = value(road_column::speed_mps) / free_speed_mps;
  if (share < jammed_share) return RoadLook::jammed;
  if (share < slow_share) return RoadLook::slow;
  return RoadLook::free;
}

}  // namespace kontwin
