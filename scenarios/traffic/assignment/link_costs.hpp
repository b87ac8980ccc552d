#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kontwin::traffic {

/// How the cost of a link rises with its flow.
enum class CostKind : std::uint8_t {
  constant,
  linear,            ///< base + scale * flow
  fourth_power,      ///< base + scale * flow^4: the Bureau of Public Roads' own exponent
  power,             ///< base + scale * flow^shape
  conical,           ///< Spiess 1990: base + scale * f(flow / capacity), alpha = shape
  conical_marginal,  ///< what one more costs all on a conical link
  table,             ///< straight between points
};

/// A point of a cost table.
struct CostPoint {
  double flow = 0;
  double cost = 0;
};

/// Costs of links as columns, one row a link, in any one unit of generalised cost (minutes,
/// seconds, dong). Costs are 0 or more and never fall as the flow rises. What a toll or the length
/// adds is a constant: `extra` of each function below.
class LinkCosts {
 public:
  /// Each adds a link and throws ScenarioError for a number that is not finite, below 0, or that
  /// would make the cost fall.
  void add_constant(double cost);
  /// fixed + slope * flow.
  void add_linear(double fixed, double slope);
  /// free (1 + b (flow / capacity)^exponent) + extra (Bureau of Public Roads 1964: b 0.15, exponent
  /// 4). `capacity` above 0 unless b or `exponent` is 0; an `exponent` of 0 makes it constant.
  void add_bpr(double free, double b, double capacity, double exponent, double extra = 0);
  /// free (2 + sqrt(a^2 (1-x)^2 + b^2) - a (1-x) - b) + extra, with x = flow / capacity and
  /// b = (2a-1)/(2a-2) (Spiess 1990, Conical volume-delay functions). `alpha` above 1.
  void add_conical(double free, double capacity, double alpha, double extra = 0);
  /// Straight between points of rising flow, the first at flow 0; beyond the last one the last
  /// slope goes on.
  void add_table(std::span<const CostPoint> points);

  std::size_t size() const { return kind.size(); }
  double cost(std::size_t link, double flow) const;
  /// Its derivative by the flow.
  double slope(std::size_t link, double flow) const;
  /// Its integral from 0 to the flow: the link's part of the objective of Beckmann, McGuire and
  /// Winsten (1956).
  double integral(std::size_t link, double flow) const;

  /// The costs under which everyone's own best choice is the best for all: cost + flow * slope
  /// (Pigou 1920; Beckmann, McGuire and Winsten 1956). Throws ScenarioError for a table, whose
  /// marginal cost jumps.
  LinkCosts marginal() const;

  std::vector<CostKind> kind;
  std::vector<double> base;        ///< cost of the empty link, but for `conical`: `extra`
  std::vector<double> scale;       ///< of what the flow adds
  std::vector<double> shape;       ///< exponent, or alpha of `conical`
  std::vector<double> capacity;    ///< of `conical`
  std::vector<std::uint32_t> row;  ///< of `table`: its first point
  std::vector<std::uint32_t> end;  ///< of `table`: behind its last point
  std::vector<CostPoint> points;   ///< of all tables

 private:
  void add(CostKind which, double base_cost, double scaled, double shaped, double room);
};

}  // namespace kontwin::traffic
