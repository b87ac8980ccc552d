#include "actors/branch_runner.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "actors/actor_system.hpp"
#include "actors/branch_kpis.hpp"
#include "actors/exchange.hpp"
#include "scenarios/flood/impact_log.hpp"
#include "twin/place_error.hpp"

namespace kontwin {

namespace {

void check_branch(const Branch& branch) {
  const auto require = [&](bool holds, const char* what) {
    if (!holds) throw ScenarioError("branch " + branch.name + ": " + what);
  };
  require(branch.world != nullptr, "it has no world");
  require(branch.length >= Duration{0}, "its length is negative");
  require(branch.window > Duration{0}, "its window must be longer than nothing");
  require(branch.lead_in >= Duration{0} && branch.lead_in % branch.window == Duration{0},
          "its lead-in is a whole number of windows");
  require(branch.frame_every > Duration{0} && branch.frame_every % branch.window == Duration{0},
          "frames come every so many whole windows");
  for (const Kind kind : all_kinds()) {
    require(branch.state.rows(kind) == branch.world->entities(kind).size(),
            "its state is not a state of its world");
  }
}

/// One run: the state and everything that works on it.
class Run {
 public:
  Run(caf::actor_system& system, Branch branch, std::span<const std::unique_ptr<Engine>> engines,
      std::span<RunSink* const> sinks)
      : branch_(std::move(branch)),
        engines_(engines),
        sinks_(sinks),
        state_(branch_.state),
        exchange_(system, *branch_.world, engines, state_),
        impacts_(*branch_.world) {
    edit_order_.resize(branch_.edits.size());
    std::iota(edit_order_.begin(), edit_order_.end(), std::size_t{0});
    std::ranges::stable_sort(edit_order_, {},
                             [this](std::size_t index) { return branch_.edits[index].at; });
  }

  RunResult go(const BranchRunner::Progress& progress) {
    for (RunSink* sink : sinks_) sink->begin(branch_);
    const Instant end = branch_.start + branch_.length;
    const auto report = [&](Instant now) {
      if (!progress) return;
      progress(to_seconds(now - branch_.lead_in_start()) /
               to_seconds(end - branch_.lead_in_start()));
    };
    for (Instant from = branch_.lead_in_start(); from < branch_.start; from += branch_.window) {
      over_window(from, from + branch_.window, &Engine::lead_in);
      check_balances(from, from + branch_.window);
      report(from + branch_.window);
    }
    Instant now = branch_.start;
    settle(now);
    show(now);
    while (now < end) {
      const Instant next = std::min(now + branch_.window, end);
      over_window(now, next, &Engine::advance);
      check_balances(now, next);
      now = next;
      settle(now);
      if (now == end || (now - branch_.start) % branch_.frame_every == Duration{0}) show(now);
      report(now);
    }
    return finish();
  }

 private:
  void over_window(Instant from, Instant to, void (Engine::*work)(StateTable&, Instant, Instant)) {
    try {
      for (const auto& engine : engines_) ((*engine).*work)(state_, from, to);
    } catch (const PlaceError& error) {
      throw on_earth(error, *branch_.world,
                     fmt::format(" between {} and {}", format_instant(from), format_instant(to)));
    }
  }

  void settle(Instant now) {
    std::vector<Exchange::DueEdit> due;
    for (; next_edit_ < edit_order_.size(); ++next_edit_) {
      const std::size_t index = edit_order_[next_edit_];
      if (branch_.edits[index].at > now) break;
      due.push_back({&branch_.edits[index], index});
    }
    const auto events = exchange_.settle(state_, now, due);
    kpis_.note(state_);
    impacts_.note(state_, now);
    if (events.empty()) return;
    events_ += events.size();
    for (RunSink* sink : sinks_) sink->events(events);
  }

  void check_balances(Instant from, Instant to) const {
    for (const auto& engine : engines_) {
      for (const Balance& it : engine->balances()) {
        if (std::abs(it.error()) <= it.tolerance) continue;
        throw Error(fmt::format(
            "branch {}, engine {}: {} do not balance after the window from {} to {}: {} {} inside, "
            "but {} at the start + {} entered - {} left - {} lost = {}; off by {}, allowed {}",
            branch_.name, engine->name(), it.quantity, format_instant(from), format_instant(to),
            it.inside, it.unit, it.initial, it.entered, it.left, it.lost, it.inside - it.error(),
            it.error(), it.tolerance));
      }
    }
  }

  std::vector<Balance> balances() const {
    std::vector<Balance> all;
    for (const auto& engine : engines_) {
      const auto some = engine->balances();
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  void show(Instant now) {
    Frame frame{.at = now, .state = &state_, .fields = {}, .movers = {}, .balances = balances()};
    for (const auto& engine : engines_) engine->show(frame);
    for (RunSink* sink : sinks_) sink->frame(frame);
  }

  RunResult finish() {
    RunResult result;
    for (const auto& engine : engines_) engine->add_kpis(result.kpis);
    kpis_.add_to(result.kpis);
    RunSummary summary;
    for (const auto& engine : engines_) engine->summarise(summary);
    summary.impacts = impacts_.spells();
    for (RunSink* sink : sinks_) sink->summary(summary);
    for (RunSink* sink : sinks_) sink->end(result.kpis);
    result.impacts = std::move(summary.impacts);
    result.balances = balances();
    result.events = events_;
    result.commands = exchange_.commands();
    result.actors_spawned = exchange_.actors_spawned();
    result.hospitals_cut_off = kpis_.hospitals_cut_off();
    result.final_state = std::move(state_);
    return result;
  }

  Branch branch_;
  std::span<const std::unique_ptr<Engine>> engines_;
  std::span<RunSink* const> sinks_;
  StateTable state_;
  Exchange exchange_;
  BranchKpis kpis_;
  ImpactLog impacts_;
  std::vector<std::size_t> edit_order_;  ///< positions in branch_.edits by moment
  std::size_t next_edit_ = 0;            ///< in edit_order_
  std::size_t events_ = 0;
};

}  // namespace

struct BranchRunner::Impl {
  explicit Impl(unsigned threads) : config(threads), system(config) {}

  ActorSystemConfig config;
  caf::actor_system system;
};

BranchRunner::BranchRunner(unsigned threads) : impl_(std::make_unique<Impl>(threads)) {}

BranchRunner::~BranchRunner() = default;

RunResult BranchRunner::run(Branch branch, std::span<const std::unique_ptr<Engine>> engines,
                            std::span<RunSink* const> sinks, const Progress& progress) {
  check_branch(branch);
  return Run(impl_->system, std::move(branch), engines, sinks).go(progress);
}

}  // namespace kontwin
