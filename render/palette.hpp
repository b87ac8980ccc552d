#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "render/scene_data.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// A colour, each part 0 to 1.
struct Colour {
  float red = 0, green = 0, blue = 0, alpha = 1;
};

/// What a road looks like; the last that holds wins. Debris is whatever lies across it: slides,
/// rocks, vehicles that the water left there.
enum class RoadLook : std::uint8_t { free, slow, jammed, flooded, closed, debris };
inline constexpr std::size_t road_look_count = 6;

/// One line of a legend.
struct LegendEntry {
  Colour colour;
  std::string_view vietnamese;
  std::string_view english;
};

const LegendEntry& legend_of(RoadLook look);

/// A class of water depth and its colour.
struct DepthClass {
  float from_m = 0;
  LegendEntry entry;
};

/// By rising depth.
std::span<const DepthClass> depth_classes();
/// The colour of water of a depth, blended between the classes; clear at 0.
Colour colour_of_depth(float depth_m);
/// The hazard classes H1 to H6 of Smith, Davey and Cox 2014 (scenarios/flood/hazard.hpp).
std::span<const LegendEntry> hazard_classes();
/// Of a class 1 to 6; clear for 0.
Colour colour_of_hazard(int hazard_class);
/// What roads are coloured by, the classes from 1 up: hazard classes; warning levels of landslides;
/// intensities of shaking II–III, IV to IX, X. None by depth.
std::span<const LegendEntry> classes_of(Colouring colouring);
/// The class of a road row, 0 for none. Intensity is told from peak acceleration by Wald,
/// Quitoriano, Heaton and Kanamori (1999, Earthquake Spectra 15(3)).
int class_of_road(const StateTable& state, std::uint32_t road, Colouring colouring);
/// Of a class of classes_of; clear for 0.
Colour colour_of_class(Colouring colouring, int number);
/// Water that is always there: rivers and lakes.
Colour river_colour();

Colour colour_of(const Mover& mover);
/// People in their homes in water deeper than this are in danger, as the flood engine counts them.
inline constexpr double dangerous_depth_m = 0.3;
Colour colour_of_exposed();
Colour colour_of_epicentre();
/// By alarm level (báo động) 0 to 3.
Colour colour_of_alarm(int level);

/// What a road row looks like in a state. Water of 0.3 m and more stops a car (a passenger car
/// floats or stalls at 0.3 m: Australian Rainfall & Runoff, Book 6, ch. 7, small passenger
/// vehicle).
RoadLook look_of_road(const StateTable& state, std::uint32_t road, double free_speed_mps);

}  // namespace kontwin
