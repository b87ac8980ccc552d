#include "io/live/http_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/ioc/http_client.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;

class HttpApiTest : public ::testing::Test {
 protected:
  HttpAnswer get(const std::string& path) const {
    HttpCall call;
    call.url = parse_url("http://127.0.0.1:" + std::to_string(api.port()) + path);
    return exchange(call);
  }
  HttpAnswer post(const std::string& body, const std::string& type) const {
    HttpCall call;
    call.method = "POST";
    call.url = parse_url("http://127.0.0.1:" + std::to_string(api.port()) + "/v1/observations");
    call.headers = {{"Content-Type", type}};
    call.body = body;
    return exchange(call);
  }

  ManualClock clock{*parse_instant("2025-11-18T03:00:00+07:00")};
  Mirror mirror{testing::town(3), clock, {.threads = 1}};
  HttpApi api{{.port = 0}, mirror, clock};
};

TEST_F(HttpApiTest, WhatIsNoTextIsNotFoundAndNoFaultOfTheServer) {
  EXPECT_EQ(get("/v1/entities/%FF").status, 404U);
  EXPECT_EQ(get("/%ff").status, 404U);
  EXPECT_EQ(get("/v1/entities?kind=%ff").status, 400U);
}

TEST_F(HttpApiTest, AFaultWhoseNameIsCutInALetterIsStillTold) {
  std::string name(39, 'a');
  for (int i = 0; i < 100; ++i) name += "ệ";
  const auto answer = post(R"({"id": "urn:ngsi-ld:RainGauge:test-0", ")" + name +
                               R"(": {"type": "Property", "value": 1}})",
                           "application/json");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(answer.body, HasSubstr("has too long a name"));
}

TEST_F(HttpApiTest, TheContentTypeSaysHowABodyIsRead) {
  EXPECT_THAT(post("stage 518", "application/json; charset=utf-8").body, HasSubstr("is not JSON"));
  EXPECT_THAT(post("{}", "Application/X-Protobuf").body, HasSubstr("kontwin.v1.ObservationBatch"));
  EXPECT_EQ(post("", "application/json").status, 400U);
}

TEST_F(HttpApiTest, PagesHoldWhatWasAskedFor) {
  const auto answer = get("/v1/entities?kind=rain_gauge&limit=1");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_THAT(answer.body, HasSubstr("urn:ngsi-ld:RainGauge:test-0"));
  for (const char* wrong : {"limit=0", "limit=1001", "limit=-1", "limit=1.5", "offset=x",
                            "kind=castle", "offset=99999999999999999999"}) {
    EXPECT_EQ(get(std::string("/v1/entities?") + wrong).status, 400U) << wrong;
  }
}

TEST_F(HttpApiTest, AParameterThatARequestDoesNotHaveIsRefused) {
  for (const char* wrong : {"/v1/entities?kinds=road", "/health?kind=road", "/v1/alarms?offset=3",
                            "/v1/entities/urn:ngsi-ld:Road:test-0?limit=1"}) {
    EXPECT_EQ(get(wrong).status, 400U) << wrong;
  }
  EXPECT_THAT(get("/v1/entities?kinds=road").body, HasSubstr("no parameter 'kinds'"));
}

}  // namespace
}  // namespace kontwin
