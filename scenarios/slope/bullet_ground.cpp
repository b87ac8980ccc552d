#include "scenarios/slope/bullet_ground.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin::slope {

namespace {

constexpr int ground_group = 1;
constexpr int body_group = 2;
/// Bullet lets slow contacts stick instead of bounce below this.
constexpr double least_bounce_mps = 0.1;

void check(const Raster<float>& ground_m) {
  if (ground_m.shape.columns < 2 || ground_m.shape.rows < 2) {
    throw ScenarioError("slope: a mesh of the ground needs 2 x 2 corners or more");
  }
  if (!std::ranges::all_of(ground_m.values, [](float height) { return std::isfinite(height); })) {
    throw ScenarioError("slope: a mesh of the ground has heights that are no numbers");
  }
}

}  // namespace

BulletGround::BulletGround(const Raster<float>& ground_m, bool bodies_touch)
    : dispatcher_(&configuration_),
      world_(&dispatcher_, &broadphase_, &solver_, &configuration_),
      shape_(ground_m.shape),
      group_mask_(bodies_touch ? ground_group | body_group : ground_group) {
  check(ground_m);
  // Bullet computes in single precision: heights and places are kept small.
  low_m_ = *std::ranges::min_element(ground_m.values);
  heights_m_ = ground_m;
  for (float& height : heights_m_.values) height -= low_m_;
  high_m_ = *std::ranges::max_element(heights_m_.values);
  middle_ = {shape_.left_m + shape_.cell_m * static_cast<double>(shape_.columns) / 2,
             shape_.bottom_m + shape_.cell_m * static_cast<double>(shape_.rows) / 2};
  mesh_ = std::make_unique<btHeightfieldTerrainShape>(
      static_cast<int>(shape_.columns), static_cast<int>(shape_.rows), heights_m_.values.data(),
      scalar(1), scalar(0), high_m_, 2, PHY_FLOAT, false);
  mesh_->setLocalScaling({scalar(shape_.cell_m), scalar(shape_.cell_m), 1});
  // Else cuboids rest 4 cm over the ground.
  mesh_->setMargin(scalar(0.001));
  btTransform place;
  place.setIdentity();
  place.setOrigin({0, 0, high_m_ / 2});
  btRigidBody::btRigidBodyConstructionInfo fixed(0, nullptr, mesh_.get());
  fixed.m_startWorldTransform = place;
  // Bullet multiplies what two bodies have: the bodies on the ground carry the contact's values.
  fixed.m_restitution = 1;
  fixed.m_friction = 1;
  fixed.m_rollingFriction = 0;
  ground_ = std::make_unique<btRigidBody>(fixed);
  world_.addRigidBody(ground_.get(), ground_group, body_group);
  world_.setGravity({0, 0, scalar(-gravity_mps2)});
  world_.getSolverInfo().m_restitutionVelocityThreshold = scalar(least_bounce_mps);
  // Putting apart what went into each other adds no speed.
  world_.getSolverInfo().m_splitImpulse = 1;
  world_.getSolverInfo().m_splitImpulsePenetrationThreshold = scalar(1e9);
  solver_.setRandSeed(0);
}

BulletGround::~BulletGround() { world_.removeRigidBody(ground_.get()); }

void BulletGround::add(btRigidBody& body, double x_m, double y_m, double z_m, double reach_m,
                       const char* what) {
  const std::string at = std::string("slope: ") + what + " at (" +
                         number_text(x_m, 1, Language::english) + ", " +
                         number_text(y_m, 1, Language::english) + ") m ";
  if (!std::isfinite(x_m) || !std::isfinite(y_m) || !inside(x_m, y_m)) {
    throw ScenarioError(at + "lies off the mesh of the ground");
  }
  if (!(z_m + reach_m > interpolate(heights_m_, {x_m, y_m}) + low_m_)) {
    throw ScenarioError(at + "lies below the ground");
  }
  btTransform place = body.getWorldTransform();
  place.setOrigin(
      {scalar(x_m - middle_.x_m), scalar(y_m - middle_.y_m), scalar(z_m - double(low_m_))});
  body.setWorldTransform(place);
  body.setInterpolationWorldTransform(place);
  body.setActivationState(DISABLE_DEACTIVATION);
  body.setUserIndex(static_cast<int>(impulse_.size()));
  impulse_.push_back(0);
  touches_.push_back(0);
  world_.addRigidBody(&body, body_group, group_mask_);
}

void BulletGround::step(double seconds) {
  world_.stepSimulation(scalar(seconds), 0);
  std::ranges::fill(impulse_, 0.0);
  std::ranges::fill(touches_, char{0});
  for (int i = 0; i < dispatcher_.getNumManifolds(); ++i) {
    const btPersistentManifold& manifold = *dispatcher_.getManifoldByIndexInternal(i);
    double pressed = 0;
    for (int point = 0; point < manifold.getNumContacts(); ++point) {
      // A point that has come apart still has what was pressed on it last.
      const btManifoldPoint& contact = manifold.getContactPoint(point);
      if (contact.getDistance() <= 0) pressed += double(contact.getAppliedImpulse());
    }
    const bool among_bodies =
        manifold.getBody0()->getUserIndex() >= 0 && manifold.getBody1()->getUserIndex() >= 0;
    for (const btCollisionObject* body : {manifold.getBody0(), manifold.getBody1()}) {
      if (body->getUserIndex() < 0) continue;
      const auto number = static_cast<std::size_t>(body->getUserIndex());
      impulse_[number] += pressed;
      if (among_bodies && manifold.getNumContacts() > 0) touches_[number] = 1;
    }
  }
}

bool BulletGround::inside(double x_m, double y_m) const {
  const LocalBox box = shape_.box();
  const double rim_m = shape_.cell_m;
  return x_m > box.min_x_m + rim_m && x_m < box.max_x_m - rim_m && y_m > box.min_y_m + rim_m &&
         y_m < box.max_y_m - rim_m;
}

}  // namespace kontwin::slope
