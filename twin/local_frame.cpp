#include "twin/local_frame.hpp"

#include <proj.h>

#include <cstdio>
#include <memory>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A PROJ transformation may be used by one thread at a time: each thread keeps its own.
struct Transformation {
  GeoPoint origin{1000, 1000};
  PJ_CONTEXT* context = proj_context_create();
  PJ* projection = nullptr;

  Transformation() = default;
  Transformation(const Transformation&) = delete;
  Transformation& operator=(const Transformation&) = delete;
  ~Transformation() {
    proj_destroy(projection);
    proj_context_destroy(context);
  }

  void use(GeoPoint wanted) {
    if (wanted == origin) return;
    proj_destroy(projection);
    const std::string definition = LocalFrame(wanted).definition();
    projection = proj_create(context, definition.c_str());
    if (projection == nullptr) throw WorldError("local frame: PROJ refused " + definition);
    PJ* const geographic = proj_create(context, "+proj=longlat +ellps=WGS84 +no_defs +type=crs");
    PJ* const pair =
        proj_create_crs_to_crs_from_pj(context, geographic, projection, nullptr, nullptr);
    proj_destroy(geographic);
    proj_destroy(projection);
    projection = pair;
    if (projection == nullptr) throw WorldError("local frame: PROJ refused " + definition);
    origin = wanted;
  }

  PJ_COORD transform(PJ_DIRECTION direction, double a, double b) {
    proj_errno_reset(projection);
    const PJ_COORD result = proj_trans(projection, direction, proj_coord(a, b, 0, 0));
    if (proj_errno(projection) != 0 || !std::isfinite(result.xy.x) || !std::isfinite(result.xy.y)) {
      throw WorldError("local frame: (" + std::to_string(a) + ", " + std::to_string(b) +
                       ") is too far from its origin");
    }
    return result;
  }
};

Transformation& transformation_of(GeoPoint origin) {
  thread_local Transformation transformation;
  transformation.use(origin);
  return transformation;
}

}  // namespace

std::string LocalFrame::definition() const {
  return "+proj=tmerc +lat_0=" + std::to_string(origin_.latitude_deg) +
         " +lon_0=" + std::to_string(origin_.longitude_deg) +
         " +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs +type=crs";
}

LocalPoint LocalFrame::to_local(GeoPoint point) const {
  const PJ_COORD result =
      transformation_of(origin_).transform(PJ_FWD, point.longitude_deg, point.latitude_deg);
  return {result.xy.x, result.xy.y};
}

GeoPoint LocalFrame::to_geo(LocalPoint point) const {
  const PJ_COORD result = transformation_of(origin_).transform(PJ_INV, point.x_m, point.y_m);
  return {result.xy.x, result.xy.y};
}

}  // namespace kontwin
