#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/file/scenario_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

inline constexpr const char* head = R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
[flood]
grid = "town"
)";

inline std::shared_ptr<const World> town_with_a_dam() {
  WorldParts parts = testing::town_parts(4);
  parts.add(Kind::reservoir, {.urn = make_urn(Kind::reservoir, "dam"),
                              .name = "dam",
                              .place = {50, 50},
                              .provenance = Provenance::synthetic,
                              .source = 0,
                              .commune_code = "",
                              .attributes = {150, 120, 145, 30e6, 5e6, 10}});
  return World::seal(std::move(parts));
}

class FloodWorksFile : public ::testing::Test {
 protected:
  /// The text with `@A` and `@B` for two places in the town.
  Scenario load(std::string text) const {
    for (const auto& [word, place] :
         {std::pair{"@A", LocalPoint{110, 110}}, std::pair{"@B", LocalPoint{250, 110}}}) {
      const GeoPoint at = world->frame().to_geo(place);
      const std::string written =
          "[" + std::to_string(at.longitude_deg) + ", " + std::to_string(at.latitude_deg) + "]";
      for (auto found = text.find(word); found != std::string::npos; found = text.find(word)) {
        text.replace(found, 2, written);
      }
    }
    const auto path = folder.write("try.toml", head + text);
    return load_scenario(
        path, *world,
        [](const auto& file, const auto&, const auto&) -> TimeSeries {
          throw FileError(file.string(), "no recordings in this test");
        },
        [](const auto& files, const World&) {
          RainRaster rain;
          rain.shape = {.cell_m = 1000, .columns = 1, .rows = 1};
          for (const auto& [moment, file] : files) {
            rain.at.push_back(moment);
            rain.mmph.push_back({5});
            rain.name = file.filename();
          }
          return rain;
        });
  }
  std::string refusal(const std::string& text) const {
    return message_of<FileError>([&] { load(text); });
  }

  ScratchFolder folder;
  std::shared_ptr<const World> world = town_with_a_dam();
};

}  // namespace kontwin
