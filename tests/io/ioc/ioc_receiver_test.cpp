#include "io/ioc/ioc_receiver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/ioc/http_client.hpp"
#include "io/wire/decision_wire.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;

TEST(IocReceiverTest, ChecksWhatItIsSent) {
  IocReceiver receiver;
  const auto post = [&](const std::string& key, const std::string& body) {
    HttpCall call;
    call.method = "POST";
    call.url = parse_url(receiver.url());
    if (!key.empty()) call.headers = {{"Idempotency-Key", key}};
    call.body = body;
    return exchange(call);
  };
  Decision decision;
  decision.id = "d1";
  decision.title_vi = "Sơ tán";
  decision.measures = {{"order_evacuation", {}, "", ""}};
  const std::string body = encode_decision_json(decision);
  EXPECT_EQ(post("", body).status, 400U);
  EXPECT_EQ(post("d2", body).status, 400U);
  EXPECT_THAT(post("d1", "{}").body, HasSubstr("id: is missing"));
  EXPECT_THAT(post("d1", "\xff{").body, HasSubstr("is not JSON"));
  EXPECT_TRUE(receiver.received().empty());
  const HttpAnswer first = post("d1", body);
  EXPECT_EQ(first.status, 201U);
  const HttpAnswer second = post("d1", body);
  EXPECT_EQ(second.status, 200U);
  EXPECT_EQ(second.body, first.body) << "the same key, the same answer";
  decision.title_vi = "Khác";
  EXPECT_EQ(post("d1", encode_decision_json(decision)).status, 409U);
  EXPECT_EQ(receiver.received().size(), 1U);

  HttpCall list;
  list.url = parse_url(receiver.url());
  EXPECT_THAT(exchange(list).body, HasSubstr("IOC-1970-0001"));
  list.url.path += "/nobody";
  EXPECT_EQ(exchange(list).status, 404U);
}

}  // namespace
}  // namespace kontwin
