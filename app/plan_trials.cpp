#include "app/plan_trials.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "actors/branch_runner.hpp"
#include "app/progress.hpp"
#include "io/report/terminal_text.hpp"
#include "scenarios/compute_arena.hpp"
#include "scenarios/engines/make_engines.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

using evacuation::PlanOutcome;

/// Keeps what a run says of its evacuation.
class OutcomeSink final : public RunSink {
 public:
  void begin(const Branch& /*branch*/) override {}
  void frame(const Frame& /*frame*/) override {}
  void events(std::span<const Event> /*events*/) override {}
  void summary(const RunSummary& summary) override {
    outcome = evacuation::plan_outcome(summary.evacuation);
  }
  void end(const KpiList& /*kpis*/) override {}

  PlanOutcome outcome;
};

void run_one(Scenario scenario, const ScenarioFork& fork,
             const std::shared_ptr<const EvacuationPlan>& plan, ComputeArena& arena,
             BranchRunner& runner, RunSink& sink, const BranchRunner::Progress& progress) {
  scenario.evacuation->plan = plan;
  const Branch branch = fork.branch(scenario);
  const auto engines = make_engines(scenario, branch, arena);
  RunSink* const sinks[] = {&sink};
  runner.run(branch, engines, sinks, progress);
}

std::string number(double value, int decimals) {
  return number_text(value, decimals, Language::both);
}

}  // namespace

EvacuationPlan plan_with(EvacuationPlan plan, bool routes, bool staged, bool rounds) {
  for (EvacuationPlan::Assignment& one : plan.assignments) {
    if (!routes) one.route.clear();
    if (!staged) one.depart_from_s = 0;
  }
  if (!staged) plan.under_way = 0;
  if (!rounds) {
    plan.rounds.clear();
    plan.buses = plan.boats = 0;
  }
  return plan;
}

std::vector<PlanCandidate> candidates_of(const EvacuationPlan& plan) {
  std::vector<PlanCandidate> all{{"không có kế hoạch", "no plan", nullptr}};
  const auto add = [&](const char* vietnamese, const char* english, bool routes, bool staged,
                       bool rounds) {
    all.push_back(
        {vietnamese, english,
         std::make_shared<const EvacuationPlan>(plan_with(plan, routes, staged, rounds))});
  };
  add("điểm sơ tán", "shelters alone", false, false, false);
  add("và chuyến xe, xuồng", "and rounds of buses and boats", false, false, true);
  add("và tuyến đường", "and routes (--routes)", true, false, true);
  add("và đợt xuất phát", "and waves (--staged)", true, true, true);
  return all;
}

void PlanTrials::show_without_plan(RunSink& sink) const {
  ComputeArena arena(threads_);
  BranchRunner runner(threads_);
  Progress progress({"Chạy khi chưa có kế hoạch / Run without a plan"});
  run_one(scenario_, fork_, nullptr, arena, runner, sink,
          [&progress](double share) { progress.set(0, share); });
}

std::vector<std::vector<PlanOutcome>> PlanTrials::run(std::span<const PlanCandidate> candidates,
                                                      unsigned seeds) const {
  ComputeArena arena(threads_);
  BranchRunner runner(threads_);
  std::vector<std::vector<PlanOutcome>> outcomes(candidates.size(),
                                                 std::vector<PlanOutcome>(seeds));
  const std::size_t trials = candidates.size() * seeds;
  Progress progress({"Chạy thử kế hoạch / Trial runs"});
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t trial = next++; trial < trials; trial = next++) {
      const std::size_t plan = trial % candidates.size();
      const std::size_t seed = trial / candidates.size();
      Scenario scenario = scenario_;
      scenario.seed += seed;
      OutcomeSink sink;
      try {
        run_one(std::move(scenario), fork_, candidates[plan].plan, arena, runner, sink, {});
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = trials;
        return;
      }
      outcomes[plan][seed] = sink.outcome;
      const std::lock_guard lock(mutex);
      progress.set(0, static_cast<double>(++done) / static_cast<double>(trials));
    }
  };
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < std::min(arena.threads(), trials); ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);
  return outcomes;
}

std::string judgement_text(std::span<const PlanCandidate> candidates,
                           const evacuation::PlanJudgement& judged, unsigned seeds) {
  std::string text =
      "Mô phỏng thử, trung bình " + std::to_string(seeds) +
      " lần gieo / Tried by simulation, mean of " + std::to_string(seeds) + " seeds\n" +
      std::string(50, ' ') +
      "nước/water  nước/water  mắc kẹt     an toàn   ít nhất  nhiều nhất    90 %    95 %\n" +
      std::string(50, ' ') +
      "    từ H3+      từ H4+  stranded       safe     least        most     min     min\n";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const PlanOutcome& one = judged.mean[i];
    const char* const mark = i == judged.best ? "→ " : judged.safe_enough[i] != 0 ? "  " : "✗ ";
    text += mark + padded(candidates[i].vietnamese + " / " + candidates[i].english, 48) +
            padded(number(one.in_h3, 1), 10, true) + padded(number(one.in_h4, 1), 12, true) +
            padded(number(one.stranded, 1), 10, true) + padded(number(one.safe, 0), 11, true) +
            padded(number(judged.least_safe[i], 0), 10, true) +
            padded(number(judged.most_safe[i], 0), 12, true) +
            padded(number(one.ninety_min, 0), 8, true) +
            padded(number(one.ninety_five_min, 0), 8, true) + "\n";
  }
  text +=
      "  → đề xuất / proposed; ✗ nhiều người gặp nguy hiểm hơn, hoặc ít người an toàn hơn khi\n"
      "  không có kế hoạch / more people in danger, or fewer safe, than without a plan\n";
  if (judged.best == 0) {
    text +=
        "  Không kế hoạch nào tốt hơn: tệp không ra lệnh gì\n"
        "  No plan is better than none: the file orders nothing\n";
  } else if (const std::uint32_t worse = judged.worse_seeds[judged.best]; worse > 0) {
    const std::string of_all = std::to_string(worse) + "/" + std::to_string(seeds);
    text += "  ! Kế hoạch đề xuất kém hơn không có kế hoạch ở " + of_all +
            " lần gieo: có thể do ngẫu nhiên\n  ! What is proposed did worse than no plan on " +
            of_all + " seeds: its gain may be chance; try more\n";
  }
  return text;
}

}  // namespace kontwin
