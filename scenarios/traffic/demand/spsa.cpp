#include "scenarios/traffic/demand/spsa.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr double step_decay = 0.602;
constexpr double perturbation_decay = 0.101;
/// Gradients averaged before the first step, to set its length.
constexpr int trial_gradients = 4;

class Spsa {
 public:
  Spsa(std::span<const double> start, const Loss& loss, const SpsaOptions& options)
      : loss_(loss), options_(options), at_(start.size()), scale_(start.begin(), start.end()) {
    const double sum = std::accumulate(start.begin(), start.end(), 0.0);
    const double mean = sum > 0 ? sum / static_cast<double>(start.size()) : 1;
    for (std::size_t i = 0; i < start.size(); ++i) {
      if (!std::isfinite(start[i]) || start[i] < 0) {
        throw ScenarioError("estimation: a start that is not a number of 0 or more");
      }
      if (scale_[i] == 0) scale_[i] = mean;
      at_[i] = start[i] / scale_[i];
    }
  }

  SpsaResult run() {
    double here = evaluate(at_);
    remember(at_, here);
    const double delay = options_.stability * options_.iterations;
    double size = 0;
    for (const double one : gradient(0, trial_gradients, 1)) size += std::abs(one);
    size /= static_cast<double>(std::max<std::size_t>(1, at_.size()));
    const double gain = size > 0 ? options_.first_step * std::pow(1 + delay, step_decay) / size : 0;
    for (int k = 0; k < options_.iterations; ++k) {
      const double step = gain / std::pow(k + 1 + delay, step_decay);
      const auto slope = gradient(k, std::max(1, options_.gradients), 0);
      std::vector<double> next = at_;
      for (std::size_t i = 0; i < next.size(); ++i) {
        next[i] = std::max(0.0, next[i] - step * slope[i]);
      }
      const double there = evaluate(next);
      if (there <= here) {
        at_ = std::move(next);
        here = there;
        remember(at_, here);
      }
      result_.history.push_back(here);
    }
    for (std::size_t i = 0; i < scale_.size(); ++i) result_.values[i] *= scale_[i];
    return std::move(result_);
  }

 private:
  double evaluate(const std::vector<double>& shares) {
    std::vector<double> values(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) values[i] = shares[i] * scale_[i];
    ++result_.evaluations;
    const double value = loss_(values);
    if (std::isnan(value)) throw ScenarioError("estimation: the loss is not a number");
    return value;
  }

  void remember(const std::vector<double>& shares, double value) {
    result_.values = shares;
    result_.loss = value;
  }

  std::vector<double> gradient(int iteration, int times, std::uint64_t purpose) {
    const double width = options_.perturbation / std::pow(iteration + 1, perturbation_decay);
    std::vector<double> sum(at_.size(), 0);
    for (int n = 0; n < times; ++n) {
      RandomStream random(options_.seed, static_cast<std::uint64_t>(iteration) * 4096 + n, purpose);
      std::vector<double> up = at_;
      std::vector<double> down = at_;
      for (std::size_t i = 0; i < at_.size(); ++i) {
        const double way = (random.next() >> 63U) != 0 ? width : -width;
        up[i] = std::max(0.0, at_[i] + way);
        down[i] = std::max(0.0, at_[i] - way);
      }
      const double difference = evaluate(up) - evaluate(down);
      for (std::size_t i = 0; i < at_.size(); ++i) {
        // At the edge only one side is moved; nothing where neither is.
        const double apart = up[i] - down[i];
        if (apart != 0) sum[i] += difference / apart / times;
      }
    }
    return sum;
  }

  const Loss& loss_;
  const SpsaOptions& options_;
  std::vector<double> at_;  // as shares of the scale
  std::vector<double> scale_;
  SpsaResult result_;
};

}  // namespace

SpsaResult minimise_spsa(std::span<const double> start, const Loss& loss,
                         const SpsaOptions& options) {
  return Spsa(start, loss, options).run();
}

}  // namespace kontwin::traffic
