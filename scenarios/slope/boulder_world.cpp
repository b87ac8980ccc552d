#include "scenarios/slope/boulder_world.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "scenarios/slope/bullet_ground.hpp"
#include "twin/error.hpp"

namespace kontwin::slope {

namespace {

/// A rock slower than this for `quiet_steps` is at rest.
constexpr double rest_speed_mps = 0.15;
constexpr int quiet_steps = 240;

/// A block's own edges stop it as well; a slab slides.
double rolling_share(Rock::Shape shape) {
  switch (shape) {
    case Rock::Shape::ball:
      return 1;
    case Rock::Shape::block:
      return 0.3;
    case Rock::Shape::slab:
      break;
  }
  return 0;
}

void check(const GroundContact& contact) {
  const auto refuse = [](const char* what) { throw ScenarioError(std::string("slope: ") + what); };
  if (!(contact.restitution >= 0 && contact.restitution <= 1)) {
    refuse("restitution lies between 0 and 1");
  }
  if (!(contact.friction >= 0 && std::isfinite(contact.friction))) refuse("friction is 0 or more");
  if (!(contact.rolling_friction >= 0 && std::isfinite(contact.rolling_friction))) {
    refuse("rolling friction is 0 or more");
  }
}

/// An icosahedron of the volume of a ball of this radius, drawn out along x and flattened along z.
std::unique_ptr<btCollisionShape> block_shape(double radius_m) {
  constexpr std::array axes{1.3, 1.0, 0.77};
  // The volume of an icosahedron is 0.6055 of that of the ball through its corners.
  const double corner_m = radius_m / std::cbrt(0.6055);
  const double golden = std::numbers::phi;
  const double unit = 1 / std::sqrt(1 + golden * golden);
  auto hull = std::make_unique<btConvexHullShape>();
  for (const double first : {-1.0, 1.0}) {
    for (const double second : {-golden, golden}) {
      const double a = first * unit * corner_m;
      const double b = second * unit * corner_m;
      hull->addPoint({0, scalar(axes[1] * a), scalar(axes[2] * b)}, false);
      hull->addPoint({scalar(axes[0] * a), scalar(axes[1] * b), 0}, false);
      hull->addPoint({scalar(axes[0] * b), 0, scalar(axes[2] * a)}, false);
    }
  }
  hull->setMargin(scalar(0.01 * radius_m));
  hull->recalcLocalAabb();
  return hull;
}

std::unique_ptr<btCollisionShape> shape_of(const Rock& rock) {
  const double r = rock.radius_m;
  if (rock.shape == Rock::Shape::ball) return std::make_unique<btSphereShape>(scalar(r));
  if (rock.shape == Rock::Shape::block) return block_shape(r);
  // A slab that does not turn needs its lowest point only, under its middle: corners would catch on
  // the seams of the mesh.
  constexpr double flatness = 0.25;
  const double side_m = std::cbrt(4.0 / 3 * std::numbers::pi / flatness) * r;
  return std::make_unique<btSphereShape>(scalar(flatness * side_m / 2));
}

}  // namespace

struct BoulderWorld::Impl {
  struct Body {
    std::unique_ptr<btCollisionShape> shape;
    std::unique_ptr<btRigidBody> body;
    double radius_m = 0;
    double mass_kg = 0;
    double rolls_by = 0;  // share of the rolling friction that it feels
    int quiet = 0;
    bool gone = false, left = false;
    GroundClass on = GroundClass::field;
  };

  /// Bullet multiplies the values of rock and ground; the ground has 1 of each.
  void touch(Body& rock, GroundClass on) const {
    const GroundContact& contact = contacts[static_cast<std::size_t>(on)];
    rock.on = on;
    rock.body->setRestitution(scalar(contact.restitution));
    rock.body->setFriction(scalar(contact.friction));
  }

  /// What the ground presses on a rolling rock acts before its middle, by an arm. Bullet's own
  /// rolling friction is held to an impulse that no boulder feels.
  void resist(const Body& rock) const {
    const double pressed = ground.contact_impulse(*rock.body);
    if (pressed <= 0 || rock.rolls_by == 0) return;
    const btVector3 spin = rock.body->getAngularVelocity();
    const double rate = spin.length();
    if (rate <= 0) return;
    const double arm_m = contacts[static_cast<std::size_t>(rock.on)].rolling_friction *
                         rock.radius_m * rock.rolls_by;
    const btVector3 axis = spin / scalar(rate);
    const double taken =
        arm_m * pressed * double((rock.body->getInvInertiaTensorWorld() * axis).dot(axis));
    rock.body->setAngularVelocity(axis * scalar(std::max(0.0, rate - taken)));
  }

  GroundClass class_at(const btRigidBody& body) const {
    if (classes.empty()) return GroundClass::field;
    return classes[ground.shape().cell_of({ground.x_m(body), ground.y_m(body)})];
  }

  BulletGround ground;
  std::vector<GroundClass> classes;  // [cell]; empty: one contact everywhere
  GroundContacts contacts;
  std::vector<Body> rocks;
};

BoulderWorld::BoulderWorld(const Raster<float>& ground_m, const GroundContact& contact)
    : impl_(new Impl{{ground_m, false}, {}, {}, {}}) {
  check(contact);
  impl_->contacts.fill(contact);
}

BoulderWorld::BoulderWorld(const Raster<float>& ground_m, std::span<const GroundClass> classes,
                           const GroundContacts& contacts)
    : impl_(new Impl{{ground_m, false}, {classes.begin(), classes.end()}, contacts, {}}) {
  std::ranges::for_each(contacts, check);
  if (classes.size() != ground_m.values.size()) {
    throw ScenarioError("slope: the ground has a class for each corner of its mesh");
  }
}

BoulderWorld::~BoulderWorld() {
  for (auto& rock : impl_->rocks) impl_->ground.remove(*rock.body);
}

std::size_t BoulderWorld::add(const Rock& rock) {
  Impl& my = *impl_;
  if (!(rock.radius_m > 0 && std::isfinite(rock.radius_m))) {
    throw ScenarioError("slope: a rock has a radius above 0");
  }
  if (!(rock.density_kgpm3 > 0 && std::isfinite(rock.density_kgpm3))) {
    throw ScenarioError("slope: a rock has a density above 0");
  }
  Impl::Body made;
  const double r = rock.radius_m;
  made.shape = shape_of(rock);
  made.radius_m = r;
  made.rolls_by = rolling_share(rock.shape);
  made.mass_kg = rock.density_kgpm3 * 4.0 / 3 * std::numbers::pi * r * r * r;
  btVector3 inertia;
  made.shape->calculateLocalInertia(scalar(made.mass_kg), inertia);
  btRigidBody::btRigidBodyConstructionInfo info(scalar(made.mass_kg), nullptr, made.shape.get(),
                                                inertia);
  info.m_startWorldTransform.setIdentity();
  info.m_startWorldTransform.setRotation(btQuaternion({0, 0, 1}, scalar(rock.turn_rad)) *
                                         btQuaternion({1, 0, 0}, scalar(rock.tilt_rad)));
  made.body = std::make_unique<btRigidBody>(info);
  // Contacts that bounce count when they are made: else a rebound depends on where in a step it
  // happens.
  made.body->setContactProcessingThreshold(0);
  if (rock.shape == Rock::Shape::slab) made.body->setAngularFactor(0);
  made.body->setLinearVelocity({scalar(rock.vx_mps), scalar(rock.vy_mps), scalar(rock.vz_mps)});
  my.ground.add(*made.body, rock.x_m, rock.y_m, rock.z_m, r, "a rock");
  my.touch(made, my.class_at(*made.body));
  my.rocks.push_back(std::move(made));
  return my.rocks.size() - 1;
}

void BoulderWorld::step() {
  Impl& my = *impl_;
  for (Impl::Body& rock : my.rocks) {
    if (rock.gone) continue;
    const GroundClass on = my.class_at(*rock.body);
    if (on != rock.on) my.touch(rock, on);
  }
  my.ground.step(step_s);
  for (Impl::Body& rock : my.rocks) {
    if (rock.gone) continue;
    my.resist(rock);
    const double speed_mps = rock.body->getLinearVelocity().length();
    rock.quiet = speed_mps < rest_speed_mps ? rock.quiet + 1 : 0;
    rock.left = !my.ground.inside(my.ground.x_m(*rock.body), my.ground.y_m(*rock.body));
    if (rock.left || rock.quiet >= quiet_steps) {
      rock.gone = true;
      rock.body->setLinearVelocity({0, 0, 0});
      rock.body->setAngularVelocity({0, 0, 0});
      rock.body->forceActivationState(DISABLE_SIMULATION);
    }
  }
}

BoulderWorld::Motion BoulderWorld::motion(std::size_t rock) const {
  const Impl::Body& of = impl_->rocks[rock];
  const btVector3& v = of.body->getLinearVelocity();
  const btVector3 spin =
      of.body->getWorldTransform().getBasis().transpose() * of.body->getAngularVelocity();
  const btVector3 inverse = of.body->getInvInertiaDiagLocal();
  double spinning_j = 0;
  for (int axis = 0; axis < 3; ++axis) {
    spinning_j += 0.5 * double(spin[axis]) * double(spin[axis]) / double(inverse[axis]);
  }
  return {.x_m = impl_->ground.x_m(*of.body),
          .y_m = impl_->ground.y_m(*of.body),
          .z_m = impl_->ground.z_m(*of.body),
          .speed_mps = v.length(),
          .energy_j = 0.5 * of.mass_kg * double(v.length2()) + spinning_j};
}

double BoulderWorld::mass_kg(std::size_t rock) const { return impl_->rocks[rock].mass_kg; }

bool BoulderWorld::all_at_rest() const {
  return std::ranges::all_of(impl_->rocks, [](const Impl::Body& rock) { return rock.gone; });
}

bool BoulderWorld::at_rest(std::size_t rock) const {
  return impl_->rocks[rock].gone && !impl_->rocks[rock].left;
}

bool BoulderWorld::left(std::size_t rock) const { return impl_->rocks[rock].left; }

}  // namespace kontwin::slope
