#include "scenarios/traffic/micro/step_kernels.hpp"

// Wider vectors where the machine has them; no fused operations, so the bits are the same. The
// sanitizers' runtimes cannot resolve such functions at load time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define KONTWIN_CLONES
#else
#define KONTWIN_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif

namespace kontwin::traffic::micro {

namespace {

/// Gaps below this are as good as none to the models, which divide by them.
constexpr double least_gap_m = 0.01;

/// What Krauss's drivers want in the next step, before they dawdle.
double krauss_safe(const Driver& driver, double deceleration_mps2, double gap_m,
                   double leader_mps) {
  return krauss_exact_safe_speed_mps(gap_m - driver.standing_gap_m, leader_mps, deceleration_mps2,
                                     driver.time_gap_s);
}

#define KONTWIN_INLINE static inline __attribute__((always_inline))

/// The speed a vehicle comes to where the model wants a speed, within what is safe and possible.
KONTWIN_INLINE double bounded(double wanted, double speed, double stoppable, double ceiling,
                              double comfortable, double deceleration, double step_s) {
  const double eased = std::max(ceiling, speed - comfortable * step_s);
  const double upper = std::min(std::min(wanted, eased), stoppable);
  return std::max(upper, speed - deceleration * step_s);
}

template <bool improved>
KONTWIN_INLINE void step_idm(const TypeColumns& types, const StepColumns& rows, double step_s) {
  const std::size_t count = rows.position_m.size();
  const std::uint32_t* const type = rows.type.data();
  const double* const time_gap = types.time_gap_s.data();
  const double* const standing_gap = types.standing_gap_m.data();
  const double* const acceleration = types.acceleration_mps2.data();
  const double* const comfortable = types.comfortable_mps2.data();
  const double* const deceleration = types.deceleration_mps2.data();
  const double* const easing = types.easing.data();
  const double* const wished = rows.wished_mps.data();
  const double* const gap = rows.gap_m.data();
  const double* const leader = rows.leader_mps.data();
  const double* const room = rows.room_m.data();
  const double* const ceiling = rows.ceiling_mps.data();
  double* const position = rows.position_m.data();
  double* const odometer = rows.odometer_m.data();
  double* const speeds = rows.speed_mps.data();
  double* const accelerations = rows.acceleration_mps2.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t t = type[i];
    const double speed = speeds[i];
    // The improved model brakes comfortably by itself where one is too fast.
    const double wish = improved ? wished[i] : std::max(wished[i], speed * easing[t]);
    const Driver driver{wish, time_gap[t], standing_gap[t], acceleration[t], comfortable[t]};
    const double s = std::max(gap[i], least_gap_m);
    const double wanted = improved ? improved_idm_acceleration(driver, speed, s, leader[i])
                                   : idm_acceleration(driver, speed, s, leader[i]);
    // Nobody speeds up beyond their wish within a step.
    const double next = bounded(std::min(speed + wanted * step_s, std::max(wished[i], speed)),
                                speed, stoppable_speed_mps(speed, room[i], deceleration[t], step_s),
                                ceiling[i], comfortable[t], deceleration[t], step_s);
    // Who comes to a stand within the step does so at the same deceleration.
    const double even = 0.5 * (speed + next) * step_s;
    const double stopping = 0.5 * speed * speed * step_s / (speed - next);
    const double driven = next >= 0 ? even : stopping;
    const double after = std::max(0.0, next);
    position[i] += driven;
    odometer[i] += driven;
    speeds[i] = after;
    accelerations[i] = (next - speed) / step_s;
  }
}

KONTWIN_CLONES
void step_plain_idm(const TypeColumns& types, const StepColumns& rows, double step_s) {
  step_idm<false>(types, rows, step_s);
}

void step_improved_idm(const TypeColumns& types, const StepColumns& rows, double step_s) {
  step_idm<true>(types, rows, step_s);
}

KONTWIN_CLONES
void step_krauss(const TypeColumns& types, const StepColumns& rows, double step_s) {
  const std::size_t count = rows.position_m.size();
  const std::uint32_t* const type = rows.type.data();
  const double* const time_gap = types.time_gap_s.data();
  const double* const standing_gap = types.standing_gap_m.data();
  const double* const acceleration = types.acceleration_mps2.data();
  const double* const comfortable = types.comfortable_mps2.data();
  const double* const deceleration = types.deceleration_mps2.data();
  const double* const imperfection = types.imperfection.data();
  const double* const wished = rows.wished_mps.data();
  const double* const gap = rows.gap_m.data();
  const double* const leader = rows.leader_mps.data();
  const double* const room = rows.room_m.data();
  const double* const ceiling = rows.ceiling_mps.data();
  const double* const random = rows.random.data();
  double* const position = rows.position_m.data();
  double* const odometer = rows.odometer_m.data();
  double* const speeds = rows.speed_mps.data();
  double* const accelerations = rows.acceleration_mps2.data();
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t t = type[i];
    const double speed = speeds[i];
    const double eased = std::max(wished[i], speed - comfortable[t] * step_s);
    const Driver driver{eased, time_gap[t], standing_gap[t], acceleration[t], comfortable[t]};
    const double safe = krauss_exact_safe_speed_mps(gap[i] - standing_gap[t], leader[i],
                                                    deceleration[t], time_gap[t]);
    const double wanted =
        krauss_next_speed_mps(driver, speed, safe, imperfection[t], random[i], step_s);
    const double next =
        bounded(wanted, speed, stoppable_speed_euler_mps(room[i], deceleration[t], step_s),
                ceiling[i], comfortable[t], deceleration[t], step_s);
    const double after = std::max(0.0, next);
    position[i] += after * step_s;
    odometer[i] += after * step_s;
    accelerations[i] = (after - speed) / step_s;
    speeds[i] = after;
  }
}

}  // namespace

void step(CarFollowing model, const TypeColumns& types, const StepColumns& rows, double step_s) {
  switch (model) {
    case CarFollowing::idm:
      return step_plain_idm(types, rows, step_s);
    case CarFollowing::improved_idm:
      return step_improved_idm(types, rows, step_s);
    case CarFollowing::krauss:
      return step_krauss(types, rows, step_s);
  }
}

double acceleration_behind(CarFollowing model, const TypeColumns& types, std::uint32_t type,
                           double wished_mps, double speed_mps, double gap_m, double leader_mps,
                           double step_s) {
  const double gap = std::max(gap_m, least_gap_m);
  const Driver driver = types.driver(type, wished_mps);
  switch (model) {
    case CarFollowing::idm:
      return idm_acceleration(
          types.driver(type, std::max(wished_mps, speed_mps * types.easing[type])), speed_mps, gap,
          leader_mps);
    case CarFollowing::improved_idm:
      return improved_idm_acceleration(driver, speed_mps, gap, leader_mps);
    case CarFollowing::krauss:
      break;
  }
  const double safe = krauss_safe(driver, types.deceleration_mps2[type], gap, leader_mps);
  return (krauss_next_speed_mps(driver, speed_mps, safe, 0, 0, step_s) - speed_mps) / step_s;
}

}  // namespace kontwin::traffic::micro
