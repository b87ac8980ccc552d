#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/person.hpp"
#include "twin/random.hpp"

namespace kontwin::crowd {

/// A quantity that differs from person to person, held between two bounds.
struct Spread {
  enum class Kind : std::uint8_t { fixed, uniform, normal, lognormal } kind = Kind::fixed;
  /// fixed: the value; normal: mean and standard deviation; lognormal: median and standard
  /// deviation of the logarithm. uniform needs the bounds alone.
  double centre = 0, deviation = 0;
  double least = 0, most = never_s;

  /// Draws until the value is within the bounds; after a thousand times it is put at the nearer
  /// one.
  double draw(RandomStream& random) const;
  static Spread fixed(double value) { return {Kind::fixed, value, 0, value, value}; }
  static Spread uniform(double least, double most) { return {Kind::uniform, 0, 0, least, most}; }
};

/// Throws ScenarioError naming `place` when a spread makes no sense: bounds the wrong way round, a
/// negative deviation, a median that is not above 0.
void check(const Spread& spread, const std::string& place);

/// A kind of people: how fast they are and how wide.
struct PeopleKind {
  std::string id;
  double share = 1;  ///< beside the other kinds of a population
  Spread speed_mps = Spread::fixed(1.34);
  /// Along the slope. A fixed 0 (as it is): the same share of each person's speed on the level as
  /// in Weidmann 1993.
  Spread stairs_up_mps = Spread::fixed(0);
  Spread stairs_down_mps = Spread::fixed(0);
  Spread radius_m{Spread::Kind::normal, 0.15, 0.012, 0.12, 0.18};
  Mobility mobility = Mobility::walking;
  std::uint32_t heads = 1;
};

/// Weidmann 1993, Transporttechnik der Fussgänger: normal, mean 1.34 m/s, deviation 0.26 m/s.
PeopleKind weidmann();
/// The population of passengers of IMO MSC.1/Circ.1533 (2016), annex 2, tables 3.1, 3.4 and 3.5:
/// ten kinds by age, gender and mobility, speeds uniform on the level and on stairs.
std::vector<PeopleKind> imo_passengers();
/// People by age and gender: mean speed after Ando, Ota and Oki 1988 as regressed in IMO
/// MSC.1/Circ.1533, table 3.3, uniform within a fifth of it. Ages are held to 2 to 70 years.
PeopleKind of_age(double years, bool female);
/// A wheelchair moved by who sits in it: 0.69 m/s, deviation 0.35 (Boyce, Shields and Silcock 1999,
/// Fire Technology 35), 0.7 m wide.
PeopleKind manual_wheelchair();
/// Four who carry one on a stretcher: a mean of 1.0 m/s on the level and 0.6 m/s down stairs, the
/// order of Hunt, Galea and Lawrence 2015, Fire and Materials 39; up stairs our guess.
PeopleKind stretcher_party();

/// Draws somebody of a kind.
Person draw(const PeopleKind& kind, RandomStream& random);
/// Chooses a kind by the shares.
const PeopleKind& draw_kind(std::span<const PeopleKind> kinds, RandomStream& random);

/// Somebody who stands somewhere already.
struct Standing {
  LocalPoint place;
  double radius_m = 0;
};

/// Places for `count` bodies of a radius in an area, no two nearer than they are wide where there
/// is room, and none over those who stand there: one a cell of a grid that just holds them all,
/// moved at random within. Throws ScenarioError when there is no room for half a body each.
std::vector<LocalPoint> places_in(const Area& area, std::size_t count, double radius_m,
                                  RandomStream random, std::span<const Standing> standing = {});

}  // namespace kontwin::crowd
