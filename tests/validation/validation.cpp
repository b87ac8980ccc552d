#include "tests/validation/validation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace kontwin::validation {

namespace {

/// Where the report is collected; nothing outside `./dev validate`, when only the expectations
/// count.
std::filesystem::path report_folder() {
  const char* const folder = std::getenv("KONTWIN_VALIDATION_DIR");
  return folder == nullptr ? std::filesystem::path{} : std::filesystem::path{folder};
}

void append(const nlohmann::json& line) {
  const auto folder = report_folder();
  if (folder.empty()) return;
  std::ofstream file(folder / "cases.jsonl", std::ios::app);
  file << line.dump() << '\n';
}

nlohmann::json describe(const Case& which, double measured, bool pass) {
  return {{"engine", which.engine}, {"case", which.name},     {"measured", measured},
          {"unit", which.unit},     {"source", which.source}, {"pass", pass}};
}

}  // namespace

void expect_at_most(const Case& which, double measured, double bar) {
  auto line = describe(which, measured, measured <= bar);
  line["bar"] = bar;
  append(line);
  EXPECT_LE(measured, bar) << which.engine << ": " << which.name;
}

void expect_at_least(const Case& which, double measured, double bar) {
  auto line = describe(which, measured, measured >= bar);
  line["bar"] = bar;
  line["least"] = true;
  append(line);
  EXPECT_GE(measured, bar) << which.engine << ": " << which.name;
}

void expect_within(const Case& which, double measured, double reference,
                   double relative_tolerance) {
  const double bar = std::abs(reference) * relative_tolerance;
  auto line = describe(which, measured, std::abs(measured - reference) <= bar);
  line["reference"] = reference;
  line["relative_tolerance"] = relative_tolerance;
  line["bar"] = bar;
  append(line);
  EXPECT_NEAR(measured, reference, bar) << which.engine << ": " << which.name;
}

void plot(const std::string& engine, const std::string& file, const std::string& title,
          const std::string& x_label, const std::string& y_label,
          const std::vector<Curve>& curves) {
  const auto folder = report_folder();
  if (folder.empty()) return;
  nlohmann::json described = {{"engine", engine},   {"file", file},       {"title", title},
                              {"x_label", x_label}, {"y_label", y_label}, {"curves", {}}};
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const std::string data = file + "-" + std::to_string(i) + ".dat";
    std::ofstream points(folder / data);
    points.precision(9);
    for (const auto& [x, y] : curves[i].points) points << x << ' ' << y << '\n';
    described["curves"].push_back(
        {{"label", curves[i].label}, {"line", curves[i].line}, {"data", data}});
  }
  std::ofstream list(folder / "plots.jsonl", std::ios::app);
  list << described.dump() << '\n';
}

}  // namespace kontwin::validation
