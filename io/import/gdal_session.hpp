#pragma once

#include <string>

#include "twin/local_frame.hpp"

namespace kontwin {

/// Takes in what GDAL says on this thread while it lives, so that nothing is printed and the reason
/// can go into our own error. Sessions nest; the innermost one listens. Registers GDAL's drivers
/// the first time one is made.
class GdalSession {
 public:
  GdalSession();
  ~GdalSession();
  GdalSession(const GdalSession&) = delete;
  GdalSession& operator=(const GdalSession&) = delete;

  /// The first failure since the session began or since clear(); the last warning where there was
  /// no failure; empty where GDAL said nothing.
  std::string reason() const;
  /// True when something failed since the session began or since clear().
  bool failed() const { return !failure_.empty(); }
  void clear();

 private:
  void take(bool failure, const char* message);

  std::string failure_;
  std::string warning_;

  friend struct GdalSessionHandler;
};

/// The world's local frame as GDAL and PROJ read it, on the WGS 84 datum.
std::string proj_definition_of(const LocalFrame& frame);

}  // namespace kontwin
