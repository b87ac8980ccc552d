#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "io/synthesis/places_communes.hpp"
#include "tests/io/synthesis/sample_checks.hpp"
#include "tests/io/synthesis/sample_world.hpp"
#include "twin/error.hpp"
#include "twin/schema.hpp"

namespace kontwin {
namespace {

using testing::sample_folder;
using testing::sample_land;
using testing::sample_world;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(SamplePlaces, AreAtLeastFifteenThousandOfEveryKind) {
  EXPECT_GE(sample_world().size(), 15000U);
  EXPECT_LE(sample_world().size(), 40000U);
  for (const Kind kind : all_kinds()) {
    EXPECT_GT(sample_world().entities(kind).size(), 0U) << names_of(kind).id;
  }
  EXPECT_EQ(sample_world().entities(Kind::health_station).size(), 102U);
  EXPECT_GE(sample_world().entities(Kind::school).size(), 380U);
  EXPECT_GE(sample_world().entities(Kind::farm_plot).size(), 2500U);
  EXPECT_EQ(sample_world().entities(Kind::reservoir).size(), 6U);
  EXPECT_EQ(sample_world().entities(Kind::river_gauge).size(), 2U);
  EXPECT_GE(sample_world().entities(Kind::rain_gauge).size(), 50U);
  EXPECT_GE(sample_world().entities(Kind::signal).size(), 20U);
}

TEST(SamplePlaces, GiveMangDenExactlyItsPublishedLodgingsRoomsAndGuests) {
  const EntityTable& lodgings = sample_world().entities(Kind::lodging);
  int count = 0;
  int known = 0;
  double rooms = 0;
  double guests = 0;
  for (std::size_t row = 0; row < lodgings.size(); ++row) {
    if (!lodgings.urn[row].starts_with("urn:ngsi-ld:Lodging:kontum-mang-den-")) continue;
    ++count;
    known += lodgings.provenance[row] == Provenance::fact;
    rooms += lodgings.attribute(lodging_attribute::rooms, row);
    guests += lodgings.attribute(lodging_attribute::beds, row);
    EXPECT_GE(lodgings.attribute(lodging_attribute::rooms, row), 1) << lodgings.name[row];
  }
  EXPECT_EQ(count, 139);
  EXPECT_EQ(rooms, 1250);
  EXPECT_EQ(guests, 6000);
  EXPECT_GE(known, 10);
  EXPECT_LT(known, 139);
}

TEST(SamplePlaces, GiveTheCityItsTwelvePublishedCameras) {
  const EntityTable& cameras = sample_world().entities(Kind::camera);
  int published = 0;
  for (std::size_t row = 0; row < cameras.size(); ++row) {
    if (cameras.provenance[row] == Provenance::synthetic) continue;
    ++published;
    EXPECT_TRUE(testing::in_city(sample_world(), cameras.place[row]));
  }
  EXPECT_EQ(published, 12);
}

TEST(SamplePlaces, HouseEveryoneOfEachCommune) {
  const EntityTable& homes = sample_world().entities(Kind::residence);
  const synthesis::CommuneIndex communes(sample_world().parts());
  std::map<std::string, double> people;
  double expected = 0;
  for (const auto& commune : communes.communes()) expected += std::round(commune.population);
  EXPECT_NEAR(expected, 580000, 2000);
  EXPECT_EQ(sum(homes.column(residence_attribute::people)), expected);
  for (std::size_t row = 0; row < homes.size(); ++row) {
    EXPECT_GE(homes.attribute(residence_attribute::people, row), 20) << homes.urn[row];
    EXPECT_LE(homes.attribute(residence_attribute::people, row), 260) << homes.urn[row];
  }
}

TEST(SamplePlaces, HouseSeveralThousandPeopleInTheLowQuartersByTheRiver) {
  testing::expect_low_homes(sample_world());
}

TEST(SamplePlaces, ShelterTwentyThousandOnTheCitysHighGroundAndSomeInEveryCommune) {
  testing::expect_shelters(sample_world());
}

TEST(SamplePlaces, LieInsideTheExtentAndOutOfTheWater) { testing::expect_dry(sample_world()); }

TEST(SamplePlaces, PutTheGaugesOnTheRiverWithTheirPublishedAlarmLevels) {
  const auto city = sample_world().find("urn:ngsi-ld:RiverGauge:69702");
  const auto upstream = sample_world().find("urn:ngsi-ld:RiverGauge:69704");
  ASSERT_TRUE(city);
  ASSERT_TRUE(upstream);
  const EntityTable& gauges = sample_world().entities(Kind::river_gauge);
  EXPECT_EQ(gauges.attribute(river_gauge_attribute::bd1_m, city->row), 518.0);
  EXPECT_EQ(gauges.attribute(river_gauge_attribute::bd3_m, upstream->row), 594.5);
  for (const auto& river : sample_world().rivers()) {
    if (river.name != "Đăk Bla") continue;
    EXPECT_LT(nearest_on(river.line, gauges.place[city->row]).distance_m, 0.01);
    EXPECT_LT(nearest_on(river.line, gauges.place[upstream->row]).distance_m, 0.01);
  }
}

TEST(SamplePlaces, CarryProvenanceASourceAndTheCommuneInForce) {
  const synthesis::CommuneIndex communes(sample_world().parts());
  std::set<std::string> in_force;
  for (const auto& commune : communes.communes()) in_force.insert(commune.code);
  EXPECT_EQ(in_force.size(), 40U);
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = sample_world().entities(kind);
    for (std::size_t row = 0; row < table.size(); ++row) {
      ASSERT_LT(table.source[row], sample_world().sources().size());
      EXPECT_TRUE(in_force.contains(table.commune_code[row])) << table.urn[row];
      const bool own = sample_world().sources()[table.source[row]].id == "kontwin";
      EXPECT_TRUE(!own || table.provenance[row] != Provenance::fact) << table.urn[row];
    }
  }
}

TEST(SamplePlaces, StateThePlannedBedsOfTheProvincialHospitalWhereItStands) {
  const auto hospital = sample_world().find("urn:ngsi-ld:Hospital:kontum-tinh");
  ASSERT_TRUE(hospital);
  const EntityTable& table = sample_world().entities(Kind::hospital);
  EXPECT_EQ(table.attribute(hospital_attribute::beds, hospital->row), 750);
  EXPECT_EQ(table.attribute(hospital_attribute::provincial, hospital->row), 1);
  const LocalPoint stands = sample_world().frame().to_local({107.9965, 14.3559});
  EXPECT_LT(distance_m(stands, table.place[hospital->row]), 100);
}

TEST(SamplePlaces, AreTheSameWhenMadeAgain) {
  WorldParts again = sample_land();
  add_network(sample_folder(), again);
  add_places(sample_folder(), again);
  EXPECT_EQ(World::seal(std::move(again))->content_hash(), sample_world().content_hash());
}

TEST(SamplePlaces, NeedANetwork) {
  WorldParts parts = sample_land();
  EXPECT_THROW(add_places(sample_folder(), parts), WorldError);
}

}  // namespace
}  // namespace kontwin
