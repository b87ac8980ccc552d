#include "render/ground_colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/palette.hpp"

namespace kontwin {

namespace {

using osg::Vec3f;

constexpr float lerp(float a, float b, float share) { return a + (b - a) * share; }
Vec3f mix(Vec3f a, Vec3f b, float share) { return a + (b - a) * share; }
float smooth(float from, float to, float value) {
  const float share = std::clamp((value - from) / (to - from), 0.0F, 1.0F);
  return share * share * (3 - 2 * share);
}

struct Tint {
  float height_m;
  Vec3f colour;
};

/// Hypsometric tint of open land: warm low ground, cool highlands, bare summits.
const std::array<Tint, 7> tints{{{150, {0.64F, 0.71F, 0.43F}},
                                 {500, {0.68F, 0.72F, 0.44F}},
                                 {700, {0.65F, 0.70F, 0.43F}},
                                 {1000, {0.58F, 0.66F, 0.41F}},
                                 {1400, {0.54F, 0.63F, 0.42F}},
                                 {1900, {0.57F, 0.60F, 0.46F}},
                                 {2500, {0.74F, 0.71F, 0.64F}}}};
/// Forest: darker and greener at every height.
const std::array<Tint, 5> forest_tints{{{150, {0.44F, 0.56F, 0.31F}},
                                        {600, {0.40F, 0.53F, 0.30F}},
                                        {1100, {0.33F, 0.48F, 0.28F}},
                                        {1700, {0.31F, 0.44F, 0.30F}},
                                        {2500, {0.47F, 0.50F, 0.42F}}}};
const Vec3f town_colour{0.74F, 0.71F, 0.64F};
const Vec3f rock_colour{0.60F, 0.56F, 0.49F};

template <std::size_t count>
Vec3f tint_at(const std::array<Tint, count>& scale, float height_m) {
  if (height_m <= scale.front().height_m) return scale.front().colour;
  for (std::size_t i = 1; i < count; ++i) {
    if (height_m > scale[i].height_m) continue;
    const float share =
        (height_m - scale[i - 1].height_m) / (scale[i].height_m - scale[i - 1].height_m);
    return mix(scale[i - 1].colour, scale[i].colour, share);
  }
  return scale.back().colour;
}

std::uint32_t scramble(std::uint32_t value) {
  value ^= value >> 16U;
  value *= 0x7feb352dU;
  value ^= value >> 15U;
  value *= 0x846ca68bU;
  return value ^ value >> 16U;
}

float lattice(std::int64_t column, std::int64_t row, std::uint32_t seed) {
  const std::uint32_t value =
      scramble(static_cast<std::uint32_t>(column) * 0x9e3779b1U ^
               scramble(static_cast<std::uint32_t>(row) + seed * 0x85ebca6bU));
  return static_cast<float>(value & 0xffffU) / 32767.5F - 1;
}

/// Light of one lamp on a slope, 0 to 1.
float lambert(float slope_x, float slope_y, Vec3f to_lamp) {
  const Vec3f normal(-slope_x, -slope_y, 1);
  return std::max(0.0F, (normal * to_lamp) / normal.length());
}

}  // namespace

float noise(LocalPoint point, double size_m, std::uint32_t seed) {
  const double x = point.x_m / size_m;
  const double y = point.y_m / size_m;
  const auto column = static_cast<std::int64_t>(std::floor(x));
  const auto row = static_cast<std::int64_t>(std::floor(y));
  const float fx = smooth(0, 1, static_cast<float>(x - std::floor(x)));
  const float fy = smooth(0, 1, static_cast<float>(y - std::floor(y)));
  const float south = lerp(lattice(column, row, seed), lattice(column + 1, row, seed), fx);
  const float north = lerp(lattice(column, row + 1, seed), lattice(column + 1, row + 1, seed), fx);
  return lerp(south, north, fy);
}

GroundColour::GroundColour(const World& world, const Relief& relief, const GridTurn& turn)
    : relief_(relief) {
  // Three lamps, as Swiss relief is drawn: most light from the north-west, some to model the slopes
  // that run along it.
  lamps_ = {{{{-0.62F, 0.50F, 0.70F}, 0.66F},
             {{0.25F, 0.75F, 0.80F}, 0.18F},
             {{-0.8F, -0.5F, 0.75F}, 0.16F}}};
  const GridTurn to_axes{-turn.degrees, {}};
  for (Lamp& lamp : lamps_) {
    const LocalPoint along = to_axes.heading_on_plane({double(lamp.to.x()), double(lamp.to.y())});
    lamp.to.set(float(along.x_m), float(along.y_m), lamp.to.z());
    lamp.to.normalize();
  }
  const AdminUnit* province = nullptr;
  for (const AdminUnit& unit : world.admin_units()) {
    if (unit.level == AdminLevel::province && unit.outline.size() > 2) province = &unit;
  }
  if (province == nullptr) return;
  const LocalBox box = relief.box();
  constexpr double cell_m = 250;
  inside_ = Raster<float>(
      GridShape{.left_m = box.min_x_m,
                .bottom_m = box.min_y_m,
                .cell_m = cell_m,
                .columns = static_cast<std::size_t>((box.max_x_m - box.min_x_m) / cell_m) + 1,
                .rows = static_cast<std::size_t>((box.max_y_m - box.min_y_m) / cell_m) + 1});
  const auto& ring = province->outline;
  std::vector<double> crossings;
  for (std::size_t row = 0; row < inside_.shape.rows; ++row) {
    const double y = inside_.shape.center(0, row).y_m;
    crossings.clear();
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      if ((ring[i].y_m > y) == (ring[j].y_m > y)) continue;
      crossings.push_back(ring[i].x_m + (y - ring[i].y_m) * (ring[j].x_m - ring[i].x_m) /
                                            (ring[j].y_m - ring[i].y_m));
    }
    std::sort(crossings.begin(), crossings.end());
    std::size_t passed = 0;
    for (std::size_t column = 0; column < inside_.shape.columns; ++column) {
      const double x = inside_.shape.center(column, row).x_m;
      while (passed < crossings.size() && crossings[passed] < x) ++passed;
      inside_.at(column, row) = passed % 2 == 1 ? 1.0F : 0.0F;
    }
  }
}

float GroundColour::inside_province(LocalPoint point) const {
  if (inside_.values.empty()) return 1;
  return static_cast<float>(interpolate(inside_, point));
}

osg::Vec3f GroundColour::at(LocalPoint point, float height_m, float slope_x, float slope_y,
                            double spacing_m) const {
  const Cover cover = relief_.cover(point, spacing_m);
  const float steepness = std::hypot(slope_x, slope_y);
  // The edge of woods is ragged.
  const float ragged = noise(point, 260, 1) * 0.16F + noise(point, 900, 2) * 0.14F;
  const float forest = smooth(0.25F, 0.75F, cover.wood + ragged * smooth(0, 0.3F, cover.wood));
  const float town = smooth(0.2F, 0.8F, cover.town);
  const float water = smooth(0.35F, 0.65F, cover.water);
  Vec3f colour = tint_at(tints, height_m);
  // Fields: patches of crops of about 120 m.
  if (spacing_m < 200) {
    const float patch = noise(point, 130, 3);
    colour = mix(colour, Vec3f(0.53F, 0.63F, 0.33F), smooth(0.1F, 0.45F, patch) * 0.40F);
    colour = mix(colour, Vec3f(0.71F, 0.63F, 0.44F), smooth(0.15F, 0.5F, -patch) * 0.32F);
  }
  colour = mix(colour, tint_at(forest_tints, height_m), forest);
  // Gardens and yards between the houses.
  const float gardens =
      spacing_m < 200 ? 0.25F * noise(point, 90, 8) + 0.15F * noise(point, 31, 9) : 0;
  colour = mix(colour, town_colour, town * (0.62F + gardens));
  colour = mix(colour, rock_colour, smooth(0.75F, 1.3F, steepness) * 0.5F);
  // Grain of crowns and fields, where a sample is fine enough to show it.
  float grain = noise(point, 2400, 4) * 0.045F;
  if (spacing_m < 120) grain += noise(point, 190, 5) * 0.035F;
  if (spacing_m < 30) grain += noise(point, 34, 6) * lerp(0.035F, 0.15F, forest);
  if (spacing_m < 12) grain += noise(point, 13, 7) * lerp(0.03F, 0.14F, forest);
  colour *= 1 + grain;

  // Heights are drawn out a little for the shading alone.
  constexpr float drawn_out = 1.7F;
  const float sx = slope_x * drawn_out;
  const float sy = slope_y * drawn_out;
  float light = 0;
  float flat = 0;
  for (const Lamp& lamp : lamps_) {
    light += lamp.share * lambert(sx, sy, lamp.to);
    flat += lamp.share * lamp.to.z();
  }
  const float shade = std::clamp(0.40F + 0.62F * light / flat, 0.38F, 1.28F);
  const Vec3f shadow_tint(0.88F, 0.93F, 1.08F);
  Vec3f tint(1, 1, 1);
  tint = mix(shadow_tint, tint, smooth(0.45F, 0.95F, shade));
  colour = Vec3f(colour.x() * tint.x(), colour.y() * tint.y(), colour.z() * tint.z()) * shade;
  // Still water is level: no shading.
  const Colour blue = river_colour();
  colour = mix(colour, Vec3f(blue.red, blue.green, blue.blue), water);

  const float within = inside_province(point);
  if (within < 1) {
    const float grey = colour.x() * 0.35F + colour.y() * 0.5F + colour.z() * 0.15F;
    const Vec3f muted =
        mix(colour, Vec3f(grey, grey, grey), 0.65F) * 0.60F + Vec3f(0.27F, 0.28F, 0.29F);
    colour = mix(muted, colour, within);
  }
  for (int part = 0; part < 3; ++part) colour[part] = std::clamp(colour[part], 0.0F, 1.0F);
  return colour;
}

}  // namespace kontwin
