#include "scenarios/slope/boulder_world.hpp"

#include <BulletCollision/CollisionShapes/btHeightfieldTerrainShape.h>
#include <btBulletDynamicsCommon.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontwin::slope {

namespace {

constexpr double gravity_mps2 = 9.80665;
/// Bullet lets slow contacts stick instead of bounce below this.
constexpr btScalar least_bounce_mps = 0.1F;
/// A rock slower than this for `quiet_steps` is at rest.
constexpr double rest_speed_mps = 0.15;
constexpr int quiet_steps = 240;
constexpr int ground_group = 1;
constexpr int rock_group = 2;

btScalar scalar(double value) { return static_cast<btScalar>(value); }

}  // namespace

struct BoulderWorld::Impl {
  struct Body {
    std::unique_ptr<btCollisionShape> shape;
    std::unique_ptr<btRigidBody> body;
    double mass_kg = 0;
    int quiet = 0;
    bool gone = false;
  };

  explicit Impl(const Raster<float>& ground_m)
      : dispatcher(&configuration),
        world(&dispatcher, &broadphase, &solver, &configuration),
        shape(ground_m.shape),
        low_m(*std::ranges::min_element(ground_m.values)) {
    // Bullet computes in single precision: heights and places are kept small.
    heights_m.reserve(ground_m.values.size());
    for (const float height : ground_m.values) heights_m.push_back(height - low_m);
    high_m = *std::ranges::max_element(heights_m);
    middle = {shape.left_m + shape.cell_m * static_cast<double>(shape.columns) / 2,
              shape.bottom_m + shape.cell_m * static_cast<double>(shape.rows) / 2};
  }

  btDefaultCollisionConfiguration configuration;
  btCollisionDispatcher dispatcher;
  btDbvtBroadphase broadphase;
  btSequentialImpulseConstraintSolver solver;
  btDiscreteDynamicsWorld world;
  GridShape shape;
  LocalPoint middle;
  float low_m, high_m = 0;
  std::vector<float> heights_m;
  std::unique_ptr<btHeightfieldTerrainShape> ground_shape;
  std::unique_ptr<btRigidBody> ground;
  std::vector<Body> rocks;
};

BoulderWorld::BoulderWorld(const Raster<float>& ground_m, const GroundContact& contact)
    : impl_(std::make_unique<Impl>(ground_m)) {
  Impl& my = *impl_;
  my.ground_shape = std::make_unique<btHeightfieldTerrainShape>(
      static_cast<int>(my.shape.columns), static_cast<int>(my.shape.rows), my.heights_m.data(),
      scalar(1), scalar(0), my.high_m, 2, PHY_FLOAT, false);
  my.ground_shape->setLocalScaling({scalar(my.shape.cell_m), scalar(my.shape.cell_m), 1});
  btTransform place;
  place.setIdentity();
  place.setOrigin({0, 0, my.high_m / 2});
  btRigidBody::btRigidBodyConstructionInfo fixed(0, nullptr, my.ground_shape.get());
  fixed.m_startWorldTransform = place;
  // Bullet multiplies the restitutions and the frictions of two bodies: rocks have 1.
  fixed.m_restitution = scalar(contact.restitution);
  fixed.m_friction = scalar(contact.friction);
  fixed.m_rollingFriction = scalar(contact.rolling_friction);
  my.ground = std::make_unique<btRigidBody>(fixed);
  my.world.addRigidBody(my.ground.get(), ground_group, rock_group);
  my.world.setGravity({0, 0, scalar(-gravity_mps2)});
  my.world.getSolverInfo().m_restitutionVelocityThreshold = least_bounce_mps;
  my.solver.setRandSeed(0);
}

BoulderWorld::~BoulderWorld() {
  for (auto& rock : impl_->rocks) impl_->world.removeRigidBody(rock.body.get());
  impl_->world.removeRigidBody(impl_->ground.get());
}

std::size_t BoulderWorld::add(const Rock& rock) {
  Impl& my = *impl_;
  Impl::Body made;
  const double r = rock.radius_m;
  made.shape = std::make_unique<btSphereShape>(scalar(r));
  made.mass_kg = rock.density_kgpm3 * 4.0 / 3 * std::numbers::pi * r * r * r;
  btVector3 inertia;
  made.shape->calculateLocalInertia(scalar(made.mass_kg), inertia);
  btRigidBody::btRigidBodyConstructionInfo info(scalar(made.mass_kg), nullptr, made.shape.get(),
                                                inertia);
  info.m_startWorldTransform.setIdentity();
  info.m_startWorldTransform.setOrigin({scalar(rock.x_m - my.middle.x_m),
                                        scalar(rock.y_m - my.middle.y_m),
                                        scalar(rock.z_m - my.low_m)});
  info.m_restitution = 1;
  info.m_friction = 1;
  info.m_rollingFriction = 0;
  made.body = std::make_unique<btRigidBody>(info);
  if (rock.slides) {
    made.body->setAngularFactor(0);
  } else {
    // Bullet's rolling friction is an arm: the share that holds a rock back, times its radius.
    made.body->setRollingFriction(my.ground->getRollingFriction() * scalar(r));
  }
  made.body->setLinearVelocity({scalar(rock.vx_mps), scalar(rock.vy_mps), scalar(rock.vz_mps)});
  made.body->setActivationState(DISABLE_DEACTIVATION);
  my.world.addRigidBody(made.body.get(), rock_group, ground_group);
  my.rocks.push_back(std::move(made));
  return my.rocks.size() - 1;
}

void BoulderWorld::step() {
  Impl& my = *impl_;
  my.world.stepSimulation(scalar(step_s), 0);
  for (std::size_t i = 0; i < my.rocks.size(); ++i) {
    Impl::Body& rock = my.rocks[i];
    if (rock.gone) continue;
    const Motion now = motion(i);
    rock.quiet = now.speed_mps < rest_speed_mps ? rock.quiet + 1 : 0;
    const LocalBox box = my.shape.box();
    const double rim_m = my.shape.cell_m;
    const bool inside = now.x_m > box.min_x_m + rim_m && now.x_m < box.max_x_m - rim_m &&
                        now.y_m > box.min_y_m + rim_m && now.y_m < box.max_y_m - rim_m;
    if (!inside || rock.quiet >= quiet_steps) {
      rock.gone = true;
      rock.body->setLinearVelocity({0, 0, 0});
      rock.body->setAngularVelocity({0, 0, 0});
      rock.body->forceActivationState(DISABLE_SIMULATION);
    }
  }
}

BoulderWorld::Motion BoulderWorld::motion(std::size_t rock) const {
  const Impl::Body& of = impl_->rocks[rock];
  const btVector3& at = of.body->getWorldTransform().getOrigin();
  const btVector3& v = of.body->getLinearVelocity();
  const btVector3 spin =
      of.body->getWorldTransform().getBasis().transpose() * of.body->getAngularVelocity();
  const btVector3 inverse = of.body->getInvInertiaDiagLocal();
  double spinning_j = 0;
  for (int axis = 0; axis < 3; ++axis) {
    spinning_j += 0.5 * double(spin[axis]) * double(spin[axis]) / double(inverse[axis]);
  }
  return {.x_m = at.x() + impl_->middle.x_m,
          .y_m = at.y() + impl_->middle.y_m,
          .z_m = double(at.z()) + impl_->low_m,
          .speed_mps = v.length(),
          .energy_j = 0.5 * of.mass_kg * double(v.length2()) + spinning_j};
}

double BoulderWorld::mass_kg(std::size_t rock) const { return impl_->rocks[rock].mass_kg; }

bool BoulderWorld::all_at_rest() const {
  return std::ranges::all_of(impl_->rocks, [](const Impl::Body& rock) { return rock.gone; });
}

}  // namespace kontwin::slope
