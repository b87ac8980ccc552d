#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <osgText/Font>

#include "render/hud.hpp"
#include "render/label_layout.hpp"
#include "render/viewer_keys.hpp"
#include "tests/render/valley.hpp"

namespace kontwin {
namespace {

const Label* find(const std::vector<Label>& labels, const std::string& text) {
  for (const Label& label : labels) {
    if (label.text == text) return &label;
  }
  return nullptr;
}

TEST(Fonts, HoldEveryLetterOfVietnamese) {
  const std::u32string letters =
      U"ĂÂĐÊÔƠƯăâđêôơưÁÀẢÃẠáàảãạẮẰẲẴẶắằẳẵặẤẦẨẪẬấầẩẫậÉÈẺẼẸéèẻẽẹẾỀỂỄỆếềểễệÍÌỈĨỊíìỉĩịÓÒỎÕỌóòỏõọỐỒỔỖỘố"
      U"ồổỗộỚỜỞỠỢớờởỡợÚÙỦŨỤúùủũụỨỪỬỮỰứừửữựÝỲỶỸỴýỳỷỹỵ";
  for (osgText::Font* font : {fonts().regular.get(), fonts().bold.get(), fonts().italic.get()}) {
    const osgText::FontResolution size(24, 24);
    const osgText::Glyph* const missing = font->getGlyph(size, 0x10FFFD);
    for (const char32_t letter : letters) {
      const osgText::Glyph* const glyph = font->getGlyph(size, static_cast<unsigned>(letter));
      ASSERT_NE(glyph, nullptr) << static_cast<unsigned>(letter);
      ASSERT_NE(glyph, missing) << static_cast<unsigned>(letter);
      EXPECT_GT(glyph->getWidth(), 0) << static_cast<unsigned>(letter);
    }
  }
}

TEST(Fonts, HoldEveryLetterOfTheViewersHelp) {
  ViewerKeys keys(1, 0, false);
  keys.press('h');
  osgText::Font* const font = fonts().regular;
  const osgText::FontResolution size(24, 24);
  const osgText::Glyph* const missing = font->getGlyph(size, 0x10FFFD);
  for (const std::string& line : keys.lines()) {
    for (const unsigned letter : osgText::String(line, osgText::String::ENCODING_UTF8)) {
      EXPECT_NE(font->getGlyph(size, letter), missing) << letter << " in " << line;
    }
  }
}

TEST(Hud, TheLegendGivesWayToALongHelp) {
  const auto world = testing::valley();
  const View view = view_of(*world, look_at(*world, {600, 600}, 1300, 0, -60, 1), 800, 450, 1);
  Texts texts;
  HudContent content;
  content.title_vi = "Lũ";
  const auto boxes = [&] {
    Overlay overlay(texts);
    return draw_hud(content, view, overlay);
  };
  const auto with_legend = boxes();
  content.lines.assign(14, "một dòng trợ giúp");
  const auto with_help = boxes();
  EXPECT_EQ(with_help.size() + 1, with_legend.size());
  for (const PixelBox& one : with_help) {
    for (const PixelBox& other : with_help) EXPECT_TRUE(&one == &other || !one.meets(other));
  }
}

TEST(Fonts, AMarkMakesALetterTaller) {
  const TextStyle style{.size_px = 24};
  Texts texts;
  EXPECT_GT(texts.measure("Ế", style).y(), texts.measure("E", style).y() * 1.2F);
}

TEST(Labels, NameTheCommunesInForce) {
  const auto world = testing::valley();
  const auto labels = labels_of(*world, SceneFrame{}, false);
  EXPECT_NE(find(labels, "Đăk Hà"), nullptr);
}

TEST(Labels, SayAGaugesStageAndAlarmTheVietnameseWay) {
  const auto world = testing::valley();
  StateTable state(*world);
  const EntityRef gauge{Kind::river_gauge, 0};
  state.at(gauge, river_gauge_column::stage_m) = 519.86;
  state.at(gauge, river_gauge_column::alarm_level) = 2;
  SceneFrame frame;
  frame.state = &state;
  const auto labels = labels_of(*world, frame, true);
  const Label* const label = find(labels, world->entity_name(gauge));
  ASSERT_NE(label, nullptr);
  EXPECT_EQ(label->detail, "519,86 m · BĐ2");
}

TEST(Labels, LeaveSchoolsOutInAnEmergency) {
  const auto world = testing::valley();
  const std::string school = world->entity_name({Kind::school, 0});
  EXPECT_NE(find(labels_of(*world, SceneFrame{}, false), school), nullptr);
  EXPECT_EQ(find(labels_of(*world, SceneFrame{}, true), school), nullptr);
}

TEST(Layout, LetsNoTwoLabelsMeet) {
  const auto world = testing::valley();
  const Relief relief(world->terrain());
  const View view = view_of(*world, look_at(*world, {600, 600}, 1300, 0, -60, 1), 800, 450, 1);
  std::vector<Label> labels;
  for (int i = 0; i < 80; ++i) {
    Label label{.place = {300 + 70.0 * (i % 9), 300 + 70.0 * (i / 9)}};
    label.text = "Điểm sơ tán số " + std::to_string(i);
    label.icon = Icon::shelter;
    labels.push_back(label);
  }
  const PixelBox legend{380, 200, 520, 300};
  Texts texts;
  const auto placed = lay_out(labels, view, relief, texts, {legend});
  ASSERT_GT(placed.size(), 10U);
  EXPECT_EQ(placed.front().label, &labels.front());
  for (const PlacedLabel& one : placed) {
    if (!one.with_text) continue;
    EXPECT_FALSE(one.text_box.meets(legend));
    for (const PlacedLabel& other : placed) {
      if (&other == &one || !other.with_text) continue;
      EXPECT_FALSE(one.text_box.meets(other.text_box)) << one.label->text << other.label->text;
    }
  }
}

TEST(Provenance, OfAWorldIsSaidInBothLanguages) {
  const auto world = testing::valley();
  std::string vietnamese;
  std::string english;
  describe_provenance(*world, vietnamese, english);
  EXPECT_THAT(vietnamese, ::testing::HasSubstr("DỮ LIỆU MÔ PHỎNG"));
  EXPECT_THAT(english, ::testing::HasSubstr("0 facts"));
  EXPECT_THAT(english, ::testing::HasSubstr(std::to_string(world->size()) + " synthetic"));
}

}  // namespace
}  // namespace kontwin
