#include "actors/wake.hpp"

namespace kontwin {

namespace {

struct Before {
  bool operator()(const Edited& a, const Edited& b) const { return a.order < b.order; }
  bool operator()(const Stepped& a, const Stepped& b) const { return a.column < b.column; }
  bool operator()(const Crossing& a, const Crossing& b) const { return a.column < b.column; }
  bool operator()(const Event& a, const Event& b) const { return before(a, b); }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

}  // namespace

bool before(const Wake& a, const Wake& b) {
  if (a.entity != b.entity) return a.entity < b.entity;
  if (a.why.index() != b.why.index()) return a.why.index() < b.why.index();
  return std::visit(Before{}, a.why, b.why);
}

}  // namespace kontwin
