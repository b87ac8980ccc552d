#include "io/crowd/crowd_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace kontwin::crowd {

namespace {

constexpr std::size_t most_names = 12;

template <class... Values>
std::string line(const char* format, Values... values) {
  char buffer[600];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return std::string(buffer) + '\n';
}

/// Texts are measured by letters, not bytes.
std::string padded(std::string text, std::size_t width) {
  std::size_t letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  if (letters < width) text.append(width - letters, ' ');
  return text;
}

/// Mean ± half width, or how many runs never came there.
std::string of_runs(const std::vector<double>& values, int decimals) {
  const MeanInterval all = mean_interval(values);
  char buffer[96];
  if (all.count == 0) return "–";
  if (values.size() == 1) {
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, all.mean);
  } else if (all.count < values.size()) {
    std::snprintf(buffer, sizeof buffer, "%.*f (%zu/%zu)", decimals, all.mean, all.count,
                  values.size());
  } else {
    std::snprintf(buffer, sizeof buffer, "%.*f ± %.*f", decimals, all.mean, decimals,
                  all.half_width);
  }
  return buffer;
}

template <class Of>
std::string over(const std::vector<CrowdOutcome>& outcomes, int decimals, Of&& of) {
  std::vector<double> values;
  for (const CrowdOutcome& outcome : outcomes) values.push_back(of(outcome));
  return of_runs(values, decimals);
}

std::string row(const std::string& head, const std::vector<std::string>& cells, std::size_t width) {
  std::string text = "  " + padded(head, 42);
  for (const std::string& cell : cells) text += padded(cell, width);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

/// The part of an outcome that is about one group.
CrowdOutcome of_group(const CrowdOutcome& outcome, std::uint32_t group) {
  CrowdOutcome part;
  for (std::size_t p = 0; p < outcome.people.size(); ++p) {
    if (outcome.group[p] != group) continue;
    part.people.push_back(outcome.people[p]);
    part.states.push_back(outcome.states[p]);
  }
  return part;
}

std::string times(const CrowdScenario& scenario, const std::vector<CrowdOutcome>& outcomes) {
  const std::vector<double> shares{0.5, 0.9, 0.95, 1};
  std::string text =
      row("Thời gian ra hết (s) / Time to leave (s)", {"50 %", "90 %", "95 %", "100 %"}, 18);
  const auto add = [&](const std::string& head, auto&& part) {
    std::vector<std::string> cells;
    for (const double share : shares) {
      cells.push_back(over(outcomes, 1, [&](const CrowdOutcome& outcome) {
        return time_of_share_s(part(outcome), share);
      }));
    }
    text += row(head, cells, 18);
  };
  add("Tất cả / all", [](const CrowdOutcome& outcome) -> const CrowdOutcome& { return outcome; });
  if (scenario.groups.size() < 2) return text;
  for (std::uint32_t g = 0; g < scenario.groups.size(); ++g) {
    add(scenario.groups[g].id, [g](const CrowdOutcome& outcome) { return of_group(outcome, g); });
  }
  return text;
}

std::string exits(const CrowdScenario& scenario, const std::vector<CrowdOutcome>& outcomes) {
  std::string text = row(
      "Lối ra / Exit", {"rộng m/width", "người/people", "TB/mean 1/(m·s)", "cao nhất/busiest"}, 19);
  for (std::size_t e = 0; e < scenario.building.exits.size(); ++e) {
    const auto queue = [e](const CrowdOutcome& outcome) -> const QueueRecord& {
      return outcome.queues[e];
    };
    text += row(scenario.building.exits[e].id,
                {of_runs({outcomes.front().queues[e].width_m}, 2),
                 over(outcomes, 0,
                      [&](const CrowdOutcome& o) { return static_cast<double>(queue(o).passed); }),
                 over(outcomes, 2, [&](const CrowdOutcome& o) { return queue(o).mean_ppsm(); }),
                 over(outcomes, 2, [&](const CrowdOutcome& o) { return queue(o).busiest_ppsm; })},
                19);
  }
  return text;
}

std::string queues(const std::vector<CrowdOutcome>& outcomes) {
  std::vector<std::pair<double, std::size_t>> waits;
  for (std::size_t q = 0; q < outcomes.front().queues.size(); ++q) {
    std::vector<double> waited;
    for (const CrowdOutcome& outcome : outcomes)
      waited.push_back(outcome.queues[q].waited_person_s);
    if (const double mean = mean_interval(waited).mean; mean >= 1) waits.emplace_back(-mean, q);
  }
  if (waits.empty()) return "  Không nơi nào phải xếp hàng. / Nobody had to queue anywhere.\n";
  std::ranges::sort(waits);
  std::string text =
      row("Hàng chờ / Queue", {"dài nhất/longest", "lúc/at s", "chờ/waited person-s"}, 21);
  for (std::size_t i = 0; i < std::min(waits.size(), most_names); ++i) {
    const std::size_t q = waits[i].second;
    text +=
        row(outcomes.front().queues[q].id,
            {over(outcomes, 0,
                  [q](const CrowdOutcome& o) { return static_cast<double>(o.queues[q].longest); }),
             over(outcomes, 0, [q](const CrowdOutcome& o) { return o.queues[q].longest_at_s; }),
             over(outcomes, 0, [q](const CrowdOutcome& o) { return o.queues[q].waited_person_s; })},
            21);
  }
  return text;
}

std::string left_behind(const CrowdScenario& scenario, const std::vector<CrowdOutcome>& outcomes) {
  std::map<std::string, std::vector<std::string>> by_reason;
  std::uint64_t heads = 0;
  for (const CrowdOutcome& outcome : outcomes) {
    for (std::size_t p = 0; p < outcome.states.size(); ++p) {
      if (outcome.states[p].status == Status::out) continue;
      heads += outcome.people[p].heads;
      std::string who = scenario.groups[outcome.group[p]].id + " #" + std::to_string(p);
      if (outcomes.size() > 1) who += " (" + std::to_string(outcome.seed) + ")";
      by_reason[outcome.why[p]].push_back(std::move(who));
    }
  }
  if (heads == 0) return "  Mọi người đã ra. / Everybody is out.\n";
  std::string text = line("  CHƯA RA / NOT OUT: %llu", static_cast<unsigned long long>(heads));
  for (const auto& [reason, who] : by_reason) {
    text += line("    %zu: %s", who.size(), reason.c_str());
    for (std::size_t i = 0; i < std::min(who.size(), most_names); ++i) {
      text += "      " + who[i] + '\n';
    }
    if (who.size() > most_names) {
      text += line("      ... và %zu nữa / and %zu more: people.csv", who.size() - most_names,
                   who.size() - most_names);
    }
  }
  return text;
}

std::string crowding(const std::vector<CrowdOutcome>& outcomes) {
  const CrowdOutcome& first = outcomes.front();
  std::map<char, int> square_metres;
  for (const DensityMap::Sheet& sheet : first.density.sheets) {
    for (std::size_t cell = 0; cell < sheet.looks.size(); ++cell) {
      if (!(sheet.ground_m2[cell] > 0)) continue;
      ++square_metres[level_of_service(static_cast<double>(sheet.most_per_m2[cell]))];
    }
  }
  std::string text = "  Mức phục vụ Fruin, m² / Fruin level of service, m²: ";
  for (const auto& [level, count] : square_metres) {
    text += std::string(1, level) + " " + std::to_string(count) + "  ";
  }
  return text + '\n';
}

}  // namespace

std::string crowd_text(const CrowdScenario& scenario, const std::vector<CrowdOutcome>& outcomes) {
  if (outcomes.empty()) return {};
  std::string text = scenario.name + '\n';
  const CrowdCount count = outcomes.front().count;
  text += line("  %llu người / people, %zu lần chạy / runs%s",
               static_cast<unsigned long long>(count.all()), outcomes.size(),
               outcomes.size() > 1 ? " (trung bình ± khoảng 95 % / mean ± 95 % interval)" : "");
  text += '\n' + times(scenario, outcomes) + '\n' + exits(scenario, outcomes) + '\n';
  text += queues(outcomes) + '\n' + crowding(outcomes) + left_behind(scenario, outcomes);
  return text;
}

}  // namespace kontwin::crowd
