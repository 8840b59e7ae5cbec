#include "heed/sample/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "heed/base/random.h"

namespace heed {
namespace {

/// Whether a point lies in a shape whose middle is 0 and which reaches as far as 1.
using Inside = bool (*)(double x, double y);

/// In a polygon of that many corners, each second one nearer to the middle.
bool in_star(double x, double y, int corners, double inner) {
  const double step = std::numbers::pi / corners;
  double angle = std::fmod(std::atan2(x, y) + 2 * std::numbers::pi, 2 * step);
  if (angle > step) angle = 2 * step - angle;  // mirrored: each half of a point is alike
  // Left of the line from the outer corner, at angle 0, to the inner one.
  const double radius = std::hypot(x, y), px = radius * std::sin(angle), py = radius * std::cos(angle);
  const double ix = inner * std::sin(step), iy = inner * std::cos(step);
  return ix * (py - 1) - (iy - 1) * px <= 0;
}

struct Shape {
  const char* label;
  Inside inside;
};

constexpr std::array shapes{
    Shape{"circle", [](double x, double y) { return std::hypot(x, y) <= 1; }},
    Shape{"cross",
          [](double x, double y) {
            const double a = std::abs(x), b = std::abs(y);
            return std::max(a, b) <= 1 && std::min(a, b) <= 0.3;
          }},
    Shape{"ring", [](double x, double y) { return std::hypot(x, y) <= 1 && std::hypot(x, y) >= 0.6; }},
    Shape{"square", [](double x, double y) { return std::max(std::abs(x), std::abs(y)) <= 0.8; }},
    Shape{"star", [](double x, double y) { return in_star(x, y, 5, 0.42); }},
    Shape{"triangle", [](double x, double y) { return in_star(x, y, 3, 0.5); }},
};

using Color = std::array<double, 3>;

Color drawn_color(Random& random) {
  Color color{};
  for (double& channel : color) channel = 255 * static_cast<double>(random.uniform());
  return color;
}

double distance(const Color& a, const Color& b) {
  double most = 0;
  for (std::size_t c = 0; c < a.size(); ++c) most = std::max(most, std::abs(a[c] - b[c]));
  return most;
}

}  // namespace

const std::vector<std::string>& shape_labels() {
  static const std::vector<std::string> labels = [] {
    std::vector<std::string> all;
    for (const Shape& shape : shapes) all.emplace_back(shape.label);
    return all;
  }();
  return labels;
}

DrawnShape drawn_shape(std::uint64_t seed, Index number, Index size) {
  const Shape& shape = shapes[static_cast<std::size_t>(number) % shapes.size()];
  Random random(seed, static_cast<std::uint64_t>(number));
  const auto between = [&](double from, double to) {
    return from + (to - from) * static_cast<double>(random.uniform());
  };
  const Color ground = drawn_color(random);
  Color color = drawn_color(random);
  while (distance(ground, color) < 80) color = drawn_color(random);
  const auto side = static_cast<double>(size);
  const double radius = side * between(0.22, 0.45), angle = between(0, 2 * std::numbers::pi);
  const double middle_x = between(radius * 0.9, side - radius * 0.9),
               middle_y = between(radius * 0.9, side - radius * 0.9);
  const double cosine = std::cos(angle) / radius, sine = std::sin(angle) / radius;
  constexpr int parts = 4;  // of a pixel's side, so that edges are smooth
  DrawnShape drawn{shape.label, black_image(size, size, 3)};
  for (Index y = 0; y < size; ++y)
    for (Index x = 0; x < size; ++x) {
      double covered = 0;
      for (int i = 0; i < parts * parts; ++i) {
        const double u = static_cast<double>(x) + (i % parts + 0.5) / parts - middle_x,
                     v = static_cast<double>(y) + (i / parts + 0.5) / parts - middle_y;
        covered += shape.inside(cosine * u - sine * v, sine * u + cosine * v) ? 1.0 / (parts * parts) : 0;
      }
      for (std::size_t c = 0; c < color.size(); ++c) {
        const double sample =
            ground[c] + covered * (color[c] - ground[c]) + 12 * static_cast<double>(random.normal());
        drawn.image.pixel(x, y)[c] = static_cast<std::uint8_t>(std::clamp(std::lround(sample), 0L, 255L));
      }
    }
  return drawn;
}

}  // namespace heed
