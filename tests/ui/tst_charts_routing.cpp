// The routing views show the result's numbers, their ghosts those of the reference, and what is pointed at lights up.
#include <QMouseEvent>
#include <QPaintEngine>
#include <QTest>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <random>

#include "charts/colour_map.h"
#include "charts/compare_chart.h"
#include "charts/entropy_chart.h"
#include "charts/flow_chart.h"
#include "charts/flow_layout.h"
#include "charts/load_chart.h"
#include "charts/router_chart.h"
#include "charts/routing_heat_map.h"
#include "charts/routing_numbers.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

namespace {

constexpr int kRouters = 5;
constexpr int kExperts = 12;
constexpr int kBins = 24;

/// Counts what is painted: text and shapes, and pictures of pixels.
class CountingDevice : public QPaintDevice {
 public:
  int texts() const { return m_engine.texts; }
  int shapes() const { return m_engine.shapes; }
  int pixmaps() const { return m_engine.pixmaps; }
  QPaintEngine* paintEngine() const override { return &m_engine; }

 protected:
  int metric(PaintDeviceMetric metric) const override {
    switch (metric) {
      case PdmWidth:
      case PdmHeight:
        return 1000;
      case PdmDpiX:
      case PdmDpiY:
      case PdmPhysicalDpiX:
      case PdmPhysicalDpiY:
        return 96;
      case PdmDevicePixelRatio:
        return 1;
      case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
      default:
        return 0;
    }
  }

 private:
  class Engine : public QPaintEngine {
   public:
    Engine() : QPaintEngine(AllFeatures) {}
    bool begin(QPaintDevice* /*device*/) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState& now) override {
      if (now.state() & DirtyBrush) textured = now.brush().style() == Qt::TexturePattern;
    }
    void drawPixmap(const QRectF& /*r*/, const QPixmap& /*pm*/, const QRectF& /*sr*/) override { ++pixmaps; }
    void drawImage(const QRectF& /*r*/, const QImage& /*i*/, const QRectF& /*sr*/,
                   Qt::ImageConversionFlags /*flags*/) override {
      ++pixmaps;
    }
    void drawTiledPixmap(const QRectF& /*r*/, const QPixmap& /*p*/, const QPointF& /*s*/) override { ++pixmaps; }
    void drawPath(const QPainterPath& /*path*/) override { draw(); }
    void drawPolygon(const QPointF* /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override { draw(); }
    void drawRects(const QRectF* /*rects*/, int /*count*/) override { draw(); }
    void drawLines(const QLineF* /*lines*/, int /*count*/) override { draw(); }
    void drawTextItem(const QPointF& /*p*/, const QTextItem& /*item*/) override { ++texts; }
    Type type() const override { return User; }
    void draw() { ++(textured ? pixmaps : shapes); }
    int texts = 0, shapes = 0, pixmaps = 0;
    bool textured = false;
  };
  mutable Engine m_engine;
};

}  // namespace

class TestChartsRouting : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
  }
  void cleanup() { m_bench.reset(); }

  void heatCellsAreTheResult() {
    RoutingHeatMap chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    document().toggleModality(2);
    QVERIFY(m_bench->settle());
    QCOMPARE(chart.bands(), kRouters);
    QVERIFY(chart.hatched(2) && !chart.hatched(1));
    for (const int layer : {0, 1}) {
      document().setLayer(layer);
      document().setDistribution(Distribution::Dense);
      for (int r = 0; r < kRouters; ++r)
        for (int t = 0; t < kBins; ++t)
          for (int e = 0; e < kExperts; ++e)
            QCOMPARE(chart.value(r, t, e), double(router(r).dense[size_t(t * kExperts + e)]));
      document().setDistribution(Distribution::TopK);
      compareKept(chart);
    }
  }

  void changeIsStateMinusReference() {
    RoutingHeatMap chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    chart.setContent(HeatContent::Change);
    QVERIFY(!chart.hasChanges());  // nothing masked: the values stay
    QCOMPARE(chart.value(0, 3, 4), double(router(0).dense[3 * kExperts + 4]));
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QVERIFY(chart.hasChanges());
    double largest = 0;
    for (int r = 0; r < kRouters; ++r) {
      const auto& before = document().ghostLayer()->routers[size_t(r)].dense;
      for (int t = 0; t < kBins; ++t) {
        for (int e = 0; e < kExperts; ++e) {
          const auto place = size_t(t * kExperts + e);
          QCOMPARE(chart.value(r, t, e), double(router(r).dense[place] - before[place]));
          largest = std::max(largest, std::abs(chart.value(r, t, e)));
        }
      }
    }
    QVERIFY(largest > 0 && chart.limit() >= largest && chart.limit() < 2.5 * largest);
    document().undoStack().undo();
    QVERIFY(m_bench->settle());
    QCOMPARE(chart.value(0, 3, 4), double(router(0).dense[3 * kExperts + 4]));
  }

  void cellsKnowWhatCannotBe() {
    RouterResult router;
    router.tokens = 2;
    router.logits = {0, -std::numeric_limits<float>::infinity(), 1, -std::numeric_limits<float>::infinity()};
    router.dense = {1, 0, 1, 0};
    router.meanTopK = {0.75F, 0.25F};
    router.topKExpert = {0, 1};
    router.topKWeight = {1, 0};
    const std::vector<float> dense = cellsOf(router, Distribution::Dense);
    QVERIFY(dense[0] == 1 && std::isnan(dense[1]) && dense[2] == 1 && std::isnan(dense[3]));
    const std::vector<float> kept = cellsOf(router, Distribution::TopK);
    QVERIFY(kept[0] == 1 && std::isnan(kept[1]) && std::isnan(kept[2]) && std::isnan(kept[3]));
  }

  void aSequenceTokenIsOneWideColumn() {
    ModelConfig config = test::fakeConfig();
    config.token = TokenGranularity::Sequence;
    m_bench->model = std::make_shared<test::FakeModel>(config);
    RoutingHeatMap chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    QCOMPARE(chart.value(1, 0, 7), double(router(1).dense[7]));
    const QRect cell = chart.cell(1, 0, 7);
    QVERIFY(cell.width() > 400);
    move(chart, cell.center());
    QCOMPARE(m_bench->selection.target(), (Target{7, 1, -1}));  // a sequence is no time bin
    QVERIFY(!tokenTimes(document()).timed);
  }

  void aJointRouterIsOneBandAndOneSource() {
    ModelConfig joint = test::fakeConfig();
    joint.router = Router::Joint;
    m_bench->model = std::make_shared<test::FakeModel>(joint);
    RoutingHeatMap heat(m_bench->context());
    FlowChart flow(m_bench->context());
    show(heat);
    show(flow);
    QVERIFY(m_bench->start());
    QCOMPARE(heat.bands(), 1);
    QCOMPARE(flow.layout().routers.size(), size_t(1));
    QVERIFY(std::abs(flow.layout().output.weight - kBins) < 1e-3);
  }

  void binsStandAtTheirTimes() {
    QVERIFY(m_bench->start());
    const TokenTimes times = tokenTimes(document());
    QVERIFY(times.timed);
    QCOMPARE(times.tokens, kBins);
    QCOMPARE(times.at(0), 0.0);
    QCOMPARE(times.at(kBins - 1), document().model()->config().windowHours);
    QCOMPARE(times.label(0), QStringLiteral("0.0 h"));
  }

  void theMouseLightsAndSelectsACell() {
    RoutingHeatMap chart(m_bench->context());
    RouterChart bars(m_bench->context());
    show(chart);
    show(bars);
    QVERIFY(m_bench->start());
    ui::Selection& selection = m_bench->selection;
    const Target wanted{6, 3, 11};
    move(chart, chart.cell(3, 11, 6).center());
    QCOMPARE(selection.target(), wanted);
    QVERIFY(selection.selected().empty());
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.cell(3, 11, 6).center());
    QCOMPARE(selection.selected(), wanted);
    selection.clear();
    QCOMPARE(selection.target(), wanted);  // what is selected stays lit
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(selection.selected(), (Target{7, 3, 11}));
    QTest::keyClick(&chart, Qt::Key_Up);
    QCOMPARE(selection.selected(), (Target{7, 2, 11}));
    QTest::keyClick(&chart, Qt::Key_Escape);
    QVERIFY(selection.target().empty());
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.cell(0, 2, 1).center());
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.cell(0, 2, 1).center());
    QVERIFY(selection.selected().empty());  // twice the same: none
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.cell(0, 2, 1).center());
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, QPoint(chart.canvas().width() - 2, 2));
    QVERIFY(selection.selected().empty());  // beside everything
  }

  void clicksSelectInEveryChart() {
    RouterChart bars(m_bench->context());
    LoadChart load(m_bench->context());
    EntropyChart entropy(m_bench->context());
    for (Chart* chart : {static_cast<Chart*>(&bars), static_cast<Chart*>(&load), static_cast<Chart*>(&entropy)})
      show(*chart);
    QVERIFY(m_bench->start());
    ui::Selection& selection = m_bench->selection;
    const QPoint middle(320, 120);
    for (Chart* chart : {static_cast<Chart*>(&bars), static_cast<Chart*>(&load)}) {
      selection.select({});
      QTest::mouseClick(&chart->canvas(), Qt::LeftButton, {}, middle);
      QVERIFY(selection.selected().expert >= 0);
    }
    selection.select({});
    QTest::mouseClick(&entropy.canvas(), Qt::LeftButton, {}, QPoint(200, 20));
    QCOMPARE(selection.selected(), (Target{-1, 0, -1}));
  }

  void flowLayoutsKeepEveryToken() {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> share(0, 1);
    for (int round = 0; round < 200; ++round) {
      const size_t routers = 1 + random() % 6, experts = 1 + random() % 64;
      FlowWeights weights(routers, std::vector<double>(experts));
      for (auto& given : weights)
        for (double& weight : given) weight = share(random) < 0.6 ? 0 : 24 * share(random);
      weights[0][0] = 1;
      const double height = 80 + 400 * share(random);
      checkFlow(layOutFlow(weights, height, 13), weights, height);
    }
    QVERIFY(layOutFlow({}, 100, 13).ribbons.empty());
    QVERIFY(layOutFlow({{0, 0}}, 100, 13).ribbons.empty());
  }

  void ribbonsAreTheGateWeight() {
    FlowChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    document().setDistribution(Distribution::TopK);
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    QVERIFY(chart.hatched(1) && !chart.hatched(0));
    const FlowLayout& layout = chart.layout();
    for (const FlowNode& node : layout.routers) QVERIFY(std::abs(node.weight - kBins) < 1e-3);
    for (int e = 0; e < kExperts; ++e)
      QVERIFY(std::abs(layout.experts[size_t(e)].weight - double(document().shownLayer()->importance[size_t(e)])) <
              1e-3);
    document().setDistribution(Distribution::Dense);
    for (const FlowRibbon& ribbon : chart.layout().ribbons)
      QVERIFY(std::abs(ribbon.weight - double(router(ribbon.router).meanDense[size_t(ribbon.expert)]) * kBins) < 1e-9);
  }

  void aRibbonLightsAndIsSelected() {
    FlowChart chart(m_bench->context());
    show(chart);
    QVERIFY(m_bench->start());
    document().setDistribution(Distribution::TopK);
    const FlowRibbon last = chart.layout().ribbons.back();  // drawn last: nothing lies on it
    const QPoint place = chart.ribbonPlace(last.router, last.expert);
    move(chart, place);
    QCOMPARE(m_bench->selection.target(), (Target{last.expert, last.router, -1}));
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.routerPlace(2));
    QCOMPARE(m_bench->selection.selected(), (Target{-1, 2, -1}));
  }

  void ghostsAreTheReference() {
    LoadChart load(m_bench->context());
    EntropyChart entropy(m_bench->context());
    FlowChart flow(m_bench->context());
    for (Chart* chart : {static_cast<Chart*>(&load), static_cast<Chart*>(&entropy), static_cast<Chart*>(&flow)})
      show(*chart);
    QVERIFY(m_bench->start());
    QVERIFY(std::isnan(load.referenceShare(0)) && std::isnan(entropy.referenceRow(0)) && !flow.hasOutlines());
    document().toggleModality(3);
    QVERIFY(m_bench->settle());
    const LayerResult& before = *document().ghostLayer();
    const double all = std::accumulate(before.load.begin(), before.load.end(), 0.0);
    for (int e = 0; e < kExperts; ++e)
      QVERIFY(std::abs(load.referenceShare(e) - 100 * double(before.load[size_t(e)]) / all) < 1e-9);
    for (int r = 0; r < kRouters; ++r) QCOMPARE(entropy.referenceRow(r), before.entropy.perModality[size_t(r)]);
    QCOMPARE(entropy.referenceRow(kRouters), before.entropy.mean);
    QVERIFY(flow.hasOutlines());
  }

  void flippedChartsSayWhatTheyShow() {
    RouterChart bars(m_bench->context());
    show(bars);
    QVERIFY(m_bench->start());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    const double now = bars.value(0, 0), before = bars.referenceValue(0, 0);
    QVERIFY(now != before);
    document().setFlipped(true);
    QCOMPARE(bars.notice(), QStringLiteral("showing as recorded"));
    QCOMPARE(bars.value(0, 0), before);
    QCOMPARE(bars.referenceValue(0, 0), now);
    document().setFlipped(false);
    QVERIFY(bars.notice().isEmpty());
    QCOMPARE(bars.value(0, 0), now);
  }

  void chartsDrawThemselvesAsLinesAndText() {
    QVERIFY(m_bench->start());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    for (const bool visible : {false, true}) {
      for (const std::unique_ptr<Chart>& chart : everyChart()) {
        if (visible) show(*chart);
        CountingDevice device;
        QPainter painter(&device);
        chart->draw(painter, QRect(20, 10, 900, 500));
        painter.end();
        const QByteArray name = chart->metaObject()->className();
        QVERIFY2(device.pixmaps() == 0, name.constData());
        QVERIFY2(device.texts() > 5 && device.shapes() > 5, name.constData());
      }
    }
  }

  void tablesHoldTheNumbersInFull() {
    QVERIFY(m_bench->start());
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    const RoutingHeatMap heat(m_bench->context());
    const Table table = heat.table();
    QCOMPARE(table.rows.size(), size_t(kRouters * kBins * kExperts));
    const auto dense = table.columns.indexOf(QStringLiteral("dense probability"));
    const auto kept = table.columns.indexOf(QStringLiteral("gate weight, top-K"));
    const auto before = table.columns.indexOf(QStringLiteral("dense probability, reference"));
    QVERIFY(dense > 0 && kept > 0 && before > 0);
    for (size_t i = 0; i < table.rows.size(); ++i) {
      const size_t r = i / (kBins * kExperts), place = i % (kBins * kExperts);
      QCOMPARE(table.rows[i].size(), table.columns.size());
      QCOMPARE(table.rows[i][dense].toFloat(), router(int(r)).dense[place]);
      QCOMPARE(table.rows[i][before].toFloat(), document().ghostLayer()->routers[r].dense[place]);
      const float weight = cellsOf(router(int(r)), Distribution::TopK)[place];
      QCOMPARE(table.rows[i][kept], std::isnan(weight) ? QString() : exact(weight));
    }
    QCOMPARE(RouterChart(m_bench->context()).table().rows.size(), size_t(kRouters * kExperts));
    const Table load = LoadChart(m_bench->context()).table();
    double tokens = 0;
    for (const QStringList& row : load.rows) tokens += row[3].toDouble();
    QCOMPARE(tokens, double(kRouters * kBins * 2));  // top 2
    const Table entropy = EntropyChart(m_bench->context()).table();
    QCOMPARE(entropy.rows[0][2].toDouble(), document().result()->layers[0].entropy.perModality[0]);
  }

  void numbersInFullComeBackTheSame() {
    for (const double value : {0.1, 1.0 / 3, -2.5e-17, 123456789.123456789}) QCOMPARE(exact(value).toDouble(), value);
    for (const float value : {0.1F, 1.0F / 3, 3.4e-12F}) QCOMPARE(exact(value).toFloat(), value);
  }

  void cividisGrowsLighter() {
    int last = -1;
    for (int i = 0; i <= 64; ++i) {
      const int grey = qGray(ColourMap::cividis().at(i / 64.0));
      QVERIFY(grey >= last);
      last = grey;
    }
    for (const Theme& theme : {Theme::light(), Theme::darkTheme()})
      QCOMPARE(ColourMap::change(theme).at(0.5), theme.surface.rgb());
  }

 private:
  Document& document() { return m_bench->document; }
  const RouterResult& router(int index) { return document().shownLayer()->routers[size_t(index)]; }

  std::vector<std::unique_ptr<Chart>> everyChart() {
    std::vector<std::unique_ptr<Chart>> charts;
    charts.push_back(std::make_unique<RouterChart>(m_bench->context()));
    charts.push_back(std::make_unique<RoutingHeatMap>(m_bench->context()));
    charts.push_back(std::make_unique<FlowChart>(m_bench->context()));
    charts.push_back(std::make_unique<LoadChart>(m_bench->context()));
    charts.push_back(std::make_unique<EntropyChart>(m_bench->context()));
    charts.push_back(std::make_unique<CompareChart>(m_bench->context()));
    return charts;
  }

  static void show(QWidget& chart) {
    chart.resize(700, 320);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
  }

  static void move(Chart& chart, const QPoint& place) {
    QTest::mouseMove(&chart.canvas(), place + QPoint(1, 0));
    QTest::mouseMove(&chart.canvas(), place);
  }

  void compareKept(const RoutingHeatMap& chart) {
    for (int r = 0; r < kRouters; ++r) {
      for (int t = 0; t < kBins; ++t) {
        double sum = 0;
        int kept = 0;
        for (int e = 0; e < kExperts; ++e) {
          const double cell = chart.value(r, t, e);
          if (std::isnan(cell)) continue;
          ++kept;
          sum += cell;
          const size_t first = size_t(t * 2);
          const size_t place = router(r).topKExpert[first] == e ? first : first + 1;
          QCOMPARE(router(r).topKExpert[place], e);
          QCOMPARE(cell, double(router(r).topKWeight[place]));
        }
        QCOMPARE(kept, 2);
        QVERIFY(std::abs(sum - 1) < 1e-5);
      }
    }
  }

  static void checkFlow(const FlowLayout& layout, const FlowWeights& weights, double height) {
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-6 * (1 + std::abs(a)); };
    std::vector<double> left(layout.routers.size()), right(layout.experts.size());
    for (const FlowRibbon& ribbon : layout.ribbons) {
      QVERIFY(near(ribbon.height, weights[size_t(ribbon.router)][size_t(ribbon.expert)] * layout.scale));
      left[size_t(ribbon.router)] += ribbon.height;
      right[size_t(ribbon.expert)] += ribbon.height;
      QVERIFY(ribbon.to >= -1e-6 && ribbon.to + ribbon.height <= height + 1e-6);
    }
    for (size_t r = 0; r < left.size(); ++r) QVERIFY(near(left[r], layout.routers[r].height));
    for (size_t e = 0; e < right.size(); ++e) QVERIFY(near(right[e], layout.experts[e].height));
    for (size_t e = 1; e < right.size(); ++e)
      QVERIFY(layout.experts[e].top >= layout.experts[e - 1].top + layout.experts[e - 1].height - 1e-6);
    for (size_t r = 1; r < left.size(); ++r)
      QVERIFY(layout.routers[r].top >= layout.routers[r - 1].top + layout.routers[r - 1].height - 1e-6);
    double out = 0;
    for (const FlowRibbon& ribbon : layout.outputs) out += ribbon.height;
    QVERIFY(near(out, layout.output.height));
  }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestChartsRouting)
#include "tst_charts_routing.moc"
