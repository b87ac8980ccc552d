#include "render/shaders.hpp"

#include <map>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

// Pixels are dear without a graphics card: whatever can be worked out for vertices is. How clear a
// vertex is seen through the haze, and its colour through it.
constexpr const char* haze = R"(
uniform float u_haze_m;
const vec3 haze_colour = vec3(0.835, 0.878, 0.914);
float clearness(float away_m) { return exp(-pow(away_m / u_haze_m, 1.6)); }
vec3 hazed(vec3 colour, float clear) { return mix(haze_colour, colour, max(clear, 0.12)); }
)";

// A solid's texture coordinate is the height of its foot: only the ground is drawn out, not houses.
constexpr const char* solid_vertex = R"(
uniform float u_exaggeration;
varying vec4 v_colour;
void main() {
  vec4 place = gl_Vertex;
  place.z = gl_MultiTexCoord0.x + (place.z - gl_MultiTexCoord0.x) / u_exaggeration;
  vec4 eye = gl_ModelViewMatrix * place;
  v_colour = vec4(hazed(gl_Color.rgb, clearness(length(eye.xyz))), gl_Color.a);
  gl_Position = gl_ProjectionMatrix * eye;
}
)";

constexpr const char* plain_fragment = R"(
varying vec4 v_colour;
void main() { gl_FragColor = v_colour; }
)";

constexpr const char* ground_vertex = R"(
varying vec2 v_place;
varying float v_clear;
void main() {
  vec4 eye = gl_ModelViewMatrix * gl_Vertex;
  v_clear = max(clearness(length(eye.xyz)), 0.12);
  v_place = gl_MultiTexCoord0.xy;
  gl_Position = gl_ProjectionMatrix * eye;
}
)";

constexpr const char* ground_fragment = R"(
uniform sampler2D u_colour;
varying vec2 v_place;
varying float v_clear;
void main() {
  gl_FragColor = vec4(mix(haze_colour, texture2D(u_colour, v_place).rgb, v_clear), 1.0);
}
)";

// A ribbon's vertex carries its way across (normal), and in the texture coordinate: half its real
// width (m), how far along it lies (m), its least half width (pixels) and the scale (m a pixel)
// above which it is not drawn. It is pulled a little towards the eye, so that coarse ground does
// not swallow it.
constexpr const char* ribbon_vertex = R"(
uniform float u_pull;
uniform float u_metres_a_pixel;
uniform float u_dot_scale;
uniform float u_widen_px;
uniform float u_casing;
varying vec4 v_colour;
#ifdef DASHED
varying float v_dashes;
#endif
void main() {
  vec4 middle = gl_ModelViewMatrix * gl_Vertex;
  float pixel_m = u_metres_a_pixel * max(-middle.z, 1.0) * u_dot_scale;
  float half_m = max(gl_MultiTexCoord0.x, gl_MultiTexCoord0.z * pixel_m) + u_widen_px * pixel_m;
  vec4 eye = gl_ModelViewMatrix * vec4(gl_Vertex.xyz + gl_Normal * half_m, 1.0);
  float clear = clearness(length(eye.xyz));
  eye.xyz *= 1.0 - u_pull;
#ifdef DASHED
  v_dashes = gl_MultiTexCoord0.y / max(11.0 * pixel_m, 2.2 * half_m);
#endif
  float hidden = smoothstep(0.8, 1.0, pixel_m / gl_MultiTexCoord0.w);
  float alpha = gl_Color.a * mix(1.0, 0.55, u_casing);
  vec3 colour = mix(gl_Color.rgb, vec3(0.20, 0.19, 0.18), u_casing);
  v_colour = vec4(hazed(colour, clear), alpha * (1.0 - hidden) * smoothstep(0.10, 0.45, clear));
  gl_Position = hidden < 1.0 ? gl_ProjectionMatrix * eye : vec4(2.0, 2.0, 2.0, 1.0);
}
)";

// Light gaps on a road that nobody can use.
constexpr const char* dashed_fragment = R"(
varying vec4 v_colour;
varying float v_dashes;
void main() {
  vec3 colour = fract(v_dashes) > 0.66 ? mix(v_colour.rgb, vec3(1.0), 0.85) : v_colour.rgb;
  gl_FragColor = vec4(colour, v_colour.a);
}
)";

constexpr const char* water_vertex = R"(
uniform float u_pull;
varying vec4 v_colour;
void main() {
  vec4 eye = gl_ModelViewMatrix * gl_Vertex;
  vec3 up = normalize(gl_NormalMatrix * vec3(0.0, 0.0, 1.0));
  float grazing = pow(1.0 - clamp(dot(up, normalize(-eye.xyz)), 0.0, 1.0), 3.0);
  vec3 colour = mix(gl_Color.rgb, vec3(0.86, 0.93, 0.98), 0.30 * grazing);
  v_colour = vec4(hazed(colour, clearness(length(eye.xyz))), gl_Color.a);
  eye.xyz *= 1.0 - 0.375 * u_pull;
  gl_Position = gl_ProjectionMatrix * eye;
}
)";

// A dot's texture coordinate: its real size (m), its least size (pixels), and the scale (m a pixel)
// above which it is not drawn.
constexpr const char* point_vertex = R"(
uniform float u_metres_a_pixel;
uniform float u_dot_scale;
varying vec4 v_colour;
varying float v_clear;
void main() {
  vec4 eye = gl_ModelViewMatrix * gl_Vertex;
  v_clear = clearness(length(eye.xyz));
  float pixel_m = u_metres_a_pixel * max(-eye.z, 1.0);
  gl_PointSize = max(gl_MultiTexCoord0.x / pixel_m, gl_MultiTexCoord0.y * u_dot_scale *
                     mix(1.0, 0.5, smoothstep(12.0, 90.0, pixel_m * u_dot_scale)));
  v_colour = gl_Color;
  eye.xyz *= 0.975;
  gl_Position = pixel_m * u_dot_scale < gl_MultiTexCoord0.z ? gl_ProjectionMatrix * eye
                                                            : vec4(2.0, 2.0, 2.0, 1.0);
}
)";

constexpr const char* point_fragment = R"(
varying vec4 v_colour;
varying float v_clear;
void main() {
  float out_from_middle = length(gl_PointCoord - vec2(0.5)) * 2.0;
  if (out_from_middle > 1.0) discard;
  vec3 rim = dot(v_colour.rgb, vec3(0.3, 0.6, 0.1)) > 0.45 ? vec3(0.05, 0.12, 0.08) : vec3(1.0);
  vec3 colour = out_from_middle > 0.68 ? rim : v_colour.rgb;
  gl_FragColor = vec4(hazed(colour, v_clear), 1.0);
}
)";

// The dome keeps the eye at its centre, whatever the view's translation.
constexpr const char* sky_vertex = R"(
varying float v_height;
void main() {
  vec3 eye = mat3(gl_ModelViewMatrix) * gl_Vertex.xyz;
  v_height = gl_Vertex.z;
  vec4 place = gl_ProjectionMatrix * vec4(eye, 1.0);
  gl_Position = vec4(place.xy, place.w * 0.99999, place.w);
}
)";

constexpr const char* sky_fragment = R"(
varying float v_height;
void main() {
  vec3 horizon = vec3(0.835, 0.878, 0.914);
  vec3 zenith = vec3(0.33, 0.52, 0.74);
  float up = clamp(v_height, 0.0, 1.0);
  gl_FragColor = vec4(mix(horizon, zenith, pow(up, 0.65)), 1.0);
}
)";

// A panel lies before everything, in the picture's own coordinates (-1 to 1): drawn first, it saves
// what it hides from being painted.
constexpr const char* panel_vertex = R"(
varying vec4 v_colour;
void main() {
  v_colour = gl_Color;
  gl_Position = vec4(gl_Vertex.xy, -1.0, 1.0);
}
)";

osg::ref_ptr<osg::Program> make(const char* name, const std::string& vertex, const char* fragment,
                                const char* define = "") {
  osg::ref_ptr<osg::Program> program = new osg::Program;
  program->setName(name);
  const std::string head = std::string("#version 120\n") + define + haze;
  program->addShader(new osg::Shader(osg::Shader::VERTEX, head + vertex));
  program->addShader(new osg::Shader(osg::Shader::FRAGMENT, head + fragment));
  return program;
}

const std::map<Shading, osg::ref_ptr<osg::Program>>& programs() {
  static const std::map<Shading, osg::ref_ptr<osg::Program>> made{
      {Shading::ground, make("ground", ground_vertex, ground_fragment)},
      {Shading::solid, make("solid", solid_vertex, plain_fragment)},
      {Shading::ribbon, make("ribbon", ribbon_vertex, plain_fragment)},
      {Shading::dashed, make("dashed", ribbon_vertex, dashed_fragment, "#define DASHED\n")},
      {Shading::water, make("water", water_vertex, plain_fragment)},
      {Shading::point, make("point", point_vertex, point_fragment)},
      {Shading::sky, make("sky", sky_vertex, sky_fragment)},
      {Shading::panel, make("panel", panel_vertex, plain_fragment)},
  };
  return made;
}

}  // namespace

osg::Program* program_of(Shading shading) { return programs().at(shading).get(); }

void require_programs(osg::State& state) {
  for (const auto& [shading, program] : programs()) {
    const osg::Program::PerContextProgram* const linked = program->getPCP(state);
    if (linked->isLinked() || linked->needsLink()) continue;  // used, or not used yet
    std::string reason;
    linked->getInfoLog(reason);
    throw Error("OpenGL refuses the program `" + program->getName() + "`: " + reason);
  }
}

void release_programs(osg::State& state) {
  for (const auto& [shading, program] : programs()) program->releaseGLObjects(&state);
}

ViewUniforms::ViewUniforms(osg::StateSet* root)
    : metres_a_pixel(new osg::Uniform("u_metres_a_pixel", 0.001F)),
      haze_m(new osg::Uniform("u_haze_m", 100'000.0F)),
      dot_scale(new osg::Uniform("u_dot_scale", 1.0F)),
      exaggeration(new osg::Uniform("u_exaggeration", 1.0F)),
      pull(new osg::Uniform("u_pull", 0.008F)) {
  root->addUniform(metres_a_pixel);
  root->addUniform(haze_m);
  root->addUniform(dot_scale);
  root->addUniform(exaggeration);
  root->addUniform(pull);
}

}  // namespace kontwin
