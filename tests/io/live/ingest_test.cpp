#include "io/live/ingest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/wire/observation_wire.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;

class IngestTest : public ::testing::Test {
 protected:
  static constexpr const char* json =
      R"({"entity": "urn:ngsi-ld:RainGauge:test-0", "property": "rain_mmph", "value": 7,)"
      R"( "observedAt": "2025-11-18T03:00:00+07:00"})";

  /// A batch of one observation that takes `length` bytes itself, by a source of fitting length.
  std::string batch_of(char length) const {
    Observation one{.entity = "urn:ngsi-ld:RainGauge:test-0",
                    .property = "rain_mmph",
                    .value = 7,
                    .observed_at = moment,
                    .source = "",
                    .quality = Quality::good};
    while (encode_observations({&one, 1})[1] < length) one.source += 's';
    return encode_observations({&one, 1});
  }
  std::uint64_t malformed() const {
    return mirror.counts().refused[static_cast<std::size_t>(Refusal::malformed)];
  }

  Instant moment = *parse_instant("2025-11-18T03:00:00+07:00");
  ManualClock clock{moment};
  Mirror mirror{testing::town(3), clock, {.threads = 1}};
};

TEST_F(IngestTest, ABatchThatBeginsLikeJsonIsABatch) {
  for (const char length : {'[', '{'}) {
    const std::string batch = batch_of(length);
    ASSERT_EQ(batch.substr(0, 2), std::string("\n") + length);
    const IngestResult result = ingest_message(mirror, batch, "test");
    EXPECT_EQ(result.observations, 1U);
    EXPECT_EQ(result.problem, "");
  }
  EXPECT_EQ(malformed(), 0U);
}

TEST_F(IngestTest, JsonMayBeginWithANewLine) {
  EXPECT_EQ(ingest_message(mirror, std::string("\n") + json, "test").observations, 1U);
  EXPECT_EQ(ingest_message(mirror, std::string("\r\n [") + json + "]", "test").observations, 1U);
  EXPECT_THAT(ingest_message(mirror, "\n{]", "test").problem, HasSubstr("is not JSON"));
}

TEST_F(IngestTest, ANamedFormatIsTheOnlyOneTried) {
  EXPECT_EQ(ingest_message(mirror, json, "test", MessageFormat::json).observations, 1U);
  EXPECT_THAT(ingest_message(mirror, json, "test", MessageFormat::protobuf).problem,
              HasSubstr("kontwin.v1.ObservationBatch"));
  EXPECT_THAT(ingest_message(mirror, "stage 518", "test", MessageFormat::json).problem,
              HasSubstr("is not JSON"));
}

TEST_F(IngestTest, AnEmptyMessageIsMalformed) {
  EXPECT_EQ(ingest_message(mirror, "", "test").problem, "is empty");
  EXPECT_EQ(malformed(), 1U);
}

TEST_F(IngestTest, WhatIsSoundBesideAFaultIsTakenAndEachFaultCounts) {
  const IngestResult result = ingest_message(mirror, std::string("[1, ") + json + ", {}]", "test");
  EXPECT_EQ(result.observations, 1U);
  EXPECT_EQ(result.problem, "[0]: is not an object (and 1 more)");
  EXPECT_EQ(malformed(), 2U);
}

}  // namespace
}  // namespace kontwin
