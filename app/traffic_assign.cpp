#include <chrono>
#include <cmath>
#include <cstdio>

#include "app/open_world.hpp"
#include "app/traffic_commands.hpp"
#include "io/report/terminal_text.hpp"
#include "io/traffic/link_flows.hpp"
#include "io/traffic/tntp.hpp"
#include "scenarios/traffic/assignment/equilibrium.hpp"

namespace kontwin {

namespace {

constexpr std::size_t label_columns = 46;

void print_line(const char* name, const char* format, double value) {
  std::printf("  %s ", padded(name, label_columns).c_str());
  std::printf(format, value);
  std::printf("\n");
}

/// Flows that others found beside those found here: the link they differ most at.
void print_comparison(const TntpAssignOptions& options, const TntpNetwork& read,
                      const traffic::Equilibrium& found) {
  const auto published = read_tntp_flows(options.compare);
  std::size_t links = 0;
  double most = 0;
  const TntpFlow* where = nullptr;
  // Links between the same nodes stand in the same order in both files.
  std::size_t link = 0;
  for (const TntpFlow& one : published) {
    for (std::size_t tries = 0; tries < read.network.links(); ++tries) {
      const std::size_t at = (link + tries) % read.network.links();
      if (read.network.from[at] != one.from || read.network.to[at] != one.to) continue;
      link = at + 1;
      ++links;
      const double away = std::abs(one.flow - found.link_flow[at]);
      if (where == nullptr || away > most) {
        most = away;
        where = &one;
      }
      break;
    }
  }
  if (where == nullptr) {
    std::printf("  %s: không có đoạn nào chung / no link in common\n",
                options.compare.string().c_str());
    return;
  }
  std::printf("  %s %.6g (%zu / %zu đoạn / links; %u-%u)\n",
              padded("Lệch lớn nhất / Largest difference", label_columns).c_str(), most, links,
              published.size(), where->from + 1, where->to + 1);
}

}  // namespace

int run_traffic_assign(const TntpAssignOptions& options) {
  ImportReport report;
  const TntpNetwork read = read_tntp_network(
      options.network, {.toll = options.toll_weight, .length = options.length_weight}, &report);
  const auto pairs = read_tntp_trips(options.trips, read.zones, &report);
  print_import(report);
  double trips = 0;
  for (const traffic::OdFlow& pair : pairs) trips += pair.flow;
  std::printf("  %s %zu vùng / zones, %zu nút / nodes, %zu đoạn / links\n",
              padded("Mạng / Network", label_columns).c_str(), read.zones, read.network.nodes,
              read.network.links());
  std::printf("  %s %.10g (%zu cặp / pairs)\n", padded("Nhu cầu / Demand", label_columns).c_str(),
              trips, pairs.size());

  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  ComputeArena arena(options.threads);
  const auto found =
      traffic::assign(read.network, pairs, arena,
                      {.principle = options.system_optimum ? traffic::Principle::system_optimum
                                                           : traffic::Principle::user_equilibrium,
                       .relative_gap = options.gap,
                       .most_rounds = options.most_rounds});
  const double took_s = std::chrono::duration<double>(Clock::now() - begin).count();

  print_line("Khe hở tương đối / Relative gap", "%.3g", found.relative_gap);
  print_line("Chi phí vượt trung bình / Average excess cost", "%.3g", found.average_excess_cost);
  print_line("Hàm mục tiêu / Objective (Beckmann)", "%.12g", found.objective);
  print_line("Tổng chi phí / Total cost", "%.12g", found.total_cost);
  if (trips > 0)
    print_line("Trung bình một chuyến / Mean of a trip", "%.6g", found.total_cost / trips);
  std::printf("  %s %.3f s (%d vòng / rounds)\n",
              padded("Thời gian tính / Time taken", label_columns).c_str(), took_s, found.rounds);
  if (!options.compare.empty()) print_comparison(options, read, found);
  if (!options.out.empty()) {
    write_link_flows(options.out, read.network, found);
    std::printf("  %s\n", options.out.string().c_str());
  }
  if (!found.reached) {
    std::fprintf(stderr,
                 "kontwin: chưa đạt khe hở %g sau %d vòng / the gap of %g was not reached in %d "
                 "rounds\n",
                 options.gap, found.rounds, options.gap, found.rounds);
  }
  return found.reached ? 0 : 1;
}

}  // namespace kontwin
