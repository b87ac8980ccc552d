#include "actors/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actors/entity_rule.hpp"
#include "scenarios/flood/stability.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"
#include "twin/state_table.hpp"

namespace kontwin::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

/// One entity of a small world with its rule, as the mirror would have it, without an actor.
class Alone {
 public:
  explicit Alone(Kind kind) : world_(world_with(kind)), self_{kind, 0} {
    const StateTable rest(*world_);
    row_ = Row::copy_of(schema_of(kind).columns.size(),
                        [&](std::size_t column) { return rest.at(self_, column); });
    rule_ = std::make_unique<EntityRule>(*world_, self_, row_);
  }

  /// Something wrote a cell of the row; what the rule said of it, as (type, value).
  std::vector<std::pair<EventType, double>> change(std::size_t column, double value) {
    return follow([&](RuleContext& context) { context.set(column, value); });
  }
  std::vector<std::pair<EventType, double>> hear(EventType type, double value) {
    const Event event{.at = {}, .entity = {}, .type = type, .value = value};
    return follow([&](RuleContext& context) { rule_->rule().on_heard(context, event); });
  }
  /// Somebody opens or closes the road.
  std::vector<std::pair<EventType, double>> order(bool open) {
    return follow([&](RuleContext& context) {
      const Edit edit = SetRoadOpen{self_.row, open};
      apply_to_row(edit, self_, context.row());
      rule_->rule().on_edit(context, edit);
    });
  }
  std::vector<std::pair<EventType, double>> silence() {
    return follow([&](RuleContext& context) { rule_->rule().on_stale(context); });
  }
  double operator[](std::size_t column) const { return row_[column]; }

 private:
  static std::shared_ptr<const World> world_with(Kind kind) {
    WorldParts parts = town_parts(3);
    if (parts.entities[index_of(kind)].size() == 0) {
      const std::size_t attributes = schema_of(kind).attributes.size();
      parts.add(kind, {.urn = make_urn(kind, "test-0"),
                       .name = "test",
                       .place = {300, 300},
                       .commune_code = "T1",
                       .attributes = std::vector<double>(attributes, 1)});
    }
    return World::seal(std::move(parts));
  }

  template <typename Happen>
  std::vector<std::pair<EventType, double>> follow(Happen happen) {
    RuleContext context(*world_, self_, {}, row_);
    happen(context);
    rule_->follow_up(context);
    row_ = context.row();
    std::vector<std::pair<EventType, double>> said;
    for (const Event& event : context.events()) said.emplace_back(event.type, event.value);
    return said;
  }

  std::shared_ptr<const World> world_;
  EntityRef self_;
  Row row_;
  std::unique_ptr<EntityRule> rule_;
};

using Said = std::pair<EventType, double>;
constexpr std::size_t water = common_column::water_depth_m;

}  // namespace

TEST(Rules, EveryKindHasOneThatIsQuietAtRest) {
  for (const Kind kind : all_kinds()) {
    Alone entity(kind);
    EXPECT_THAT(entity.change(water, 0.05), IsEmpty()) << names_of(kind).id;
  }
}

TEST(Rules, ARoadClosesUnderDebrisUntilItIsCleared) {
  Alone road(Kind::road);
  EXPECT_THAT(road.change(road_column::debris, 1),
              ElementsAre(Said(EventType::debris_changed, 1), Said(EventType::open_changed, 0)));
  EXPECT_EQ(road[road_column::open], 0);
  EXPECT_THAT(road.change(water, 0.4), ElementsAre(Said(EventType::water_depth_crossed, 0.4)));
  EXPECT_THAT(road.change(road_column::debris, 0), ElementsAre(Said(EventType::debris_changed, 0)));
  EXPECT_EQ(road[road_column::open], 0) << "it is still under water";
  road.change(water, 0.05);
  EXPECT_EQ(road[road_column::open], 1);
}

TEST(Rules, ARoadClosesWhenTheWaterLetsNoVehicleThroughAndOpensWhenItHasGone) {
  Alone road(Kind::road);
  constexpr std::size_t impassable = common_column::impassable_for;
  // As the flood engine writes them: who is stopped, then how deep.
  const auto rise = [&](double depth_m, double speed_mps) {
    road.change(impassable, flood::impassable_for(depth_m, speed_mps));
    road.change(water, depth_m);
  };
  rise(0.45, 0.2);
  EXPECT_EQ(road[road_column::open], 1) << "lorries and buses get through";
  rise(0.65, 0.2);
  EXPECT_EQ(road[road_column::open], 0);
  rise(0.45, 0.2);
  EXPECT_EQ(road[road_column::open], 0) << "it lies under water still";
  rise(0.05, 0);
  EXPECT_EQ(road[road_column::open], 1);
  EXPECT_THAT(road.change(impassable, flood::impassable_for(0.25, 3.5)),
              ElementsAre(Said(EventType::open_changed, 0)))
      << "shallow, and too fast for anyone";
  rise(0.08, 3.5);
  EXPECT_EQ(road[road_column::open], 0) << "shallower, and as fast";
  rise(0.08, 1);
  EXPECT_EQ(road[road_column::open], 1);
}

TEST(Rules, ARoadOpenedByOrderInDeepWaterStaysOpenUntilTheWaterStopsEverybodyAgain) {
  Alone road(Kind::road);
  constexpr std::size_t impassable = common_column::impassable_for;
  road.change(impassable, flood::impassable_for(0.7, 0));
  road.change(water, 0.7);
  road.order(true);
  EXPECT_EQ(road[road_column::open], 1);
  road.change(water, 0.8);
  EXPECT_EQ(road[road_column::open], 1);
  road.change(impassable, flood::impassable_for(0.4, 0));
  road.change(impassable, flood::impassable_for(0.7, 0));
  EXPECT_EQ(road[road_column::open], 0);
}

TEST(Rules, ABridgeClosesWhileItWaitsForInspection) {
  Alone road(Kind::road);
  EXPECT_THAT(road.change(road_column::inspection, 1),
              ElementsAre(Said(EventType::open_changed, 0)));
  road.change(road_column::debris, 1);
  road.change(road_column::inspection, 0);
  EXPECT_EQ(road[road_column::open], 0) << "something lies on it";
  road.change(road_column::debris, 0);
  EXPECT_EQ(road[road_column::open], 1);
}

TEST(Rules, ARoadReportsItsSlopeWarning) {
  Alone road(Kind::road);
  EXPECT_THAT(road.change(road_column::slope_level, 3),
              ElementsAre(Said(EventType::slope_level_changed, 3)));
}

TEST(Rules, AQueueSpillsBackOnceUntilItHasHalfGone) {
  Alone road(Kind::road);  // 200 m, one lane: 26.7 vehicles
  EXPECT_THAT(road.change(road_column::queue, 20), IsEmpty());
  EXPECT_THAT(road.change(road_column::queue, 25),
              ElementsAre(Said(EventType::queue_spilled_back, 25)));
  EXPECT_THAT(road.change(road_column::queue, 20), IsEmpty());
  EXPECT_THAT(road.change(road_column::queue, 26), IsEmpty());
  EXPECT_THAT(road.change(road_column::queue, 5), IsEmpty());
  EXPECT_THAT(road.change(road_column::queue, 26),
              ElementsAre(Said(EventType::queue_spilled_back, 26)));
}

TEST(Rules, ASignalGoesDarkWithItsPowerAndInDeepWater) {
  Alone signal(Kind::signal);
  EXPECT_THAT(signal.hear(EventType::working_changed, 0),
              ElementsAre(Said(EventType::working_changed, 0)));
  EXPECT_THAT(signal.change(water, 0.6), IsEmpty());
  EXPECT_THAT(signal.hear(EventType::working_changed, 1), IsEmpty()) << "its cabinet is flooded";
  EXPECT_THAT(signal.change(water, 0), ElementsAre(Said(EventType::working_changed, 1)));
}

TEST(Rules, ACameraThatFallsSilentIsOffLine) {
  Alone camera(Kind::camera);
  EXPECT_THAT(camera.silence(), ElementsAre(Said(EventType::working_changed, 0)));
  EXPECT_EQ(camera[camera_column::online], 0);
}

TEST(Rules, AHospitalRunsOnItsGeneratorWhileThePowerIsOut) {
  Alone hospital(Kind::hospital);
  hospital.hear(EventType::working_changed, 0);
  EXPECT_EQ(hospital[hospital_column::on_backup], 1);
  hospital.hear(EventType::working_changed, 1);
  EXPECT_EQ(hospital[hospital_column::on_backup], 0);
}

TEST(Rules, AHospitalDivertsWhileCutOffOrFlooded) {
  Alone hospital(Kind::hospital);
  EXPECT_THAT(hospital.change(hospital_column::cut_off, 1),
              ElementsAre(Said(EventType::cut_off_changed, 1)));
  EXPECT_EQ(hospital[hospital_column::diverting], 1);
  hospital.change(water, 0.4);
  hospital.change(hospital_column::cut_off, 0);
  EXPECT_EQ(hospital[hospital_column::diverting], 1) << "it stands in water";
  hospital.change(water, 0.2);
  EXPECT_EQ(hospital[hospital_column::diverting], 1);
  hospital.change(water, 0.05);
  EXPECT_EQ(hospital[hospital_column::diverting], 0);
}

TEST(Rules, AHealthStationSaysWhenItsCommuneIsOnItsOwn) {
  Alone station(Kind::health_station);
  EXPECT_THAT(station.change(health_station_column::cut_off, 1),
              ElementsAre(Said(EventType::cut_off_changed, 1)));
}

TEST(Rules, ASchoolClosesAtTheFirstWater) {
  Alone school(Kind::school);
  EXPECT_THAT(school.change(water, 0.1), ElementsAre(Said(EventType::water_depth_crossed, 0.1),
                                                     Said(EventType::open_changed, 0)));
}

TEST(Rules, AShelterSaysWhenItIsFullAndClosesUnderWater) {
  Alone shelter(Kind::shelter);  // 500 places
  EXPECT_THAT(shelter.change(shelter_column::occupants, 499), IsEmpty());
  EXPECT_THAT(shelter.change(shelter_column::occupants, 500),
              ElementsAre(Said(EventType::shelter_full, 500)));
  EXPECT_THAT(shelter.change(shelter_column::occupants, 510), IsEmpty());
  EXPECT_THAT(shelter.change(water, 0.3), ElementsAre(Said(EventType::water_depth_crossed, 0.3),
                                                      Said(EventType::open_changed, 0)));
  EXPECT_EQ(shelter[shelter_column::open], 0);
}

TEST(Rules, AReservoirAboveItsFullLevelSaysByHowMuch) {
  Alone reservoir(Kind::reservoir);  // full at 110 m
  EXPECT_THAT(reservoir.change(reservoir_column::level_m, 109.9), IsEmpty());
  EXPECT_THAT(reservoir.change(reservoir_column::level_m, 110.5),
              ElementsAre(Said(EventType::level_above_full, 0.5)));
  EXPECT_THAT(reservoir.change(reservoir_column::level_m, 109.99), IsEmpty());
  EXPECT_THAT(reservoir.change(reservoir_column::level_m, 109.5),
              ElementsAre(Said(EventType::level_above_full, -0.5)));
}

TEST(Rules, AFloodedPowerFacilityStopsAndComesBackDry) {
  Alone facility(Kind::power_facility);
  EXPECT_THAT(facility.change(water, 0.5), ElementsAre(Said(EventType::water_depth_crossed, 0.5),
                                                       Said(EventType::working_changed, 0)));
  EXPECT_EQ(facility[power_facility_column::output_kw], 0);
  facility.change(water, 0.2);
  EXPECT_EQ(facility[power_facility_column::working], 0);
  facility.change(water, 0);
  EXPECT_EQ(facility[power_facility_column::working], 1);
}

TEST(Rules, AWaterWorksNeedsPower) {
  Alone works(Kind::water_facility);
  EXPECT_THAT(works.hear(EventType::working_changed, 0),
              ElementsAre(Said(EventType::working_changed, 0)));
  EXPECT_THAT(works.hear(EventType::working_changed, 1),
              ElementsAre(Said(EventType::working_changed, 1)));
}

TEST(Rules, AnOfficeClosesWhenNobodyCanGetThere) {
  Alone office(Kind::office);
  office.change(water, 0.2);
  EXPECT_EQ(office[office_column::open], 1);
  office.change(water, 0.3);
  EXPECT_EQ(office[office_column::open], 0);
}

TEST(Rules, HomesSayWhenTheyAreToldToLeave) {
  Alone homes(Kind::residence);
  EXPECT_THAT(homes.change(residence_column::ordered, 1),
              ElementsAre(Said(EventType::evacuation_ordered, 100)));
}

TEST(Rules, PlacesWithoutARuleOfTheirOwnSayHowDeepTheWaterIs) {
  for (const Kind kind : {Kind::farm_plot, Kind::parking, Kind::lodging, Kind::tourist_site}) {
    Alone place(kind);
    EXPECT_THAT(place.change(water, 0.31), ElementsAre(Said(EventType::water_depth_crossed, 0.31)));
  }
}

TEST(Rules, ALiveEntityCommandsNobodyButItself) {
  Row row;
  EXPECT_NO_THROW(apply_to_row(SetRoadOpen{2, false}, {Kind::road, 2}, row));
  EXPECT_THROW(apply_to_row(SetRoadOpen{3, false}, {Kind::road, 2}, row), Error);
  EXPECT_THROW(apply_to_row(SetDemand{2}, {Kind::road, 2}, row), Error);
}

}  // namespace kontwin::testing
