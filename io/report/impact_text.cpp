#include "io/report/impact_text.hpp"

#include "io/report/text_table.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

std::string number(double value, int decimals = 0) {
  return number_text(value, decimals, Language::both);
}

std::string length_text(Duration length) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(length).count();
  const std::string rest = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest + " h";
}

}  // namespace

std::vector<ImpactText> impact_texts(std::span<const ImpactSpell> spells, Instant run_end) {
  std::vector<ImpactText> texts;
  for (const ImpactLine& line : summarise_impacts(spells, run_end)) {
    const KindNames& kind = names_of(line.kind);
    const ImpactNames& what = names_of(line.what);
    texts.push_back({.what_vi = std::string(kind.vietnamese) + " " + std::string(what.vietnamese),
                     .what_en = std::string(kind.english) + " " + std::string(what.english),
                     .places = number(static_cast<double>(line.places)),
                     .people = line.people > 0 ? number(line.people) : "–",
                     .first = format_local(line.first),
                     .last = line.last ? format_local(*line.last) : "…",
                     .longest = length_text(line.longest),
                     .deepest = line.deepest_m > 0 ? number(line.deepest_m, 2) + " m" : "–"});
  }
  return texts;
}

std::string impact_table(std::span<const ImpactSpell> spells, Instant run_end) {
  const auto texts = impact_texts(spells, run_end);
  if (texts.empty()) {
    return "Không nơi nào ngập hay bị chia cắt.\nNo place stood in water or was cut off.\n";
  }
  std::vector<std::vector<std::string>> rows{
      {"Ảnh hưởng / Impact", "nơi", "người", "từ", "đến", "dài nhất", "sâu nhất"},
      {"", "places", "people", "from", "until", "longest", "deepest"}};
  for (const ImpactText& text : texts) {
    rows.push_back({text.what_vi, text.places, text.people, text.first, text.last, text.longest,
                    text.deepest});
    rows.push_back({"  " + text.what_en, "", "", "", "", "", ""});
  }
  return text_table(rows);
}

}  // namespace kontwin
