#include "io/import/gdal_session.hpp"

#include <cpl_error.h>
#include <gdal.h>

#include <mutex>

namespace kontwin {

/// GDAL calls a plain function; it finds its session in the handler's user data.
struct GdalSessionHandler {
  static void CPL_STDCALL call(CPLErr severity, CPLErrorNum /*number*/, const char* message) {
    auto* const session = static_cast<GdalSession*>(CPLGetErrorHandlerUserData());
    if (session != nullptr && severity >= CE_Warning)
      session->take(severity >= CE_Failure, message);
  }
};

GdalSession::GdalSession() {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
  CPLPushErrorHandlerEx(&GdalSessionHandler::call, this);
}

GdalSession::~GdalSession() { CPLPopErrorHandler(); }

void GdalSession::take(bool failure, const char* message) {
  if (failure && failure_.empty()) failure_ = message;
  if (!failure) warning_ = message;
}

std::string GdalSession::reason() const { return failure_.empty() ? warning_ : failure_; }

void GdalSession::clear() {
  failure_.clear();
  warning_.clear();
}

std::string proj_definition_of(const LocalFrame& frame) {
  return "+proj=tmerc +lat_0=" + std::to_string(frame.origin().latitude_deg) +
         " +lon_0=" + std::to_string(frame.origin().longitude_deg) +
         " +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs";
}

}  // namespace kontwin
