// What the analyses of the stay and of the model look like, in both themes.
#include <QApplication>
#include <QPushButton>
#include <QTest>
#include <memory>

#include "charts/lattice_chart.h"
#include "panels/analysis/drift_panel.h"
#include "panels/analysis/experts_panel.h"
#include "panels/analysis/gates_panel.h"
#include "panels/analysis/invariance_panel.h"
#include "panels/analysis/lattice_panel.h"
#include "panels/analysis/mechanism_panel.h"
#include "panels/segmented_switch.h"
#include "support/golden.h"
#include "support/workbench.h"
#include "window/style.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestAnalysisGolden : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    // The one font that is installed wherever the tests run.
    QApplication::setFont(QFont(QStringLiteral("DejaVu Sans")));
  }
  void init() { test::failOnQtWarnings(); }

  void looks_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const char* name : {"lattice", "lattice-experts", "drift", "mechanism", "experts", "gates", "invariance"}) {
      QTest::addRow("%s-light", name) << QString::fromLatin1(name) << false;
      QTest::addRow("%s-dark", name) << QString::fromLatin1(name) << true;
    }
  }
  void looks() {
    QFETCH(QString, name);
    QFETCH(bool, dark);
    Workbench bench;
    bench.model->setUnlike();
    if (dark) bench.appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, bench.appearance.theme());
    QVERIFY(bench.start());
    bench.document.setMask(0b00101);
    QVERIFY(bench.settle());
    const std::unique_ptr<AnalysisPanel> panel = made(name, bench);
    panel->resize(880, 470);
    panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
    arrange(*panel, name, bench);
    QVERIFY(bench.settle());
    QTest::qWait(100);  // what follows the document has begun
    QTRY_VERIFY_WITH_TIMEOUT(panel->state() == AnalysisPanel::State::Shown, 20000);
    panel->setFocus();  // no frame of whoever had it
    QTest::qWait(50);
    const QString difference = test::compareWithGolden(
        panel->grab().toImage(),
        QStringLiteral("analysis/%1-%2").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light")),
        name.startsWith(QStringLiteral("lattice")) ? 64 : 24);  // its note says how long it took
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

 private:
  static std::unique_ptr<AnalysisPanel> made(const QString& name, Workbench& bench) {
    const ViewContext context = bench.context();
    if (name == QStringLiteral("drift")) return std::make_unique<DriftPanel>(context);
    if (name == QStringLiteral("mechanism")) return std::make_unique<MechanismPanel>(context);
    if (name == QStringLiteral("experts")) return std::make_unique<ExpertsPanel>(context);
    if (name == QStringLiteral("gates")) return std::make_unique<GatesPanel>(context);
    if (name == QStringLiteral("invariance")) return std::make_unique<InvariancePanel>(context);
    return std::make_unique<LatticePanel>(context);
  }
  static void arrange(AnalysisPanel& panel, const QString& name, Workbench& bench) {
    Intervention intervention;
    if (name == QStringLiteral("lattice-experts")) {
      auto& lattice = static_cast<LatticePanel&>(panel);
      QTest::mouseClick(lattice.findChildren<SegmentedSwitch*>().front()->findChildren<QPushButton*>().at(1),
                        Qt::LeftButton);
      lattice.chart()->setExpert(4);
    }
    if (name == QStringLiteral("mechanism")) intervention.missing = MissingSubstitute::TrainingMean;
    if (name == QStringLiteral("experts")) intervention.experts.push_back({ExpertChange::Kind::KnockOut, 1, 6, -1});
    if (name == QStringLiteral("gates")) intervention.gate = Gate::Gaussian;
    bench.document.setIntervention(intervention);
    if (name == QStringLiteral("gates")) {
      bench.otherConfig.router = Router::Joint;
      static_cast<GatesPanel&>(panel).addModels({QStringLiteral("joint.safetensors")});
    }
    if (!panel.about().byItself) panel.run();
  }
};

QTEST_MAIN(TestAnalysisGolden)
#include "tst_analysis_golden.moc"
