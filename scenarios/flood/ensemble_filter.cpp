#include "scenarios/flood/ensemble_filter.hpp"

#include <numeric>
#include <vector>

namespace kontwin::flood {

void analyse(std::span<double> parameters, std::span<const double> predicted, double observed,
             double error, RandomStream& chance) {
  const std::size_t members = predicted.size();
  if (members < 2) return;
  const std::size_t count = parameters.size() / members;
  const auto mean_of = [members](auto value) {
    double sum = 0;
    for (std::size_t i = 0; i < members; ++i) sum += value(i);
    return sum / static_cast<double>(members);
  };
  const double mean_predicted = mean_of([&](std::size_t i) { return predicted[i]; });
  const auto spread = static_cast<double>(members) / static_cast<double>(members - 1);
  const double variance = spread * mean_of([&](std::size_t i) {
                            const double off = predicted[i] - mean_predicted;
                            return off * off;
                          });
  std::vector<double> noise(members);
  for (double& one : noise) one = error * chance.normal();
  const double drift = mean_of([&](std::size_t i) { return noise[i]; });
  for (std::size_t parameter = 0; parameter < count; ++parameter) {
    const auto at = [&](std::size_t member) -> double& {
      return parameters[member * count + parameter];
    };
    const double mean = mean_of([&](std::size_t i) { return at(i); });
    const double covariance = spread * mean_of([&](std::size_t i) {
                                return (at(i) - mean) * (predicted[i] - mean_predicted);
                              });
    const double gain = covariance / (variance + error * error);
    for (std::size_t i = 0; i < members; ++i) {
      at(i) += gain * (observed + noise[i] - drift - predicted[i]);
    }
  }
}

}  // namespace kontwin::flood
