#include "io/crowd/density_picture.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "io/crowd/crowd_plan.hpp"
#include "io/crowd/polygon_algebra.hpp"
#include "io/gnuplot/gnuplot.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr int longest_side_px = 1400, least_side_px = 500, legend_px = 260, frame_px = 120;

void write_ring(std::ofstream& file, const std::vector<LocalPoint>& ring, double shift_m) {
  for (const LocalPoint p : ring) file << p.x_m + shift_m << ' ' << p.y_m << '\n';
  if (!ring.empty()) file << ring.front().x_m + shift_m << ' ' << ring.front().y_m << '\n';
  file << '\n';
}

class Picture {
 public:
  Picture(const Building& building, const DensityMap& density)
      : building_(building), shifts_(storey_shifts(building)) {
    for (std::size_t s = 0; s < building.surfaces.size(); ++s) {
      const LocalBox box = box_of(building.surfaces[s].shape);
      all_.min_x_m = std::min(all_.min_x_m, box.min_x_m + shifts_[s]);
      all_.max_x_m = std::max(all_.max_x_m, box.max_x_m + shifts_[s]);
      all_.min_y_m = std::min(all_.min_y_m, box.min_y_m);
      all_.max_y_m = std::max(all_.max_y_m, box.max_y_m);
    }
    write_ground();
    write_cells(density);
    write_gaps();
  }

  void draw(const std::filesystem::path& png) const { plot_.run(script(png), "the density map"); }

 private:
  std::ofstream data(const char* name) const {
    std::ofstream file(plot_.file(name));
    file.precision(12);
    return file;
  }

  void write_ground() const {
    std::ofstream ground = data("ground"), holes = data("holes");
    for (std::size_t s = 0; s < building_.surfaces.size(); ++s) {
      write_ring(ground, building_.surfaces[s].shape.outer, shifts_[s]);
      for (const auto& hole : building_.surfaces[s].shape.holes) {
        write_ring(holes, hole, shifts_[s]);
      }
    }
  }

  void write_cells(const DensityMap& density) const {
    std::ofstream file = data("cells");
    std::map<char, std::ofstream> pieces;
    for (const char level : levels_of_service) {
      pieces.emplace(level, data((std::string("pieces") + level).c_str()));
    }
    for (std::size_t s = 0; s < density.sheets.size(); ++s) {
      const DensityMap::Sheet& sheet = density.sheets[s];
      for (std::size_t cell = 0; cell < sheet.most_per_m2.size(); ++cell) {
        if (!(sheet.most_per_m2[cell] > 0)) continue;
        const char level = level_of_service(static_cast<double>(sheet.most_per_m2[cell]));
        const std::string colour = colour_of_level(level);
        const double west = sheet.x0_m + static_cast<double>(cell % sheet.columns);
        const std::size_t row = cell / sheet.columns;
        const double south = sheet.y0_m + static_cast<double>(row);
        const Polygon square{
            {{west, south}, {west + 1, south}, {west + 1, south + 1}, {west, south + 1}}, {}};
        const std::vector<Polygon> inside = shared(square, building_.surfaces[s].shape);
        if (inside.size() != 1 || area_m2(inside.front()) < 0.999) {
          // Of a square metre across a wall what lies within.
          for (const Polygon& piece : inside) {
            write_ring(pieces.at(level), piece.outer, shifts_[s]);
          }
          continue;
        }
        file << west + 0.5 + shifts_[s] << ' ' << south + 0.5 << ' '
             << std::stoul(colour.substr(1), nullptr, 16) << '\n';
      }
    }
  }

  void write_gaps() const {
    std::ofstream exits = data("exits"), openings = data("openings");
    const auto write = [](std::ofstream& file, LocalPoint a, LocalPoint b, double shift_m) {
      file << a.x_m + shift_m << ' ' << a.y_m << '\n' << b.x_m + shift_m << ' ' << b.y_m << "\n\n";
    };
    for (const Exit& exit : building_.exits) write(exits, exit.a, exit.b, shifts_[exit.surface]);
    for (const Opening& one : building_.openings) {
      write(openings, one.a, one.b, shifts_[one.surface]);
    }
  }

  std::string script(const std::filesystem::path& png) const {
    const double wide_m = std::max(all_.max_x_m - all_.min_x_m, 1.0);
    const double high_m = std::max(all_.max_y_m - all_.min_y_m, 1.0);
    const double per_m = longest_side_px / std::max(wide_m, high_m);
    const auto side = [per_m](double length_m) {
      return std::max(least_side_px, static_cast<int>(std::lround(length_m * per_m)));
    };
    std::ostringstream script;
    script.precision(12);
    script
        << "set encoding utf8\nset terminal pngcairo noenhanced size "
        << side(wide_m) + legend_px + frame_px << ',' << side(high_m) + frame_px
        << " font 'Noto Sans,12' background '#ffffff'\nset output " << Gnuplot::quoted(png.string())
        << "\nset title " << Gnuplot::quoted(building_.name)
        << "\nset size ratio -1\nset xlabel 'm'\nset ylabel 'm'\nset tics nomirror out\n"
        << "set border 3 lc rgb '#5c6773'\nset key outside right top Left reverse samplen 2 title "
        << "\"Mật độ cao nhất, người/m²\\nGreatest density, people/m²\\n(Fruin 1971)\" left\n"
        << "set xrange [" << all_.min_x_m - 1 << ':' << all_.max_x_m + 1 << "]\nset yrange ["
        << all_.min_y_m - 1 << ':' << all_.max_y_m + 1 << "]\n";
    // A bar of a length that reads well.
    const double bar_m = std::pow(10, std::floor(std::log10(wide_m / 3)));
    script << "set arrow from graph 0.02, graph 1.02 rto first " << bar_m
           << ", graph 0 heads size graph 0.004,90 lw 2 front\nset label \"" << bar_m
           << " m\" at graph 0.02, graph 1.02 offset 0,0.8 front\n";
    for (const Exit& exit : building_.exits) {
      const LocalPoint middle = Segment{exit.a, exit.b}.at(0.5);
      const bool right = middle.x_m + shifts_[exit.surface] > (all_.min_x_m + all_.max_x_m) / 2;
      script << "set label " << Gnuplot::quoted(exit.id) << " at "
             << middle.x_m + shifts_[exit.surface] << ',' << middle.y_m
             << (right ? " right" : " left") << " offset " << (right ? -1 : 1)
             << ",0.7 front textcolor rgb '#06662b'\n";
    }
    const auto file = [this](const char* name) {
      return Gnuplot::quoted(plot_.file(name).string());
    };
    script
        << "plot " << file("ground") << " with filledcurves closed fc rgb '#f4f4f1' notitle, "
        << file("holes") << " with filledcurves closed fc rgb '#ffffff' notitle, " << file("cells")
        << " using 1:2:(0.5):(0.5):3 with boxxyerror fs solid noborder lc rgb variable notitle, ";
    for (const char level : levels_of_service) {
      script << file((std::string("pieces") + level).c_str())
             << " with filledcurves closed fc rgb '" << colour_of_level(level) << "' notitle, ";
    }
    script << file("ground") << " with lines lw 1.5 lc rgb '#333333' notitle, " << file("holes")
           << " with lines lw 1.5 lc rgb '#333333' notitle, " << file("openings")
           << " with lines lw 2 lc rgb '#2a78c2' title 'cửa / opening', " << file("exits")
           << " with lines lw 5 lc rgb '#0a8f3c' title 'lối ra / exit'";
    constexpr std::pair<char, const char*> levels[] = {
        {'A', "A  < 0.31"},      {'B', "B  0.31 – 0.43"}, {'C', "C  0.43 – 0.72"},
        {'D', "D  0.72 – 1.08"}, {'E', "E  1.08 – 2.17"}, {'F', "F  > 2.17"}};
    for (const auto& [level, bounds] : levels) {
      script << ", keyentry with boxes fs solid noborder lc rgb '" << colour_of_level(level)
             << "' title '" << bounds << "'";
    }
    script << '\n';
    return std::move(script).str();
  }

  const Building& building_;
  std::vector<double> shifts_;
  LocalBox all_{never_s, never_s, -never_s, -never_s};
  Gnuplot plot_;
};

}  // namespace

void draw_density_png(const std::filesystem::path& path, const Building& building,
                      const DensityMap& density) {
  // What gnuplot says of a folder that is not there names no reason.
  if (!std::ofstream(path, std::ios::binary)) throw FileError(path.string(), "cannot be written");
  Picture(building, density).draw(std::filesystem::absolute(path));
}

}  // namespace kontwin::crowd
