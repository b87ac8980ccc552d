#include "render/hud.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "render/label_layout.hpp"
#include "twin/number_text.hpp"
#include "twin/world.hpp"

namespace kontwin {

namespace {

constexpr Colour white{1, 1, 1, 1};
constexpr Colour pale{0.80F, 0.86F, 0.92F, 1};
constexpr Colour gold{1.0F, 0.84F, 0.40F, 1};

/// 1, 2 or 5 times a power of ten, at most `value`.
double round_length(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {5.0, 2.0}) {
    if (step * power <= value) return step * power;
  }
  return power;
}

std::string_view heading_of(Colouring colouring) {
  switch (colouring) {
    case Colouring::depth:
      break;
    case Colouring::hazard:
      return "Mức nguy hiểm của nước / Hazard of water";
    case Colouring::landslide:
      return "Nguy cơ sạt lở trên đường / Landslide warning";
    case Colouring::shaking:
      return "Cấp động đất trên đường / Intensity of shaking";
  }
  return "";
}

class Hud {
 public:
  Hud(const HudContent& content, const View& view, Overlay& overlay)
      : content_(content), view_(view), overlay_(overlay), u_(view.unit_px) {}

  std::vector<PixelBox> draw() {
    draw_title();
    draw_note();
    draw_legend();
    draw_north_and_scale();
    return boxes_;
  }

 private:
  struct Line {
    std::string words;
    TextStyle style;
  };

  void add_panel(const PixelBox& box) {
    if (content_.panels) overlay_.rectangle(box, panel_colour);
    boxes_.push_back(box);
  }

  void draw_title() {
    std::vector<Line> lines;
    if (!content_.title_vi.empty()) {
      lines.push_back(
          {content_.title_vi, {.size_px = 21 * u_, .weight = Weight::bold, .colour = white}});
    }
    if (!content_.title_en.empty()) {
      lines.push_back(
          {content_.title_en, {.size_px = 14 * u_, .weight = Weight::italic, .colour = pale}});
    }
    if (!content_.time.empty()) {
      lines.push_back(
          {content_.time, {.size_px = 17 * u_, .weight = Weight::bold, .colour = gold}});
    }
    for (const std::string& line : content_.lines) {
      lines.push_back({line, {.size_px = 13 * u_, .colour = white}});
    }
    if (lines.empty()) return;
    double width = 0;
    double height = 9 * u_;
    for (const Line& line : lines) {
      width = std::max(width, double(overlay_.texts().measure(line.words, line.style).x()));
      height += line.style.size_px * 1.38;
    }
    const double left = 14 * u_;
    const double top = view_.height_px - 14 * u_;
    const PixelBox box{left, top - height, left + width + 28 * u_, top};
    add_panel(box);
    overlay_.rectangle({box.left, box.bottom, box.left + 4 * u_, box.top}, gold);
    double base = top - 3 * u_;
    for (const Line& line : lines) {
      base -= line.style.size_px * 1.38;
      overlay_.text({float(left + 15 * u_), float(base + line.style.size_px * 0.22)}, line.words,
                    line.style);
    }
  }

  void draw_note() {
    const TextStyle style{.size_px = 11 * u_, .colour = pale};
    std::string words = content_.note_vi;
    if (!words.empty()) words += "  |  " + content_.note_en;
    if (view_.exaggeration != 1) {
      const int decimals = view_.exaggeration == std::round(view_.exaggeration) ? 0 : 1;
      words += words.empty() ? "" : "  |  ";
      words += "Độ cao vẽ phóng đại ×" +
               number_text(view_.exaggeration, decimals, Language::vietnamese) + " / heights ×" +
               number_text(view_.exaggeration, decimals, Language::english);
    }
    if (words.empty()) return;
    const PixelBox box{0, 0, double(view_.width_px), 20 * u_};
    add_panel(box);
    overlay_.text({float(14 * u_), float(6 * u_)}, words, style);
  }

  struct Row {
    std::string words;
    Colour colour;
    enum class Sign { heading, none, swatch, line, dashed, dot, icon } sign = Sign::heading;
    Icon icon = Icon::none;
  };

  std::vector<Row> legend_rows() const {
    std::vector<Row> rows;
    if (content_.colouring != Colouring::depth) {
      rows.push_back({std::string(heading_of(content_.colouring)), white});
      for (const LegendEntry& entry : classes_of(content_.colouring)) {
        Colour colour = entry.colour;
        colour.alpha = 1;
        rows.push_back({std::string(entry.vietnamese) + " / " + std::string(entry.english), colour,
                        Row::Sign::swatch});
      }
    }
    if (content_.water && content_.colouring != Colouring::hazard) {
      rows.push_back({"Độ sâu ngập / Water depth", white});
      for (const DepthClass& depth : depth_classes()) {
        Colour colour = depth.entry.colour;
        colour.alpha = 1;
        rows.push_back({std::string(depth.entry.vietnamese), colour, Row::Sign::swatch});
      }
    }
    if (content_.roads && content_.colouring != Colouring::hazard) {
      rows.push_back({"Đường / Roads", white});
      for (std::size_t i = 0; i < road_look_count; ++i) {
        const auto look = static_cast<RoadLook>(i);
        const LegendEntry& entry = legend_of(look);
        const bool dashed = look == RoadLook::closed || look == RoadLook::debris;
        if (!dashed && content_.colouring != Colouring::depth) continue;
        rows.push_back({std::string(entry.vietnamese) + " / " + std::string(entry.english),
                        entry.colour, dashed ? Row::Sign::dashed : Row::Sign::line});
      }
    }
    if (content_.exposed || content_.evacuees || content_.vehicles || content_.boulders) {
      rows.push_back({"Chấm tròn / Dots", white});
    }
    if (content_.exposed) {
      rows.push_back({"Ở nhà ngập > 0,3 m", colour_of_exposed(), Row::Sign::dot});
      rows.push_back({"At home in > 0.3 m of water", white, Row::Sign::none});
    }
    if (content_.evacuees) {
      Mover mover;
      mover.evacuating = 1;
      rows.push_back({"Đang sơ tán / Evacuating", colour_of(mover), Row::Sign::dot});
    }
    if (content_.vehicles) {
      rows.push_back({"Phương tiện / Vehicles", colour_of(Mover{}), Row::Sign::dot});
    }
    if (content_.boulders) {
      Mover boulder;
      boulder.kind = Mover::Kind::boulder;
      rows.push_back({"Đá lăn / Fallen rocks", colour_of(boulder), Row::Sign::dot});
    }
    if (content_.signs || content_.epicentres) rows.push_back({"Ký hiệu / Signs", white});
    if (content_.epicentres) {
      rows.push_back(
          {"Tâm chấn / Epicentre", colour_of_epicentre(), Row::Sign::icon, Icon::epicentre});
    }
    if (!content_.signs) return rows;
    rows.push_back(
        {"Bệnh viện / Hospital", {0.84F, 0.05F, 0.12F, 1}, Row::Sign::icon, Icon::hospital});
    rows.push_back(
        {"Điểm sơ tán / Shelter", {0.10F, 0.50F, 0.22F, 1}, Row::Sign::icon, Icon::shelter});
    rows.push_back({"người/chỗ · people/places", white, Row::Sign::none});
    rows.push_back({"Trạm thủy văn / Gauge", colour_of_alarm(0), Row::Sign::icon, Icon::gauge});
    rows.push_back({"BĐ1–3: báo động / alarm level", white, Row::Sign::none});
    rows.push_back(
        {"Hồ chứa / Reservoir", {0.09F, 0.36F, 0.62F, 1}, Row::Sign::icon, Icon::reservoir});
    return rows;
  }

  void draw_legend() {
    const std::vector<Row> rows = legend_rows();
    if (rows.empty()) return;
    const double pitch = 16.5 * u_;
    double height = 12 * u_;
    double width = 0;
    for (const Row& row : rows) {
      height += row.sign == Row::Sign::heading ? pitch * 1.25 : pitch;
      width = std::max(width, double(overlay_.texts().measure(row.words, style_of(row)).x()) +
                                  (row.sign == Row::Sign::heading ? 0 : 32 * u_));
    }
    const double left = 14 * u_;
    const double bottom = 32 * u_;
    const PixelBox box{left, bottom, left + width + 24 * u_, bottom + height};
    // It gives way to a long help, and in a low picture.
    if (std::any_of(boxes_.begin(), boxes_.end(),
                    [&](const PixelBox& other) { return box.meets(other); })) {
      return;
    }
    add_panel(box);
    double middle = box.top + 2 * u_;
    for (const Row& row : rows) {
      middle -= row.sign == Row::Sign::heading ? pitch * 1.25 : pitch;
      draw_row(row, left + 12 * u_, middle);
    }
  }

  TextStyle style_of(const Row& row) const {
    if (row.sign == Row::Sign::heading) {
      return {.size_px = 12 * u_, .weight = Weight::bold, .colour = gold};
    }
    return {.size_px = 11.5 * u_, .colour = white};
  }

  void draw_row(const Row& row, double x, double y) {
    const double words_x = row.sign == Row::Sign::heading ? x : x + 32 * u_;
    overlay_.text({float(words_x), float(y - 4 * u_)}, row.words, style_of(row));
    const osg::Vec2 middle(float(x + 12 * u_), float(y));
    switch (row.sign) {
      case Row::Sign::heading:
      case Row::Sign::none:
        return;
      case Row::Sign::swatch:
        overlay_.rectangle({x, y - 6 * u_, x + 24 * u_, y + 6 * u_}, row.colour);
        return;
      case Row::Sign::line:
      case Row::Sign::dashed:
        overlay_.rectangle({x, y - 2.5 * u_, x + 24 * u_, y + 2.5 * u_}, row.colour);
        if (row.sign == Row::Sign::line) return;
        for (const double at : {6.0, 16.0}) {
          overlay_.rectangle({x + at * u_, y - 2.5 * u_, x + (at + 3) * u_, y + 2.5 * u_}, white);
        }
        return;
      case Row::Sign::dot:
        overlay_.disk(middle, 5 * u_, white);
        overlay_.disk(middle, 3.8 * u_, row.colour);
        return;
      case Row::Sign::icon:
        draw_icon(overlay_, row.icon, middle, 14 * u_, row.colour);
        return;
    }
  }

  void draw_north_and_scale() {
    const double right = view_.width_px - 14 * u_;
    const double bottom = 32 * u_;
    const double metres_a_px = view_.focus_m * view_.metres_a_pixel;
    const double length_m = round_length(metres_a_px * 150 * u_);
    const double length_px = length_m / metres_a_px;
    const std::string words = length_m >= 1000
                                  ? std::to_string(std::lround(length_m / 1000)) + " km"
                                  : std::to_string(std::lround(length_m)) + " m";
    const std::string caption = "giữa ảnh / mid-picture";
    const TextStyle caption_style{.size_px = 9.5 * u_, .colour = pale};
    const double width_px =
        std::max(length_px, double(overlay_.texts().measure(caption, caption_style).x()));
    const PixelBox box{right - width_px - 78 * u_, bottom, right, bottom + 58 * u_};
    add_panel(box);
    const double left = box.left + 14 * u_;
    overlay_.rectangle({left, bottom + 12 * u_, left + length_px, bottom + 17 * u_}, white);
    overlay_.rectangle(
        {left + length_px / 2, bottom + 13 * u_, left + length_px - u_, bottom + 16 * u_},
        {0.06F, 0.11F, 0.18F, 1});
    overlay_.text({float(left), float(bottom + 24 * u_)}, words,
                  {.size_px = 12 * u_, .weight = Weight::bold, .colour = white});
    overlay_.text({float(left), float(bottom + 41 * u_)}, caption, caption_style);
    draw_north({float(right - 30 * u_), float(bottom + 29 * u_)});
  }

  void draw_north(osg::Vec2 middle) {
    const double turn = (content_.axes_turn_deg - view_.heading_deg) * std::numbers::pi / 180;
    const auto at = [&](double x, double y) {
      return middle + osg::Vec2(float((x * std::cos(turn) - y * std::sin(turn)) * u_),
                                float((x * std::sin(turn) + y * std::cos(turn)) * u_));
    };
    overlay_.polygon({at(0, 22), at(-7, -8), at(0, -3)}, white);
    overlay_.polygon({at(0, 22), at(0, -3), at(7, -8)}, gold);
    const TextStyle style{.size_px = 11 * u_, .weight = Weight::bold, .colour = white};
    overlay_.text(at(0, -15) - osg::Vec2(float(4 * u_), float(4 * u_)), "B", style);
  }

  const HudContent& content_;
  const View& view_;
  Overlay& overlay_;
  double u_;
  std::vector<PixelBox> boxes_;
};

}  // namespace

std::string moment_text(const SceneFrame& frame) {
  if (!frame.counted_from) return format_local(frame.at);
  const std::chrono::hh_mm_ss after(
      std::chrono::floor<std::chrono::seconds>(frame.at - *frame.counted_from));
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "+%lld:%02lld:%02lld",
                static_cast<long long>(after.hours().count()),
                static_cast<long long>(after.minutes().count()),
                static_cast<long long>(after.seconds().count()));
  return text.data();
}

void describe_provenance(const World& world, std::string& vietnamese, std::string& english) {
  const auto counts = world.count_by_provenance();
  const auto count = [&counts](Provenance provenance, Language language) {
    return number_text(static_cast<double>(counts[static_cast<std::size_t>(provenance)]), 0,
                       language);
  };
  vietnamese = "DỮ LIỆU MÔ PHỎNG: " + count(Provenance::fact, Language::vietnamese) +
               " đối tượng thực, " + count(Provenance::derived, Language::vietnamese) +
               " suy ra, " + count(Provenance::synthetic, Language::vietnamese) +
               " mô phỏng; nhà cửa chỉ minh họa";
  english = "SYNTHETIC DATA: " + count(Provenance::fact, Language::english) + " facts, " +
            count(Provenance::derived, Language::english) + " derived, " +
            count(Provenance::synthetic, Language::english) +
            " synthetic; houses are illustrations";
}

std::vector<PixelBox> draw_hud(const HudContent& content, const View& view, Overlay& overlay) {
  return Hud(content, view, overlay).draw();
}

}  // namespace kontwin
