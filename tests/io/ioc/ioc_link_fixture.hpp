#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "io/ioc/ioc_link.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin::testing {

/// A store in a folder of its own, decisions to send from it, and a clock that stands until it is
/// set.
class IocLinkTest : public ::testing::Test {
 protected:
  /// Becomes due for sending.
  void approve(const std::string& id) {
    store->propose(decision(id), "kontwin");
    store->approve(id, "Chủ tịch", start);
  }
  IocLinkOptions options_for(const std::string& url) const {
    IocLinkOptions options;
    options.url = url;
    return options;
  }
  DecisionState state_of(const std::string& id) const { return store->decision(id)->state; }

  ScratchFolder folder;
  std::unique_ptr<Store> store = std::make_unique<Store>(folder.path() / "store.db");
  Instant start = *parse_instant("2025-11-18T03:00:00+07:00");
  ManualClock clock{start};

 private:
  Decision decision(const std::string& id) const {
    Decision made;
    made.id = id;
    made.title_vi = "Sơ tán phường Quang Trung";
    made.measures = {{"order_evacuation", {"urn:ngsi-ld:Residence:1"}, "Sơ tán", "Evacuate"}};
    made.proposed_at = start;
    made.expires_at = start + std::chrono::hours{6};
    return made;
  }
};

}  // namespace kontwin::testing
