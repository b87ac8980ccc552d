#pragma once

#include <BulletCollision/CollisionShapes/btHeightfieldTerrainShape.h>
#include <btBulletDynamicsCommon.h>

#include <memory>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::slope {

inline btScalar scalar(double value) { return static_cast<btScalar>(value); }

/// A Bullet world with the ground as a mesh: what BoulderWorld and VehicleWorld stand on. One
/// thread and no chance, so the same bodies move the same way. Bodies touch the ground, and each
/// other where `bodies_touch`.
class BulletGround {
 public:
  static constexpr double gravity_mps2 = 9.80665;

  /// `ground_m` at the corners of the mesh: corner (column, row) lies at the centre of that cell.
  /// Throws ScenarioError for a mesh of less than 2 x 2 or with heights that are no numbers.
  BulletGround(const Raster<float>& ground_m, bool bodies_touch);
  ~BulletGround();
  BulletGround(const BulletGround&) = delete;
  BulletGround& operator=(const BulletGround&) = delete;

  /// Puts a body at a place; throws ScenarioError naming `what` where it lies off the mesh, or not
  /// at all above the ground, its reach below its middle being `reach_m`.
  void add(btRigidBody& body, double x_m, double y_m, double z_m, double reach_m, const char* what);
  void remove(btRigidBody& body) { world_.removeRigidBody(&body); }
  void step(double seconds);
  /// What the ground and other bodies pressed on a body in the last step, N s, all contacts
  /// together.
  double contact_impulse(const btRigidBody& body) const {
    return impulse_[static_cast<std::size_t>(body.getUserIndex())];
  }

  /// True when a body touched another, not the ground alone, in the last step.
  bool touches_another(const btRigidBody& body) const {
    return touches_[static_cast<std::size_t>(body.getUserIndex())] != 0;
  }

  /// True inside the mesh, a cell away from its rim.
  bool inside(double x_m, double y_m) const;
  double x_m(const btRigidBody& body) const {
    return double(body.getWorldTransform().getOrigin().x()) + middle_.x_m;
  }
  double y_m(const btRigidBody& body) const {
    return double(body.getWorldTransform().getOrigin().y()) + middle_.y_m;
  }
  double z_m(const btRigidBody& body) const {
    return double(body.getWorldTransform().getOrigin().z()) + low_m_;
  }
  const GridShape& shape() const { return shape_; }

 private:
  btDefaultCollisionConfiguration configuration_;
  btCollisionDispatcher dispatcher_;
  btDbvtBroadphase broadphase_;
  btSequentialImpulseConstraintSolver solver_;
  btDiscreteDynamicsWorld world_;
  GridShape shape_;
  LocalPoint middle_;
  float low_m_ = 0, high_m_ = 0;
  int group_mask_ = 0;
  Raster<float> heights_m_;  // over the lowest
  std::unique_ptr<btHeightfieldTerrainShape> mesh_;
  std::unique_ptr<btRigidBody> ground_;
  std::vector<double> impulse_;  // [body], in the order they were added
  std::vector<char> touches_;    // [body]
};

}  // namespace kontwin::slope
