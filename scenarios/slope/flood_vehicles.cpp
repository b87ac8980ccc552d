#include "scenarios/slope/flood_vehicles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "scenarios/slope/bullet_ground.hpp"
#include "twin/error.hpp"

namespace kontwin::slope {

namespace {

constexpr double water_kgpm3 = 1000;
constexpr double swept_m = 0.5;
constexpr double rest_mps = 0.02;
constexpr int rest_steps = 240;
constexpr double weight_share = 0.35;  // height of the centre of mass over that of the roof
constexpr std::array shares{-1.0 / 3, 0.0, 1.0 / 3};  // of half the length and width: nine points

[[noreturn]] void refuse(const std::string& what) {
  throw ScenarioError("vehicles in water: " + what);
}

void check(const FloodFields& fields) {
  for (const auto* raster : {&fields.depth_m, &fields.east_mps, &fields.north_mps}) {
    if (!(raster->shape == fields.ground_m.shape)) refuse("the rasters differ in shape");
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::ranges::all_of(raster->values, finite))
      refuse("a raster has values that are no numbers");
  }
  if (std::ranges::any_of(fields.depth_m.values, [](float depth) { return depth < 0; })) {
    refuse("a depth is negative");
  }
}

void check(const FloodForces& forces) {
  if (!(forces.friction >= 0 && std::isfinite(forces.friction))) refuse("friction is 0 or more");
  if (!(forces.drag >= 0 && std::isfinite(forces.drag))) refuse("drag is 0 or more");
  if (!(forces.under_share >= 0 && forces.under_share <= 1)) {
    refuse("the share under the floor lies between 0 and 1");
  }
}

void check(const FloodVehicleType& type, const std::string& name) {
  if (!(type.mass_kg > 0 && type.length_m > 0 && type.width_m > 0 &&
        type.height_m > type.clearance_m && type.clearance_m >= 0 && type.tight_share > 0 &&
        type.tight_share <= 1)) {
    refuse(name + " has no sensible mass or size");
  }
}

/// The front that a flow sees: of the wetted height over the floor all, below it the wheels' share.
double wet_front_m(const FloodVehicleType& type, double wet_m, double under_share) {
  const double under_m = std::clamp(wet_m, 0.0, type.clearance_m);
  const double over_m = std::clamp(wet_m - type.clearance_m, 0.0, type.height_m - type.clearance_m);
  return under_share * under_m + over_m;
}

}  // namespace

double FloodVehicleType::floating_depth_m() const {
  return clearance_m + mass_kg / (water_kgpm3 * tight_share * length_m * width_m);
}

double sliding_speed_mps(const FloodVehicleType& type, double depth_m, const FloodForces& forces) {
  const double over_m =
      std::clamp(depth_m - type.clearance_m, 0.0, type.height_m - type.clearance_m);
  const double carried_kg = water_kgpm3 * type.tight_share * type.length_m * type.width_m * over_m;
  const double weight_n = (type.mass_kg - carried_kg) * BulletGround::gravity_mps2;
  if (weight_n <= 0) return 0;
  const double front_m2 = type.length_m * wet_front_m(type, depth_m, forces.under_share);
  return std::sqrt(2 * forces.friction * weight_n / (water_kgpm3 * forces.drag * front_m2));
}

struct FloodVehicles::Impl {
  struct Body {
    StandingVehicle from;
    std::unique_ptr<btBoxShape> box;
    std::unique_ptr<btCompoundShape> shape;  // the box, its middle over the centre of mass
    std::unique_ptr<btRigidBody> body;
    double swept_after_s = -1;
    int quiet = 0;
    bool floated = false, left = false, touched = false;
  };

  Impl(const FloodFields& fields, const FloodForces& given)
      : ground(fields.ground_m, true),
        ground_m(fields.ground_m),
        depth_m(fields.depth_m),
        east_mps(fields.east_mps),
        north_mps(fields.north_mps),
        forces(given) {}

  void add(const StandingVehicle& vehicle, std::size_t number) {
    const std::string name = "vehicle " + std::to_string(number + 1);
    check(vehicle.type, name);
    const FloodVehicleType& type = vehicle.type;
    Body made;
    made.from = vehicle;
    made.box = std::make_unique<btBoxShape>(
        btVector3(scalar(type.length_m / 2), scalar(type.width_m / 2), scalar(type.height_m / 2)));
    btVector3 inertia;
    made.box->calculateLocalInertia(scalar(type.mass_kg), inertia);
    btTransform lifted;
    lifted.setIdentity();
    lifted.setOrigin({0, 0, scalar((0.5 - weight_share) * type.height_m)});
    made.shape = std::make_unique<btCompoundShape>(false);
    made.shape->addChildShape(lifted, made.box.get());
    btRigidBody::btRigidBodyConstructionInfo info(scalar(type.mass_kg), nullptr, made.shape.get(),
                                                  inertia);
    info.m_startWorldTransform.setIdentity();
    info.m_startWorldTransform.setRotation(btQuaternion({0, 0, 1}, scalar(vehicle.heading_rad)));
    info.m_friction = scalar(forces.friction);
    info.m_restitution = 0;
    info.m_angularDamping = scalar(0.5);
    made.body = std::make_unique<btRigidBody>(info);
    const double z_m = interpolate(ground_m, vehicle.at) + weight_share * type.height_m;
    ground.add(*made.body, vehicle.at.x_m, vehicle.at.y_m, z_m, type.height_m, name.c_str());
    bodies.push_back(std::move(made));
  }

  /// Forces of the water on one body at its present place.
  void push(Body& vehicle) const {
    btRigidBody& body = *vehicle.body;
    const FloodVehicleType& type = vehicle.from.type;
    const btMatrix3x3& turned = body.getWorldTransform().getBasis();
    const btVector3 velocity = body.getLinearVelocity();
    double carried_n = 0;
    for (const double along : shares) {
      for (const double across : shares) {
        const btVector3 under =
            turned * btVector3(scalar(along * type.length_m), scalar(across * type.width_m),
                               scalar(-weight_share * type.height_m));
        const LocalPoint at{ground.x_m(body) + double(under.x()),
                            ground.y_m(body) + double(under.y())};
        const double depth = interpolate(depth_m, at);
        if (depth <= 0) continue;
        const double wet_m =
            std::min(interpolate(ground_m, at) + depth - (ground.z_m(body) + double(under.z())),
                     type.height_m);
        if (wet_m <= 0) continue;
        const double over_m = std::max(0.0, wet_m - type.clearance_m);
        const double lift_n = water_kgpm3 * BulletGround::gravity_mps2 * type.tight_share *
                              type.length_m * type.width_m / 9 * over_m;
        carried_n += lift_n;
        const btVector3 flow(scalar(interpolate(east_mps, at)) - velocity.x(),
                             scalar(interpolate(north_mps, at)) - velocity.y(), 0);
        const double speed = flow.length();
        const btVector3 up = turned.getColumn(2);
        const btVector3 arm = under + up * scalar(wet_m / 2);
        body.applyForce({0, 0, scalar(lift_n)}, under + up * scalar(type.clearance_m + over_m / 2));
        if (speed > 0) {
          const btVector3 way = flow / scalar(speed);
          const double seen_m = type.length_m * std::abs(double(way.dot(turned.getColumn(1)))) +
                                type.width_m * std::abs(double(way.dot(turned.getColumn(0))));
          const double front_m2 = seen_m * wet_front_m(type, wet_m, forces.under_share) / 9;
          // No more than what takes the body to the water's speed in a step.
          const double drag_n = std::min(0.5 * water_kgpm3 * forces.drag * front_m2 * speed * speed,
                                         type.mass_kg * speed / step_s / 9);
          body.applyForce(way * scalar(drag_n), arm);
        }
        // Heaving dies down as water is pushed about under the floor.
        if (over_m > 0) {
          body.applyForce({0, 0, scalar(-double(velocity.z()) * type.mass_kg / 9)}, arm);
        }
      }
    }
    vehicle.floated = vehicle.floated || carried_n >= type.mass_kg * BulletGround::gravity_mps2;
  }

  double moved_m(const Body& vehicle) const {
    return distance_m(vehicle.from.at, {ground.x_m(*vehicle.body), ground.y_m(*vehicle.body)});
  }

  BulletGround ground;
  Raster<float> ground_m, depth_m, east_mps, north_mps;
  FloodForces forces;
  std::vector<Body> bodies;
  double now_s = 0;
};

FloodVehicles::FloodVehicles(const FloodFields& fields, std::span<const StandingVehicle> vehicles,
                             const FloodForces& forces) {
  check(fields);
  check(forces);
  impl_ = std::make_unique<Impl>(fields, forces);
  for (std::size_t i = 0; i < vehicles.size(); ++i) impl_->add(vehicles[i], i);
}

FloodVehicles::~FloodVehicles() {
  if (!impl_) return;
  for (auto& vehicle : impl_->bodies) impl_->ground.remove(*vehicle.body);
}

void FloodVehicles::step() {
  Impl& my = *impl_;
  for (Impl::Body& vehicle : my.bodies) {
    if (!vehicle.left) my.push(vehicle);
  }
  my.ground.step(step_s);
  my.now_s += step_s;
  for (Impl::Body& vehicle : my.bodies) {
    if (vehicle.left) continue;
    const double speed_mps = vehicle.body->getLinearVelocity().length();
    vehicle.quiet = speed_mps < rest_mps ? vehicle.quiet + 1 : 0;
    vehicle.touched = my.ground.touches_another(*vehicle.body);
    if (vehicle.swept_after_s < 0 && my.moved_m(vehicle) > swept_m) {
      vehicle.swept_after_s = my.now_s;
    }
    if (!my.ground.inside(my.ground.x_m(*vehicle.body), my.ground.y_m(*vehicle.body))) {
      vehicle.left = true;
      vehicle.body->setLinearVelocity({0, 0, 0});
      vehicle.body->setAngularVelocity({0, 0, 0});
      vehicle.body->forceActivationState(DISABLE_SIMULATION);
    }
  }
}

void FloodVehicles::run(double seconds) {
  const auto steps = static_cast<long>(std::ceil(seconds / step_s));
  for (long i = 0; i < steps; ++i) {
    step();
    if (std::ranges::all_of(impl_->bodies, [](const Impl::Body& vehicle) {
          return vehicle.left || vehicle.quiet >= rest_steps;
        })) {
      return;
    }
  }
}

std::vector<VehicleFate> FloodVehicles::fates() const {
  using enum VehicleFate::End;
  std::vector<VehicleFate> fates;
  for (const Impl::Body& vehicle : impl_->bodies) {
    VehicleFate fate;
    fate.at = {impl_->ground.x_m(*vehicle.body), impl_->ground.y_m(*vehicle.body)};
    fate.moved_m = impl_->moved_m(vehicle);
    fate.swept_after_s = vehicle.swept_after_s;
    fate.floated = vehicle.floated;
    if (vehicle.left) {
      fate.end = left;
    } else if (vehicle.swept_after_s >= 0) {
      fate.end = vehicle.quiet < rest_steps ? adrift : vehicle.touched ? jammed : aground;
    }
    fates.push_back(fate);
  }
  return fates;
}

double FloodVehicles::lift_m(std::size_t vehicle) const {
  const Impl::Body& of = impl_->bodies[vehicle];
  const LocalPoint at{impl_->ground.x_m(*of.body), impl_->ground.y_m(*of.body)};
  return impl_->ground.z_m(*of.body) - weight_share * of.from.type.height_m -
         interpolate(impl_->ground_m, at);
}

}  // namespace kontwin::slope
