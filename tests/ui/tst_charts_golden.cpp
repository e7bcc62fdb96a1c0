// What the charts look like, in both themes, with one modality masked and the record behind as a ghost.
#include <QPainter>
#include <QPalette>
#include <QTest>
#include <memory>

#include "charts/compare_chart.h"
#include "charts/entropy_chart.h"
#include "charts/flow_chart.h"
#include "charts/load_chart.h"
#include "charts/router_chart.h"
#include "charts/routing_heat_map.h"
#include "panels/compare_panel.h"
#include "panels/prediction_panel.h"
#include "support/golden.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestChartsGolden : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    // The one font that is installed wherever the tests run.
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(kBodyPixels);
    QApplication::setFont(font);
  }
  void init() { test::failOnQtWarnings(); }
  void cleanup() { m_bench.reset(); }

  void looks_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const char* name : {"bars", "heat-map", "change-map", "flow", "load", "entropy", "compare", "prediction"}) {
      QTest::addRow("%s-light", name) << QString::fromLatin1(name) << false;
      QTest::addRow("%s-dark", name) << QString::fromLatin1(name) << true;
    }
  }
  void looks() {
    QFETCH(QString, name);
    QFETCH(bool, dark);
    m_bench = std::make_unique<Workbench>();
    if (dark) m_bench->appearance.setTheme(Theme::darkTheme());
    QVERIFY(m_bench->start());
    m_bench->document.toggleModality(2);
    if (name == QStringLiteral("flow")) m_bench->document.setDistribution(Distribution::TopK);
    QVERIFY(m_bench->settle());
    if (name == QStringLiteral("bars") || name == QStringLiteral("heat-map")) m_bench->selection.select({4, 1, 7});
    const QString difference = test::compareWithGolden(
        picture(name),
        QStringLiteral("charts/%1-%2").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light")));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

 private:
  template <class Panel>
  QImage drawn(const QSize& size) {
    const Panel panel(m_bench->context());
    QImage image(size, QImage::Format_RGB32);
    image.fill(m_bench->appearance.theme().window);
    QPainter painter(&image);
    panel.draw(painter, image.rect());
    return image;
  }

  QImage grabbed(Chart& chart) {
    QPalette palette;  // as the panel behind it
    palette.setColor(QPalette::Window, m_bench->appearance.theme().surface);
    chart.setPalette(palette);
    chart.resize(600, 320);
    chart.show();
    if (!QTest::qWaitForWindowExposed(&chart)) return {};
    return chart.grab().toImage();
  }

  QImage picture(const QString& name) {
    const ViewContext context = m_bench->context();
    if (name == QStringLiteral("compare")) return drawn<ComparePanel>({860, 420});
    if (name == QStringLiteral("prediction")) return drawn<PredictionPanel>({300, 110});
    std::unique_ptr<Chart> chart;
    if (name == QStringLiteral("bars")) chart = std::make_unique<RouterChart>(context);
    if (name == QStringLiteral("flow")) chart = std::make_unique<FlowChart>(context);
    if (name == QStringLiteral("load")) chart = std::make_unique<LoadChart>(context);
    if (name == QStringLiteral("entropy")) chart = std::make_unique<EntropyChart>(context);
    if (!chart) {
      auto heat = std::make_unique<RoutingHeatMap>(context);
      if (name == QStringLiteral("change-map")) heat->setContent(HeatContent::Change);
      chart = std::move(heat);
    }
    return grabbed(*chart);
  }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestChartsGolden)
#include "tst_charts_golden.moc"
