#include "io/wire/observation_wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "twin/random.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;

const Instant moment = *parse_instant("2025-11-18T03:00:00+07:00");

std::vector<Observation> some() {
  return {{"urn:ngsi-ld:RiverGauge:69702", "stage_m", 518.25, moment, "mqtt:vndms", Quality::good},
          {"urn:ngsi-ld:RainGauge:1", "rain_mmph", 0, moment + Duration{1}, "replay",
           Quality::estimated}};
}

void expect_same(const Observation& a, const Observation& b) {
  EXPECT_EQ(a.entity, b.entity);
  EXPECT_EQ(a.property, b.property);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.observed_at, b.observed_at);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.quality, b.quality);
}

/// The one error of a JSON message without observations.
std::string error_of(std::string_view json) {
  const auto decoded = decode_observations_json(json, "test");
  EXPECT_TRUE(decoded.observations.empty()) << json;
  return decoded.errors.size() == 1 ? decoded.errors[0].text() : "not one error";
}

TEST(ObservationWire, GivesBackABatch) {
  const auto decoded = decode_observations(encode_observations(some()), "http");
  ASSERT_TRUE(decoded.sound());
  ASSERT_EQ(decoded.observations.size(), 2U);
  expect_same(decoded.observations[0], some()[0]);
  expect_same(decoded.observations[1], some()[1]);
}

TEST(ObservationWire, CarriesNaNForTheMirrorToRefuse) {
  auto observations = some();
  observations[0].value = std::numeric_limits<double>::quiet_NaN();
  observations[0].source.clear();
  const auto decoded = decode_observations(encode_observations(observations), "http");
  ASSERT_EQ(decoded.observations.size(), 2U);
  EXPECT_TRUE(std::isnan(decoded.observations[0].value));
  EXPECT_EQ(decoded.observations[0].source, "http");
}

TEST(ObservationWire, TakesTheSoundOnesOfABatchAndNamesTheOthers) {
  auto observations = some();
  observations[0].entity.clear();
  observations.push_back(some()[0]);
  observations[2].property = std::string(300, 'x');
  observations.push_back(some()[0]);
  observations[3].observed_at = Instant{Duration{std::numeric_limits<std::int64_t>::max()}};
  const auto decoded = decode_observations(encode_observations(observations), "http");
  EXPECT_EQ(decoded.observations.size(), 1U);
  ASSERT_EQ(decoded.errors.size(), 3U);
  EXPECT_EQ(decoded.errors[0].text(), "observations[0].entity: is missing");
  EXPECT_EQ(decoded.errors[1].text(), "observations[2].property: is too long");
  EXPECT_EQ(decoded.errors[2].text(), "observations[3].observed_at_ms: is no moment");
}

TEST(ObservationWire, SaysWhereBytesStopBeingABatch) {
  const std::string whole = encode_observations(some());
  const auto decoded = decode_observations(std::string_view(whole).substr(0, 20), "http");
  ASSERT_EQ(decoded.errors.size(), 1U);
  EXPECT_THAT(decoded.errors[0].text(), HasSubstr("byte "));
  EXPECT_THAT(decoded.errors[0].text(), HasSubstr("kontwin.v1.ObservationBatch"));
}

TEST(ObservationWire, RefusesWhatIsTooLarge) {
  DecodeLimits limits;
  limits.observations = 1;
  EXPECT_FALSE(decode_observations(encode_observations(some()), "http", limits).sound());
  limits.message_bytes = 10;
  EXPECT_THAT(decode_observations(encode_observations(some()), "http", limits).errors[0].reason,
              HasSubstr("more than the 10"));
  EXPECT_THAT(decode_observations_json("[1,2,3,4,5,6]", "http", limits).errors[0].reason,
              HasSubstr("more than the 10"));
}

TEST(ObservationWire, TakesAnyBytesWithoutHarm) {
  // Cut, flipped and random bytes: each must come back as a result, and under a sanitizer in peace.
  const std::string whole = encode_observations(some());
  const std::string json = "[" + encode_observation_json(some()[0]) + "," +
                           R"({"id":"urn:x:1","a":{"type":"Property","value":true,)"
                           R"("observedAt":"2025-01-01T00:00:00Z"}}])";
  RandomStream random(1, 2);
  std::size_t sound = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = round % 2 == 0 ? whole : json;
    for (std::uint64_t n = random.below(4); n > 0; --n) {
      bytes[random.below(bytes.size())] = static_cast<char>(random.next());
    }
    if (random.below(3) == 0) bytes.resize(random.below(bytes.size() + 1));
    sound += decode_observations(bytes, "fuzz").sound() ? 1U : 0U;
    sound += decode_observations_json(bytes, "fuzz").sound() ? 1U : 0U;
  }
  EXPECT_GT(sound, 100U);
  EXPECT_LT(sound, 30'000U);
}

TEST(ObservationJson, ReadsTheCompactForm) {
  const auto decoded = decode_observations_json(
      R"({"entity":"urn:ngsi-ld:RiverGauge:69702","property":"stage_m","value":518.2,)"
      R"("observedAt":"2025-11-17T20:00:00Z","quality":"suspect"})",
      "mqtt:a/b");
  ASSERT_TRUE(decoded.sound());
  ASSERT_EQ(decoded.observations.size(), 1U);
  expect_same(decoded.observations[0], {"urn:ngsi-ld:RiverGauge:69702", "stage_m", 518.2, moment,
                                        "mqtt:a/b", Quality::suspect});
}

TEST(ObservationJson, GivesBackWhatItWrote) {
  const auto decoded = decode_observations_json(
      "[" + encode_observation_json(some()[0]) + "," + encode_observation_json(some()[1]) + "]",
      "");
  ASSERT_EQ(decoded.observations.size(), 2U);
  expect_same(decoded.observations[0], some()[0]);
  expect_same(decoded.observations[1], some()[1]);
}

TEST(ObservationJson, ReadsNgsiLdEntities) {
  const auto decoded = decode_observations_json(R"([{
      "id": "urn:ngsi-ld:RiverGauge:69702", "type": "RiverGauge",
      "@context": ["https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld"],
      "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [108, 14]}},
      "stage_m": {"type": "Property", "value": 519, "observedAt": "2025-11-18T03:00:00+07:00"},
      "stale": {"type": "Property", "value": false, "observedAt": "2025-11-18T03:00:00+07:00"}
    }])",
                                                "http");
  ASSERT_TRUE(decoded.sound()) << decoded.errors[0].text();
  ASSERT_EQ(decoded.observations.size(), 2U);
  EXPECT_EQ(decoded.observations[0].property, "stage_m");
  EXPECT_EQ(decoded.observations[0].value, 519);
  EXPECT_EQ(decoded.observations[1].property, "stale");
  EXPECT_EQ(decoded.observations[1].value, 0);
  EXPECT_EQ(decoded.observations[1].observed_at, moment);
}

TEST(ObservationJson, NamesThePlaceOfEachFault) {
  EXPECT_THAT(error_of(R"({"entity": )"), HasSubstr("is not JSON"));
  EXPECT_THAT(error_of(R"({"entity": "x" "y"})"), HasSubstr("byte 18: is not JSON"));
  EXPECT_EQ(error_of("17"), "is not an object");
  EXPECT_EQ(error_of("{}"), "entity: is missing");
  EXPECT_EQ(error_of(R"([{"entity":"urn:x","property":"p"}])"), "[0].value: is missing");
  EXPECT_EQ(error_of(R"([{"entity":"urn:x","property":"p","value":"7"}])"),
            "[0].value: is not a number");
  EXPECT_EQ(error_of(R"([{"entity":"urn:x","property":"p","value":7,"observedAt":1731}])"),
            "[0].observedAt: is not a text");
  EXPECT_EQ(error_of(R"({"entity":"urn:x","property":"p","value":7,)"
                     R"("observedAt":"2025-11-18T03:00:00"})"),
            "observedAt: is not a moment with an offset from UTC");
  EXPECT_EQ(error_of(R"({"id":"urn:x","stage_m":{"type":"Property","value":null}})"),
            "stage_m.value: is not a number");
  EXPECT_EQ(error_of(R"({"id":"urn:x","type":"RiverGauge"})"), "has no member of type Property");
  EXPECT_THAT(error_of(std::string(5000, '[')), HasSubstr("is not JSON"));
  EXPECT_THAT(error_of("{\"entity\":\"\xff\"}"), HasSubstr("is not JSON"));
  EXPECT_THAT(error_of(R"({"entity":"urn:x","property":"p","value":1e999})"),
              HasSubstr("is not JSON"));
}

TEST(ObservationJson, TakesTheSoundItemsOfAList) {
  const auto decoded =
      decode_observations_json("[5," + encode_observation_json(some()[0]) + ",{}]", "http");
  EXPECT_EQ(decoded.observations.size(), 1U);
  ASSERT_EQ(decoded.errors.size(), 2U);
  EXPECT_EQ(decoded.errors[0].place, "[0]");
  EXPECT_EQ(decoded.errors[1].place, "[2].entity");
}

}  // namespace
}  // namespace kontwin
