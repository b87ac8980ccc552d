#include "io/import/vn2000.hpp"

#include <proj.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return value;
}

bool take_any(std::string_view& text, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view mark : wanted) {
    if (text.starts_with(mark)) {
      text.remove_prefix(mark.size());
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Vn2000Zone> parse_vn2000_zone(std::string_view text) {
  if (text == "48N") return Vn2000Zone{105, 0.9996};
  if (text == "49N") return Vn2000Zone{111, 0.9996};
  const auto degrees = take_number(text);
  if (!degrees) return std::nullopt;
  double meridian_deg = *degrees;
  const bool sign_of_degrees = take_any(text, {"°"});
  if (take_any(text, {"-"}) || (sign_of_degrees && !text.empty())) {
    const auto minutes = take_number(text);
    if (!minutes || *minutes < 0 || *minutes >= 60) return std::nullopt;
    meridian_deg += *minutes / 60;
    take_any(text, {"'", "′"});
  }
  if (!text.empty() || !(meridian_deg >= 102 && meridian_deg <= 111)) return std::nullopt;
  return Vn2000Zone{meridian_deg, 0.9999};
}

struct Vn2000::Impl {
  PJ_CONTEXT* context = proj_context_create();
  PJ* pipeline = nullptr;

  explicit Impl(Vn2000Zone zone) {
    std::array<char, 640> definition{};
    std::snprintf(definition.data(), definition.size(),
                  "+proj=pipeline"
                  " +step +inv +proj=tmerc +lat_0=0 +lon_0=%.9f +k=%.6f +x_0=500000 +y_0=0"
                  " +ellps=WGS84"
                  " +step +proj=push +v_3"
                  " +step +proj=cart +ellps=WGS84"
                  " +step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835"
                  " +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278"
                  " +convention=coordinate_frame"
                  " +step +inv +proj=cart +ellps=WGS84"
                  " +step +proj=pop +v_3"
                  " +step +proj=unitconvert +xy_in=rad +xy_out=deg",
                  zone.central_meridian_deg, zone.scale);
    pipeline = proj_create(context, definition.data());
    if (pipeline == nullptr) {
      proj_context_destroy(context);
      throw Error("VN-2000: PROJ refused the transformation");
    }
  }
  ~Impl() {
    proj_destroy(pipeline);
    proj_context_destroy(context);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  PJ_COORD transform(PJ_DIRECTION direction, double a, double b) const {
    proj_errno_reset(pipeline);
    const PJ_COORD result = proj_trans(pipeline, direction, proj_coord(a, b, 0, 0));
    if (proj_errno(pipeline) != 0 || !std::isfinite(result.xy.x) || !std::isfinite(result.xy.y)) {
      throw Error("VN-2000: (" + std::to_string(a) + ", " + std::to_string(b) +
                  ") cannot be converted");
    }
    return result;
  }
};

Vn2000::Vn2000(Vn2000Zone zone) : impl_(std::make_unique<Impl>(zone)) {}
Vn2000::~Vn2000() = default;
Vn2000::Vn2000(Vn2000&&) noexcept = default;
Vn2000& Vn2000::operator=(Vn2000&&) noexcept = default;

GeoPoint Vn2000::to_wgs84(Vn2000Point point) const {
  const PJ_COORD result = impl_->transform(PJ_FWD, point.easting_m, point.northing_m);
  return {result.xy.x, result.xy.y};
}

Vn2000Point Vn2000::from_wgs84(GeoPoint point) const {
  const PJ_COORD result = impl_->transform(PJ_INV, point.longitude_deg, point.latitude_deg);
  return {result.xy.x, result.xy.y};
}

}  // namespace kontwin
