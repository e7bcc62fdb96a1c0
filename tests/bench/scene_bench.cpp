// Frames of the 3-D view at 800×680 while it turns, as its worker draws them: a stay's tokens, and the cohort's cloud.
// Runs without a display; Mesa's software renderer where there is no graphics card. First argument of a benchmark:
// points of the cloud.
#include <benchmark/benchmark.h>

#include <QGuiApplication>
#include <cstdlib>
#include <random>

#include "scene/scene_painter.h"
#include "scene/scene_renderer.h"
#include "state/theme.h"

namespace {

using namespace fusemoe;
using namespace fusemoe::ui;

constexpr int kRouters = 5, kTokens = 24, kExperts = 16;
constexpr QSizeF kViewport(800, 680);

/// Tokens around the gate vectors they keep, which lie on a ring a router.
SceneData stay() {
  SceneData scene;
  std::mt19937 random(7);
  std::normal_distribution<double> near(0, 0.5);
  for (int router = 0; router < kRouters; ++router) {
    const int first = int(scene.gates.size());
    for (int expert = 0; expert < kExperts; ++expert) {
      const double angle = 2 * M_PI * expert / kExperts;
      scene.gates.push_back(
          {{6 * std::cos(angle), router - 2.0, 6 * std::sin(angle)}, router, router, expert, 1.0 / kExperts});
    }
    for (int token = 0; token < kTokens; ++token) {
      const int gate = first + token % kExperts;
      const Vector3& at = scene.gates[std::size_t(gate)].place;
      scene.links.push_back({int(scene.tokens.size()), gate, 1});
      scene.tokens.push_back({at + Vector3{near(random), near(random), near(random)}, router, token, router, token});
    }
  }
  scene.linksOfToken = 1;
  return scene;
}

CloudPtr cloudOf(std::size_t points, const SceneData& scene) {
  auto cloud = std::make_shared<SceneCloud>();
  std::mt19937 random(3);
  std::normal_distribution<float> near(0, 0.7F);
  for (std::size_t i = 0; i < points; ++i) {
    const SceneToken& token = scene.tokens[i % scene.tokens.size()];
    cloud->points.push_back({float(token.place.x) + near(random), float(token.place.y) + near(random),
                             float(token.place.z) + near(random), std::int16_t(token.router), 0});
  }
  return cloud;
}

void turningFrame(benchmark::State& state) {
  const SceneData scene = stay();
  const CloudPtr cloud = state.range(0) > 0 ? cloudOf(std::size_t(state.range(0)), scene) : nullptr;
  const SceneLook look{&scene, nullptr, cloud, {}};
  OrbitCamera camera;
  camera.fit(pointsToShow(look), kViewport, 26);
  const auto renderer = loadSceneRenderer();
  if (!renderer) return state.SkipWithError(renderer.error().detail.c_str());
  const auto draw = [&] {
    camera.orbit(0.05, 0);
    const Result<QImage> picture = (*renderer)->render(composeFrame(look, Theme::light(), camera, kViewport, 1));
    if (!picture) state.SkipWithError(picture.error().line().c_str());
  };
  draw();  // makes the context, compiles the shaders, takes the points up
  for (auto _ : state) draw();
}
// CPU = of all threads together: where other programs want the cores too, the better measure.
BENCHMARK(turningFrame)
    ->Arg(0)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// What the window's own thread does for a frame: compose it and place its labels.
void composeAndLabels(benchmark::State& state) {
  const SceneData scene = stay();
  const SceneLook look{&scene, nullptr, nullptr, {}};
  OrbitCamera camera;
  camera.fit(pointsToShow(look), kViewport, 26);
  for (auto _ : state) {
    camera.orbit(0.05, 0);
    const SceneFrame frame = composeFrame(look, Theme::light(), camera, kViewport, 1);
    benchmark::DoNotOptimize(placedLabels(frame));
  }
}
BENCHMARK(composeAndLabels)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  setenv("QT_QPA_PLATFORM", "offscreen", 0);
  const QGuiApplication application(argc, argv);  // for fonts
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
