// The 3-D view: what it shows of a result, where labels stand, pointing in both directions, morphs, the cohort's cloud,
// and VTK's pictures, drawn without any display.
#include <QDockWidget>
#include <QMainWindow>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <random>
#include <set>

#include "scene/label_placement.h"
#include "scene/scene_painter.h"
#include "scene/scene_renderer.h"
#include "scene/scene_text.h"
#include "scene/scene_view.h"
#include "support/golden.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::test;
using namespace fusemoe::ui;

namespace {

constexpr QSizeF kViewport(420, 300);

ResultPtr predict(const ModelConfig& config, std::int64_t stay = FakeCohort::kFirstStay, ModalityMask mask = 0) {
  const FakeModel model(config);
  const PredictRequest request{*FakeCohort().read(stay), mask};
  return model.predict({&request, 1}, {true, nullptr, false}, {})->front();
}

SceneData sceneFor(ModalityMask mask = 0) {
  return sceneOf(fakeConfig(), *predict(fakeConfig(), FakeCohort::kFirstStay, mask), 0);
}

OrbitCamera fitted(const SceneLook& look) {
  OrbitCamera camera;
  camera.fit(pointsToShow(look), kViewport, 26);
  return camera;
}

SceneFrame frameOf(const SceneLook& look, const Theme& theme = Theme::light()) {
  return composeFrame(look, theme, fitted(look), kViewport, 1);
}

QImage withLabels(QImage picture, const SceneFrame& frame) {
  QPainter painter(&picture);
  paintLabels(painter, frame);
  return picture;
}

bool sameShow(const SceneData& a, const SceneData& b) {
  return a.sameShape(b) && a.samePlaces(b);
}

/// Where a mark of the view is that nothing hides.
template <class Wanted>
std::optional<std::pair<QPoint, SceneMark>> freeMark(const SceneView& view, Wanted wanted) {
  for (const SceneMark& mark : view.frame().marks) {
    const QPoint at = view.frame().camera.project(mark.place, view.frame().viewport).at.toPoint();
    const SceneMark* hit = markAt(view.frame(), at);
    if (wanted(mark) && hit && hit->token == mark.token && hit->gate == mark.gate) return std::pair(at, mark);
  }
  return std::nullopt;
}

/// A view that jumps, shown, with its first picture.
struct Shown {
  explicit Shown(Workbench& bench) : view(bench.context()) {
    view.setMorphDuration(0);
    view.resize(480, 340);
    view.show();
  }
  SceneView view;
};

}  // namespace

class TestScene : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { failOnQtWarnings(); }

  void mapsResult();
  void mapsJointAndDisjointRouters();
  void marksSayModalityAndState();
  void linksAreAsWideAsTheirWeight();
  void pointingAtAnExpertLightsItUp();
  void ghostShowsWhereTokensWere();
  void cameraFitsEverything();
  void labelsNeverOverlap();
  void labelsOfTheSceneNeverOverlap();
  void hoverFindsTokensAndGates();
  void clickSelects();
  void legendLightsUp();
  void lightsUpFromOutside();
  void morphEndsExactly();
  void morphIsInterrupted();
  void fitReturnsAfterZoom();
  void asksForPlacesWhileVisible();
  void survivesDocking();
  void vtkAgreesWithPainter();
  void golden_data();
  void golden();
  void drawsAndTabulates();
  void cloudOfTheCohort();
  void cloudIsCancelled();
};

void TestScene::mapsResult() {
  const ModelConfig config = fakeConfig();
  const ResultPtr result = predict(config, FakeCohort::kFirstStay, 0b10);
  const LayerResult& layer = result->layers[1];
  const SceneData scene = sceneOf(config, *result, 1);
  QCOMPARE(scene.tokens.size(), std::size_t(5 * 24));
  QCOMPARE(scene.gates.size(), std::size_t(5 * 12));
  QCOMPARE(scene.links.size(), std::size_t(5 * 24 * 2));
  const SceneToken& token = scene.tokens[24 + 7];
  QCOMPARE(token.modality, 1);
  QCOMPARE(token.bin, 7);
  QCOMPARE(token.state, ModalityState::Masked);
  QCOMPARE(float(token.place.y), layer.projection.tokens[3 * (24 + 7) + 1]);
  const SceneGate& gate = scene.gates[3 * 12 + 5];
  QCOMPARE(gate.modality, 3);
  QCOMPARE(gate.expert, 5);
  QCOMPARE(float(gate.place.z), layer.projection.gateVectors[3 * (3 * 12 + 5) + 2]);
  QCOMPARE(float(gate.share), layer.routers[3].meanTopK[5]);
  const SceneLink& link = scene.links[(24 + 7) * 2 + 1];
  QCOMPARE(link.token, 24 + 7);
  QCOMPARE(scene.gates[std::size_t(link.gate)].expert, layer.routers[1].topKExpert[7 * 2 + 1]);
  QCOMPARE(scene.gates[std::size_t(link.gate)].router, 1);
  QCOMPARE(link.weight, layer.routers[1].topKWeight[7 * 2 + 1]);
  RoutingResult without;
  without.layers.resize(2);
  QVERIFY(sceneOf(config, without, 0).empty());
}

void TestScene::mapsJointAndDisjointRouters() {
  ModelConfig joint = fakeConfig();
  joint.router = Router::Joint;
  joint.token = TokenGranularity::Sequence;
  const SceneData one = sceneOf(joint, *predict(joint), 0);
  QCOMPARE(one.gates.size(), std::size_t(12));
  QCOMPARE(one.tokens.front().modality, -1);
  QCOMPARE(one.tokens.front().bin, -1);

  // Two routers with an expert of their own each, the second's is the third of all.
  ModelConfig disjoint = fakeConfig();
  disjoint.modalities.resize(2);
  disjoint.experts = 4;
  disjoint.topK = 1;
  disjoint.router = Router::Disjoint;
  RoutingResult result;
  result.states.assign(2, ModalityState::Present);
  result.basis = std::make_shared<ProjectionBasis>();
  LayerResult layer;
  for (int m = 0; m < 2; ++m) {
    RouterResult router;
    router.modality = m;
    router.tokens = 1;
    router.meanTopK = {0, 0, 0, 0};
    router.meanTopK[std::size_t(2 * m)] = 1;
    router.topKExpert = {2 * m};
    router.topKWeight = {1};
    layer.routers.push_back(router);
  }
  layer.projection.tokens.assign(2 * 3, 0.5F);
  for (int i = 0; i < 4 * 3; ++i) layer.projection.gateVectors.push_back(float(i));
  result.layers.push_back(layer);
  const SceneData own = sceneOf(disjoint, result, 0);
  QCOMPARE(own.gates.size(), std::size_t(4));
  QCOMPARE(own.gates[2].expert, 2);
  QCOMPARE(own.gates[2].modality, 1);
  QCOMPARE(own.gates[2].share, 1.0);
  QCOMPARE(own.links[1].gate, 2);
}

void TestScene::marksSayModalityAndState() {
  const SceneData scene = sceneFor(0b1);
  const SceneFrame frame = frameOf({&scene, nullptr, nullptr, {}});
  std::set<MarkShape> shapes;
  for (const SceneMark& mark : frame.marks) {
    if (mark.token < 0) continue;
    const SceneToken& token = scene.tokens[std::size_t(mark.token)];
    QCOMPARE(mark.place, token.place);
    QCOMPARE(qRgb(qRed(mark.colour), qGreen(mark.colour), qBlue(mark.colour)),
             Theme::light().modality(token.modality).rgb());
    QCOMPARE(mark.outline > 0, token.state != ModalityState::Present);
    shapes.insert(mark.shape);
  }
  QCOMPARE(shapes.size(), std::size_t(5));
  QCOMPARE(std::ranges::count_if(frame.marks, [](const SceneMark& mark) { return mark.token >= 0; }), 5 * 24);
}

void TestScene::linksAreAsWideAsTheirWeight() {
  const SceneData scene = sceneFor();
  const Target token{-1, 2, 9};
  const SceneFrame all = frameOf({&scene, nullptr, nullptr, {}});
  const SceneFrame frame = frameOf({&scene, nullptr, nullptr, token});
  // 240 links are too many to show at once; of the token pointed at there are two, after the floor.
  QCOMPARE(frame.strokes.size(), all.strokes.size() + 2);
  const std::size_t first = (2 * 24 + 9) * 2;
  for (std::size_t k = 0; k < 2; ++k) {
    const SceneStroke& stroke = frame.strokes[all.strokes.size() + k];
    const SceneLink& link = scene.links[first + k];
    QCOMPARE(stroke.from, scene.tokens[2 * 24 + 9].place);
    QCOMPARE(stroke.to, scene.gates[std::size_t(link.gate)].place);
    QCOMPARE(stroke.width, std::max(0.5F, 3 * link.weight));
  }
}

void TestScene::pointingAtAnExpertLightsItUp() {
  const SceneData scene = sceneFor();
  const int expert = scene.gates[std::size_t(scene.links.front().gate)].expert;
  const SceneFrame frame = frameOf({&scene, nullptr, nullptr, {expert, -1, -1}});
  const QRgb accent = Theme::light().accent.rgb();
  int lit = 0;
  for (const SceneMark& mark : frame.marks) {
    if (mark.gate < 0 || mark.outline == 0) continue;
    const bool ours = scene.gates[std::size_t(mark.gate)].expert == expert;
    QCOMPARE((mark.colour | 0xFF000000U) == accent, ours);
    QCOMPARE(qAlpha(mark.colour) == 255, ours);
    lit += ours;
  }
  QCOMPARE(lit, 5);
  for (const SceneLabel& label : frame.labels)
    QVERIFY(label.text.startsWith("PC") || label.text == QString("E%1").arg(expert + 1));
  const auto keeping = std::ranges::count_if(
      scene.links, [&](const SceneLink& link) { return scene.gates[std::size_t(link.gate)].expert == expert; });
  const auto floor = frameOf({&scene, nullptr, nullptr, {}}).strokes.size();
  QCOMPARE(frame.strokes.size() - floor, std::size_t(keeping));
}

void TestScene::ghostShowsWhereTokensWere() {
  const SceneData before = sceneFor(), now = sceneFor(0b1);
  QVERIFY(!before.samePlaces(now));
  const SceneFrame frame = frameOf({&now, &before, nullptr, {}});
  const SceneFrame plain = frameOf({&now, nullptr, nullptr, {}});
  QVERIFY(frame.marks.size() > plain.marks.size());
  const SceneFrame still = frameOf({&before, &before, nullptr, {}});
  QCOMPARE(still.marks.size(), plain.marks.size());
}

void TestScene::cameraFitsEverything() {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-4, 9), angle(-3, 3);
  for (int round = 0; round < 200; ++round) {
    std::vector<Vector3> points;
    for (int i = 0; i < 30; ++i) points.push_back({place(random), place(random) * 0.3, place(random)});
    OrbitCamera camera;
    camera.orbit(angle(random), angle(random));
    camera.fit(points, kViewport, 20);
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    for (const Vector3& point : points) {
      const OrbitCamera::Seen seen = camera.project(point, kViewport);
      QVERIFY(seen.depth > 0);
      left = std::min(left, seen.at.x());
      right = std::max(right, seen.at.x());
      top = std::min(top, seen.at.y());
      bottom = std::max(bottom, seen.at.y());
    }
    QVERIFY(left > 18 && right < kViewport.width() - 18 && top > 18 && bottom < kViewport.height() - 18);
    // No smaller than needed.
    QVERIFY(right - left > 0.9 * (kViewport.width() - 40) || bottom - top > 0.9 * (kViewport.height() - 40));
  }
}

void TestScene::labelsNeverOverlap() {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> x(-20, 420), y(-20, 320), wide(10, 60), weight(0, 1);
  const QRectF bounds(0, 0, 400, 300);
  for (int round = 0; round < 200; ++round) {
    std::vector<LabelWish> wishes;
    std::vector<QRectF> marks;
    for (int i = 0; i < 80; ++i) {
      wishes.push_back({{x(random), y(random)}, 6, {wide(random), 12}, weight(random)});
      marks.emplace_back(x(random), y(random), 8, 8);
    }
    // Whatever stands first in importance, in the middle, is placed.
    wishes.push_back({{200, 150}, 6, {40, 12}, 2});
    const auto places = placeLabels(wishes, marks, bounds);
    QVERIFY(places.back());
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!places[i]) continue;
      QVERIFY(bounds.contains(*places[i]));
      for (std::size_t j = 0; j < i; ++j) QVERIFY(!places[j] || !places[i]->intersects(*places[j]));
    }
  }
}

void TestScene::labelsOfTheSceneNeverOverlap() {
  const SceneData scene = sceneFor(0b100);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> angle(-3, 3), zoom(0.5, 2.5);
  std::uniform_int_distribution<int> expert(-1, 11), modality(-1, 4);
  std::size_t seen = 0;
  for (int round = 0; round < 100; ++round) {
    const SceneLook look{&scene, nullptr, nullptr, {expert(random), modality(random), -1}};
    OrbitCamera camera = fitted(look);
    camera.orbit(angle(random), angle(random));
    camera.zoom(zoom(random));
    const SceneFrame frame = composeFrame(look, Theme::light(), camera, kViewport, 1);
    const std::vector<PlacedLabel> labels = placedLabels(frame);
    seen += labels.size();
    for (std::size_t i = 0; i < labels.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        QVERIFY2(!labels[i].place.intersects(labels[j].place), qPrintable(labels[i].label->text));
  }
  QVERIFY2(seen > 300, qPrintable(QString::number(seen)));
}

void TestScene::hoverFindsTokensAndGates() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const auto token = freeMark(shown.view, [](const SceneMark& mark) { return mark.token >= 0; });
  QVERIFY(token);
  QTest::mouseMove(&shown.view, token->first);
  const SceneToken& expected = shown.view.shown().tokens[std::size_t(token->second.token)];
  QCOMPARE(bench.selection.target(), (Target{-1, expected.modality, expected.bin}));
  const auto gate = freeMark(shown.view, [](const SceneMark& mark) { return mark.gate >= 0; });
  QVERIFY(gate);
  QTest::mouseMove(&shown.view, gate->first);
  const SceneGate& vector = shown.view.shown().gates[std::size_t(gate->second.gate)];
  QCOMPARE(bench.selection.target(), (Target{vector.expert, vector.modality, -1}));
  const QString tip = gateTip(bench.document, shown.view.shown(), gate->second.gate);
  QVERIFY2(tip.contains(QString("E%1").arg(vector.expert + 1)) && tip.contains("mean gate weight"), qPrintable(tip));
  QTest::mouseMove(&shown.view, QPoint(2, 2));
  QVERIFY(bench.selection.target().empty());
}

void TestScene::clickSelects() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const auto gate = freeMark(shown.view, [](const SceneMark& mark) { return mark.gate >= 0; });
  QVERIFY(gate);
  QTest::mouseClick(&shown.view, Qt::LeftButton, {}, gate->first);
  QCOMPARE(bench.selection.selected().expert, shown.view.shown().gates[std::size_t(gate->second.gate)].expert);
  QTest::mouseClick(&shown.view, Qt::LeftButton, {}, QPoint(2, 2));
  QVERIFY(bench.selection.selected().empty());
  // A drag turns and selects nothing.
  const OrbitCamera before = shown.view.frame().camera;
  QTest::mousePress(&shown.view, Qt::LeftButton, {}, gate->first);
  QMouseEvent move(QEvent::MouseMove, gate->first + QPointF(40, 10), shown.view.mapToGlobal(QPointF(0, 0)),
                   Qt::NoButton, Qt::LeftButton, {});
  QCoreApplication::sendEvent(&shown.view, &move);
  QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, gate->first + QPoint(40, 10));
  QVERIFY(bench.selection.selected().empty());
  QVERIFY(shown.view.frame().camera != before);
}

void TestScene::legendLightsUp() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  QTest::mouseMove(&shown.view, QPoint(20, int(shown.view.frame().viewport.height()) + 8));
  QCOMPARE(bench.selection.target(), (Target{-1, 0, -1}));
}

void TestScene::lightsUpFromOutside() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const std::size_t quiet = shown.view.frame().strokes.size();
  const int expert = shown.view.shown().gates[std::size_t(shown.view.shown().links.front().gate)].expert;
  bench.selection.hover(expert, -1);
  QVERIFY(shown.view.frame().strokes.size() > quiet);
  bench.selection.clear();
  QCOMPARE(shown.view.frame().strokes.size(), quiet);
}

void TestScene::morphEndsExactly() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const SceneData before = shown.view.shown();
  shown.view.setMorphDuration(120);
  bench.document.setMasked(0, true);
  QVERIFY(bench.settle());
  QVERIFY(shown.view.morphing());
  QVERIFY(!sameShow(shown.view.target(), before));
  QTRY_VERIFY(!shown.view.morphing());
  QVERIFY(sameShow(shown.view.shown(), shown.view.target()));
  QVERIFY(sameShow(shown.view.shown(), sceneOf(fakeConfig(), *bench.document.result(), 0)));
}

void TestScene::morphIsInterrupted() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const SceneData recorded = shown.view.shown();
  shown.view.setMorphDuration(10000);
  bench.document.setMasked(0, true);
  QVERIFY(bench.settle());
  QTRY_VERIFY(!shown.view.shown().samePlaces(recorded));
  const SceneData halfway = shown.view.shown();
  QVERIFY(!halfway.samePlaces(shown.view.target()));
  bench.document.undoStack().undo();  // from the cache: at once
  // It goes on from where it was.
  QVERIFY(shown.view.target().samePlaces(recorded));
  QVERIFY(shown.view.shown().samePlaces(halfway));
  QVERIFY(shown.view.morphing());
  shown.view.setMorphDuration(60);
  QTRY_VERIFY(shown.view.shown().samePlaces(recorded));
}

void TestScene::fitReturnsAfterZoom() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  const OrbitCamera fittedCamera = shown.view.frame().camera;
  QTest::keyClick(&shown.view, Qt::Key_Plus);
  QVERIFY(shown.view.frame().camera.distance() < fittedCamera.distance());
  QTest::keyClick(&shown.view, Qt::Key_F);
  QCOMPARE(shown.view.frame().camera, fittedCamera);
  QWheelEvent wheel({100, 100}, shown.view.mapToGlobal(QPointF(100, 100)), {}, {0, -240}, Qt::NoButton, {},
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&shown.view, &wheel);
  QVERIFY(shown.view.frame().camera.distance() > fittedCamera.distance());
  QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, QPoint(2, 2));
  QCOMPARE(shown.view.frame().camera, fittedCamera);
}

void TestScene::asksForPlacesWhileVisible() {
  Workbench bench;
  QVERIFY(bench.start());
  QVERIFY(!bench.document.result()->basis);
  Shown shown(bench);
  QVERIFY(bench.settle());
  QVERIFY(bench.document.result()->basis);
  QVERIFY(!shown.view.shown().empty());
  shown.view.hide();
  QVERIFY(bench.settle());
  QVERIFY(!bench.document.result()->basis);
}

void TestScene::survivesDocking() {
  Workbench bench;
  QVERIFY(bench.start());
  QMainWindow window;
  auto* dock = new QDockWidget;
  auto* view = new SceneView(bench.context());
  view->setMorphDuration(0);
  dock->setWidget(view);
  window.addDockWidget(Qt::LeftDockWidgetArea, dock);
  window.resize(600, 400);
  window.show();
  QVERIFY(bench.settle());
  QTRY_VERIFY(view->settled());
  for (int round = 0; round < 3; ++round) {
    dock->setFloating(true);
    window.resize(500 + 60 * round, 300);
    dock->hide();
    bench.document.toggleModality(round);
    QVERIFY(bench.settle());
    dock->show();
    dock->setFloating(false);
    QVERIFY(bench.settle());
    QTRY_VERIFY(view->settled());
  }
  view->resize(1, 1);
  QTRY_VERIFY(view->settled());
}

void TestScene::vtkAgreesWithPainter() {
  const auto renderer = loadSceneRenderer();
  QVERIFY2(renderer, renderer ? "" : renderer.error().detail.c_str());
  const SceneData before = sceneFor(), now = sceneFor(0b10);
  for (const Target& target : {Target{}, Target{-1, 1, -1}, Target{-1, 3, 4}}) {
    const SceneFrame frame = frameOf({&now, &before, nullptr, target});
    const Result<QImage> drawn = (*renderer)->render(frame);
    QVERIFY2(drawn, drawn ? "" : drawn.error().detail.c_str());
    QImage painted(drawn->size(), QImage::Format_RGB32);
    painted.fill(frame.background);
    QPainter painter(&painted);
    paintScene(painter, frame);
    painter.end();
    // Blocks of 6 by 6: smooth edges differ, what stands where does not.
    const QSize small = drawn->size() / 6;
    const QImage a = drawn->scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage b = painted.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    int worst = 0;
    for (int y = 0; y < small.height(); ++y)
      for (int x = 0; x < small.width(); ++x)
        worst = std::max(worst, std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))));
    if (worst >= 40) {
      drawn->save("scene-vtk.png");
      painted.save("scene-painter.png");
    }
    QVERIFY2(worst < 40, qPrintable(QString("differ by %1 of 255").arg(worst)));
  }
}

void TestScene::golden_data() {
  QTest::addColumn<bool>("dark");
  QTest::addColumn<int>("modality");
  QTest::addColumn<bool>("cloud");
  QTest::newRow("light") << false << -1 << false;
  QTest::newRow("dark") << true << -1 << false;
  QTest::newRow("light-pointed") << false << 3 << false;
  QTest::newRow("dark-cohort") << true << -1 << true;
}

void TestScene::golden() {
  QFETCH(const bool, dark);
  QFETCH(const int, modality);
  QFETCH(const bool, cloud);
  const Theme theme = dark ? Theme::darkTheme() : Theme::light();
  const SceneData before = sceneFor(), now = sceneFor(0b1);
  std::shared_ptr<SceneCloud> points;
  if (cloud) {
    points = std::make_shared<SceneCloud>();
    std::mt19937 random(1);
    std::uniform_real_distribution<float> near(-0.8F, 0.8F);
    for (int i = 0; i < 4000; ++i) {
      const SceneToken& token = now.tokens[std::size_t(i) % now.tokens.size()];
      points->points.push_back({float(token.place.x) + near(random), float(token.place.y) + near(random),
                                float(token.place.z) + near(random), std::int16_t(token.router), 0});
    }
  }
  const SceneFrame frame = frameOf({&now, cloud ? nullptr : &before, points, {-1, modality, -1}}, theme);
  const auto renderer = loadSceneRenderer();
  QVERIFY2(renderer, renderer ? "" : renderer.error().detail.c_str());
  const Result<QImage> drawn = (*renderer)->render(frame);
  QVERIFY2(drawn, drawn ? "" : drawn.error().detail.c_str());
  const QString difference =
      compareWithGolden(withLabels(*drawn, frame), QString("scene/%1").arg(QTest::currentDataTag()));
  QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestScene::drawsAndTabulates() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  QImage page(960, 680, QImage::Format_RGB32);
  page.fill(Qt::white);
  QPainter painter(&page);
  shown.view.draw(painter, page.rect());
  painter.end();
  const QRgb blue = Theme::light().modality(0).rgb();
  int found = 0;
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x) found += page.pixel(x, y) == blue;
  // 24 tokens of twice their size on the screen.
  QVERIFY2(found > 500, qPrintable(QString::number(found)));
  const Table table = shown.view.table();
  QCOMPARE(table.rows.size(), std::size_t(5 * 24 + 5 * 12));
  for (const QStringList& row : table.rows) QCOMPARE(row.size(), table.columns.size());
  QCOMPARE(table.rows[25][1], QString("Blood pressure"));
  QCOMPARE(table.rows[25][3], QString("2"));
}

void TestScene::cloudOfTheCohort() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  shown.view.setScope(SceneView::Scope::Cohort);
  QCOMPARE(bench.tasks.running().size(), 1);
  QTRY_VERIFY(!shown.view.cloud().loading());
  QCOMPARE(bench.tasks.running().size(), 0);
  QCOMPARE(shown.view.cloud().stays(), std::size_t(40));
  std::size_t expected = 0;
  for (const StaySummary& stay : *bench.document.stays()) expected += std::size_t(std::popcount(stay.present)) * 24;
  QCOMPARE(shown.view.cloud().cloud(0)->points.size(), expected);
  QCOMPARE(shown.view.cloud().cloud(1)->points.size(), expected);
  QCOMPARE(shown.view.frame().cloud, shown.view.cloud().cloud(0));
  // A mask takes its modality's tokens away.
  bench.document.setMasked(4, true);
  QVERIFY(bench.settle());
  QTRY_VERIFY(!shown.view.cloud().loading());
  std::size_t without = 0;
  for (const StaySummary& stay : *bench.document.stays())
    without += std::size_t(std::popcount(stay.present & 0b01111U)) * 24;
  QCOMPARE(shown.view.cloud().cloud(0)->points.size(), without);
  shown.view.setScope(SceneView::Scope::Stay);
  QVERIFY(!shown.view.frame().cloud);
}

void TestScene::cloudIsCancelled() {
  Workbench bench;
  QVERIFY(bench.start());
  Shown shown(bench);
  QVERIFY(bench.settle());
  bench.model->closeGate();
  shown.view.setScope(SceneView::Scope::Cohort);
  bench.model->waitAtGate();
  QSignalSpy cancelled(&shown.view.cloud(), &CloudLoader::cancelled);
  bench.tasks.running().front()->askToStop();
  QTRY_COMPARE(bench.tasks.running().size(), 0);
  QCOMPARE(cancelled.count(), 1);
  bench.model->openGate();
  QVERIFY(!shown.view.cloud().loading());
  // Toggles still work, and bring the cloud of the new state.
  bench.document.setMasked(1, true);
  QVERIFY(bench.settle());
  QTRY_VERIFY(shown.view.cloud().stays() == 40);
}

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
