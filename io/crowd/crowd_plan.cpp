#include "io/crowd/crowd_plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

const char* colour_of_level(char level) {
  switch (level) {
    case 'A':
      return "#e8f4e4";
    case 'B':
      return "#bfe3b0";
    case 'C':
      return "#fdf0a6";
    case 'D':
      return "#fbc66b";
    case 'E':
      return "#f0843c";
    default:
      return "#c4261d";
  }
}

std::vector<double> storey_shifts(const Building& building) {
  std::vector<double> shifts(building.surfaces.size());
  std::vector<std::size_t> order(building.surfaces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {},
                           [&building](std::size_t i) { return building.surfaces[i].height_m; });
  LocalBox all{never_s, never_s, -never_s, -never_s};
  for (const Surface& surface : building.surfaces) {
    const LocalBox box = box_of(surface.shape);
    all.min_x_m = std::min(all.min_x_m, box.min_x_m);
    all.max_x_m = std::max(all.max_x_m, box.max_x_m);
  }
  const double width_m = (all.max_x_m - all.min_x_m) * 1.1 + 2;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Surface& surface = building.surfaces[order[k]];
    const LocalBox box = box_of(surface.shape);
    for (std::size_t lower = 0; lower < k; ++lower) {
      const Surface& below = building.surfaces[order[lower]];
      const LocalBox other = box_of(below.shape);
      const bool meets = box.min_x_m < other.max_x_m - 0.2 && other.min_x_m < box.max_x_m - 0.2 &&
                         box.min_y_m < other.max_y_m - 0.2 && other.min_y_m < box.max_y_m - 0.2;
      if (meets && surface.height_m - below.height_m >= 2) {
        shifts[order[k]] = std::max(shifts[order[k]], shifts[order[lower]] + width_m);
      }
    }
  }
  return shifts;
}

namespace {

constexpr double picture_px = 1200;

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '<') {
      safe += "&lt;";
    } else if (letter == '>') {
      safe += "&gt;";
    } else if (letter == '&') {
      safe += "&amp;";
    } else if (letter == '"') {
      safe += "&quot;";
    } else {
      safe += letter;
    }
  }
  return safe;
}

class Plan {
 public:
  Plan(const std::filesystem::path& path, const Building& building)
      : path_(path.string()), file_(path), building_(building), shifts_(storey_shifts(building)) {
    if (!file_) throw FileError(path_, "cannot be written");
    for (std::size_t i = 0; i < building.surfaces.size(); ++i) {
      const LocalBox box = box_of(building.surfaces[i].shape);
      box_.min_x_m = std::min(box_.min_x_m, box.min_x_m + shifts_[i]);
      box_.min_y_m = std::min(box_.min_y_m, box.min_y_m);
      box_.max_x_m = std::max(box_.max_x_m, box.max_x_m + shifts_[i]);
      box_.max_y_m = std::max(box_.max_y_m, box.max_y_m);
    }
    const double size_m = std::max({box_.max_x_m - box_.min_x_m, box_.max_y_m - box_.min_y_m, 1.0});
    per_m_ = picture_px / size_m;
    const double width = (box_.max_x_m - box_.min_x_m) * per_m_ + 2 * margin_px;
    const double height = (box_.max_y_m - box_.min_y_m) * per_m_ + 3 * margin_px;
    file_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << std::lround(width)
          << "\" height=\"" << std::lround(height)
          << "\" font-family=\"Noto Sans, DejaVu Sans, sans-serif\" font-size=\"13\">\n"
          << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"" << margin_px
          << "\" y=\"24\" font-size=\"17\" font-weight=\"bold\">" << escaped(building.name)
          << "</text>\n";
  }

  void ground() {
    for (std::size_t i = 0; i < building_.surfaces.size(); ++i) {
      const Surface& surface = building_.surfaces[i];
      const char* fill = surface.kind == Surface::Kind::floor ? "#f4f4f1" : "#dcdcec";
      shape(surface.shape, i, std::string("fill=\"") + fill + "\" stroke=\"none\"");
    }
  }

  void density(const DensityMap& map) {
    for (std::size_t s = 0; s < map.sheets.size(); ++s) {
      const DensityMap::Sheet& sheet = map.sheets[s];
      // Of a square metre across a wall only what lies within is shown.
      file_ << "<clipPath id=\"inside" << s << "\">";
      shape(building_.surfaces[s].shape, s, "clip-rule=\"evenodd\"");
      file_ << "</clipPath>\n<g clip-path=\"url(#inside" << s << ")\">\n";
      for (std::size_t cell = 0; cell < sheet.looks.size(); ++cell) {
        if (!(sheet.most_per_m2[cell] > 0)) continue;
        const double x = sheet.x0_m + static_cast<double>(cell % sheet.columns);
        const std::size_t row = cell / sheet.columns;
        const double y = sheet.y0_m + static_cast<double>(row);
        print("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
              px(x, s), py(y + 1), per_m_ + 0.3, per_m_ + 0.3,
              colour_of_level(level_of_service(static_cast<double>(sheet.most_per_m2[cell]))));
      }
      file_ << "</g>\n";
    }
  }

  void walls() {
    for (std::size_t i = 0; i < building_.surfaces.size(); ++i) {
      shape(building_.surfaces[i].shape, i, "fill=\"none\" stroke=\"#333333\" stroke-width=\"2\"");
    }
    for (const Blockage& blockage : building_.blockages) {
      shape(blockage.shape, blockage.surface,
            "fill=\"#7a1fa2\" fill-opacity=\"0.45\" stroke=\"#7a1fa2\" stroke-dasharray=\"6 3\"");
      label(middle(blockage.shape), blockage.surface, blockage.id, "#7a1fa2");
    }
  }

  void gaps() {
    for (const Opening& opening : building_.openings) {
      gap(opening.a, opening.b, opening.surface, "#2a78c2", 4);
      if (opening.beyond < shifts_.size() && shifts_[opening.beyond] != shifts_[opening.surface]) {
        gap(opening.a, opening.b, opening.beyond, "#2a78c2", 4);
      }
    }
    for (const Exit& exit : building_.exits) {
      gap(exit.a, exit.b, exit.surface, "#0a8f3c", 7);
      label(Segment{exit.a, exit.b}.at(0.5), exit.surface, exit.id, "#06662b");
    }
  }

  void people(std::span<const Person> all) {
    for (const Person& person : all) {
      print("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#20408f\"/>\n",
            px(person.place.x_m, person.surface), py(person.place.y_m),
            std::max(static_cast<double>(person.radius_m) * per_m_, 1.2));
    }
  }

  void finish(bool levels) {
    const double y = (box_.max_y_m - box_.min_y_m) * per_m_ + 2.4 * margin_px;
    double x = margin_px;
    const auto note = [&](const char* colour, const char* text, double step) {
      print(
          "<rect x=\"%.0f\" y=\"%.0f\" width=\"14\" height=\"14\" fill=\"%s\" "
          "stroke=\"#999999\"/><text x=\"%.0f\" y=\"%.0f\">%s</text>\n",
          x, y - 12, colour, x + 19, y, text);
      x += step;
    };
    if (levels) {
      for (const char level : levels_of_service) {
        note(colour_of_level(level), std::string(1, level).c_str(), 46);
      }
    }
    note("#0a8f3c", "lối ra / exit", 120);
    note("#2a78c2", "cửa / opening", 120);
    // A bar of a length that reads well.
    const double bar_m = std::pow(10, std::floor(std::log10(250 / per_m_)));
    print(
        "<path d=\"M%.1f %.1fh%.1f\" stroke=\"#000000\" stroke-width=\"3\"/>"
        "<text x=\"%.1f\" y=\"%.1f\">%g m</text>\n",
        x, y - 5, bar_m * per_m_, x + bar_m * per_m_ + 6, y, bar_m);
    file_ << "</svg>\n";
    file_.close();
    if (!file_) throw FileError(path_, "could not be written to its end");
  }

 private:
  static constexpr double margin_px = 40;

  double px(double x_m, std::size_t surface) const {
    return margin_px + (x_m + shifts_[surface] - box_.min_x_m) * per_m_;
  }
  double py(double y_m) const { return margin_px + (box_.max_y_m - y_m) * per_m_; }

  template <class... Values>
  void print(const char* format, Values... values) {
    char buffer[512];
    std::snprintf(buffer, sizeof buffer, format, values...);
    file_ << buffer;
  }

  static LocalPoint middle(const Polygon& polygon) {
    const LocalBox box = box_of(polygon);
    return {(box.min_x_m + box.max_x_m) / 2, (box.min_y_m + box.max_y_m) / 2};
  }

  void shape(const Polygon& polygon, std::size_t surface, const std::string& style) {
    file_ << "<path fill-rule=\"evenodd\" " << style << " d=\"";
    const auto ring = [&](const std::vector<LocalPoint>& points) {
      for (std::size_t i = 0; i < points.size(); ++i) {
        print("%c%.2f %.2f", i == 0 ? 'M' : 'L', px(points[i].x_m, surface), py(points[i].y_m));
      }
      file_ << 'Z';
    };
    ring(polygon.outer);
    for (const auto& hole : polygon.holes) ring(hole);
    file_ << "\"/>\n";
  }

  void gap(LocalPoint a, LocalPoint b, std::size_t surface, const char* colour, double width) {
    print("<path d=\"M%.2f %.2fL%.2f %.2f\" stroke=\"%s\" stroke-width=\"%.0f\"/>\n",
          px(a.x_m, surface), py(a.y_m), px(b.x_m, surface), py(b.y_m), colour, width);
  }

  void label(LocalPoint at, std::size_t surface, const std::string& text, const char* colour) {
    const double x = px(at.x_m, surface);
    const bool right = at.x_m > (box_.min_x_m + box_.max_x_m) / 2;
    print(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" stroke=\"#ffffff\" "
        "stroke-width=\"3\" paint-order=\"stroke\">",
        right ? x - 7 : x + 7, py(at.y_m) - 5, right ? "end" : "start", colour);
    file_ << escaped(text) << "</text>\n";
  }

  std::string path_;
  std::ofstream file_;
  const Building& building_;
  std::vector<double> shifts_;
  LocalBox box_{never_s, never_s, -never_s, -never_s};
  double per_m_ = 1;
};

}  // namespace

void draw_plan(const std::filesystem::path& path, const Building& building,
               const DensityMap* density, std::span<const Person> people) {
  Plan plan(path, building);
  plan.ground();
  if (density != nullptr) plan.density(*density);
  plan.walls();
  plan.gaps();
  plan.people(people);
  plan.finish(density != nullptr);
}

}  // namespace kontwin::crowd
