#include "io/wire/decision_wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "twin/random.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;

Decision evacuate() {
  Decision decision;
  decision.id = "7d9f2b9e-0000-4000-8000-000000000001";
  decision.title_vi = "Sơ tán phường Quang Trung";
  decision.title_en = "Evacuate Quang Trung ward";
  decision.branch = "evacuate";
  decision.run_file = "runs/evacuate.h5";
  decision.world_hash = "abc";
  decision.measures = {{"order_evacuation",
                        {"urn:ngsi-ld:Residence:1", "urn:ngsi-ld:Residence:2"},
                        "Sơ tán 2 khu dân cư",
                        "Evacuate 2 blocks"},
                       {"set_road_open", {}, "Đóng đường", "Close the road"}};
  decision.expected = {
      {"exposed", "Người", "People", "person", 12, Kpi::Better::lower},
      {"mean", "TB", "Mean", "s", std::numeric_limits<double>::quiet_NaN(), Kpi::Better::neither}};
  decision.without = {{"exposed", "Người", "People", "person", 120.5, Kpi::Better::lower}};
  decision.proposed_at = *parse_instant("2025-11-18T03:00:00+07:00");
  decision.expires_at = *parse_instant("2025-11-18T09:00:00+07:00");
  decision.state = DecisionState::approved;
  decision.approved_by = "Chủ tịch UBND";
  return decision;
}

void expect_same(const Decision& a, const Decision& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.title_vi, b.title_vi);
  EXPECT_EQ(a.measures[0].targets, b.measures[0].targets);
  EXPECT_EQ(a.measures[1].text_vi, b.measures[1].text_vi);
  ASSERT_EQ(a.expected.size(), b.expected.size());
  EXPECT_EQ(a.expected[0].value, b.expected[0].value);
  EXPECT_TRUE(std::isnan(a.expected[1].value));
  EXPECT_EQ(a.expected[1].better, b.expected[1].better);
  EXPECT_EQ(a.without[0].value, b.without[0].value);
  EXPECT_EQ(a.proposed_at, b.proposed_at);
  EXPECT_EQ(a.expires_at, b.expires_at);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(a.approved_by, b.approved_by);
}

std::string error_of(std::string_view json) {
  const auto decoded = decode_decision_json(json);
  return decoded ? "no error" : decoded.error().text();
}

TEST(DecisionWire, GivesBackADecision) {
  const auto decoded = decode_decision(encode_decision(evacuate()));
  ASSERT_TRUE(decoded) << decoded.error().text();
  expect_same(*decoded, evacuate());
}

TEST(DecisionJson, GivesBackADecision) {
  const std::string json = encode_decision_json(evacuate());
  EXPECT_THAT(json, HasSubstr("Sơ tán phường Quang Trung"));
  EXPECT_THAT(json, HasSubstr("\"value\":null"));
  const auto decoded = decode_decision_json(json);
  ASSERT_TRUE(decoded) << decoded.error().text();
  expect_same(*decoded, evacuate());
}

TEST(DecisionJson, NamesThePlaceOfEachFault) {
  EXPECT_THAT(error_of("{"), HasSubstr("is not JSON"));
  EXPECT_EQ(error_of("[]"), "is not a JSON object");
  EXPECT_EQ(error_of("{}"), "id: is missing");
  EXPECT_EQ(error_of(R"({"id":"1","measures":[{"targets":[]}]})"),
            "measures[0].action: is missing");
  EXPECT_EQ(error_of(R"({"id":"1","measures":[{"action":"a","targets":[1]}]})"),
            "measures[0].targets[0]: is not a text");
  EXPECT_EQ(error_of(R"({"id":"1","proposed_at":"gestern"})"),
            "proposed_at: is not a moment with an offset from UTC");
  EXPECT_EQ(error_of(R"({"id":"1","expected":[{"id":"a","value":1,"better":"more"}]})"),
            "expected[0].better: is not lower, higher or neither");
  std::string json = encode_decision_json(evacuate());
  json.replace(json.find("\"approved\""), 10, "\"perhaps\"");
  EXPECT_EQ(error_of(json), "state: is no state of a decision");
  Decision empty = evacuate();
  empty.measures.clear();
  EXPECT_EQ(error_of(encode_decision_json(empty)), "measures: are missing");
}

TEST(DecisionJson, ANumberThatNoProgramHoldsIsAFault) {
  EXPECT_EQ(error_of(R"({"id":"1","expected":[{"id":"a","value":1e400}]})"),
            "holds a number that is too large");
}

TEST(DecisionJson, TakesAnyBytesWithoutHarm) {
  const std::string json = encode_decision_json(evacuate());
  const std::string wire = encode_decision(evacuate());
  RandomStream random(5, 6);
  std::size_t refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string bytes = round % 2 == 0 ? json : wire;
    for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
      bytes[random.below(bytes.size())] = static_cast<char>(random.next());
    }
    refused += decode_decision_json(bytes) ? 0U : 1U;
    refused += decode_decision(bytes) ? 0U : 1U;
  }
  EXPECT_GT(refused, 4000U);
  EXPECT_FALSE(decode_decision_json(std::string(200'000, '[')));
}

}  // namespace
}  // namespace kontwin
