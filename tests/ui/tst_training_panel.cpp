// Training in the window: a run that outlives its panel, pause, cancel, errors, charts, exports. Real events against an
// engine that trains when the test says so.
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "charts/training_heat.h"
#include "charts/training_lines.h"
#include "export/figure.h"
#include "export/writers.h"
#include "panels/experiment_form.h"
#include "panels/free_spin_box.h"
#include "panels/message_bar.h"
#include "panels/training_panel.h"
#include "support/golden.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/status_line.h"
#include "window/task_strip.h"
#include "window/training_shell.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::FakeEngine;
using fusemoe::test::Workbench;
using State = TrainingSession::State;

class TestTrainingPanel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(kBodyPixels);
    QApplication::setFont(font);
  }
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
  }
  void cleanup() {
    m_bench->engine.step.open();
    m_window.reset();
    m_bench.reset();
  }

  // The curve

  void theCurveStaysSmallAndKeepsItsMean() {
    TrainingCurve curve;
    constexpr int kSteps = 20000;
    for (int i = 1; i <= kSteps; ++i) {
      StepReport step;
      step.step = i;
      step.epoch = 1;
      step.fraction = double(i) / kSteps;
      step.loss = i;
      step.expertLoad = {{0.25, 0.75}};
      curve.append(pointOf(step));
    }
    QVERIFY(curve.points().size() <= TrainingCurve::kMost);
    QVERIFY(curve.points().size() > TrainingCurve::kMost / 2);
    std::int64_t steps = 0;
    double sum = 0;
    for (const TrainingPoint& point : curve.points()) {
      steps += point.steps;
      sum += point.loss * double(point.steps);
      QCOMPARE(point.layers.front().share, (std::vector<float>{0.25F, 0.75F}));
    }
    QCOMPARE(steps, std::int64_t(kSteps));
    QVERIFY(std::abs(sum / kSteps - (kSteps + 1) / 2.0) < 1e-6);
    QCOMPARE(curve.points().back().step, std::int64_t(kSteps));
  }

  void aSkippedStepIsNoPartOfAMean() {
    TrainingCurve curve;
    for (int i = 1; i <= 3; ++i) {
      StepReport step;
      step.step = i;
      step.loss = i == 2 ? NAN : 0.5;
      step.skipped = i == 2;
      curve.append(pointOf(step));
    }
    QVERIFY(std::isnan(curve.points()[1].loss));
    QCOMPARE(curve.points()[1].skipped, std::int64_t(1));
    for (const double smoothed : curve.smoothedLoss()) QCOMPARE(smoothed, 0.5);
  }

  // Setting up

  void theFormBeginsWithWhatFits() {
    open();
    const Experiment experiment = form().experiment();
    QCOMPARE(int(experiment.model.modalities.size()), 5);
    QCOMPARE(experiment.model.task.name, std::string("death"));
    QVERIFY(validateExperiment(experiment));
    QVERIFY2(panel().startButton().isEnabled(), qPrintable(panel().problem()));
    QVERIFY(panel().output().text().endsWith(QStringLiteral("permod-laplace.safetensors")));
  }

  void editsReachTheEngine() {
    open();
    type("experts", "10");
    type("learningRate", "0.002");
    type("epochs", "1");
    type("seed", "7");
    QTest::keyClick(form().choice(QStringLiteral("router")), Qt::Key_Down);  // own experts
    QTest::keyClick(form().choice(QStringLiteral("gate")), Qt::Key_Down);
    QVERIFY2(panel().problem().isEmpty(), qPrintable(panel().problem()));
    QVERIFY(panel().output().text().endsWith(QStringLiteral("disjoint-gaussian.safetensors")));
    start();
    QTRY_COMPARE(training().state(), State::Done);
    const TrainRequest request = m_bench->engine.request();
    QCOMPARE(request.model.experts, 10);
    QCOMPARE(request.model.router, Router::Disjoint);
    QCOMPARE(request.model.gate, Gate::Gaussian);
    QCOMPARE(request.training.learningRate, 0.002);
    QCOMPARE(request.seed, std::uint64_t(7));
    QCOMPARE(request.watched->stayId, FakeCohort::kFirstStay);
    QVERIFY(!request.resume);
    QVERIFY(request.card.find("seed 7") != std::string::npos);
    QVERIFY(request.card.find("30041") == std::string::npos);
  }

  void whatCannotBeTrainedSaysWhy_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("top-K") << "topK"
                           << "13"
                           << "top_k";
    QTest::newRow("width") << "width"
                           << "33"
                           << "width";
    QTest::newRow("bins") << "bins"
                          << "2"
                          << "";
  }
  void whatCannotBeTrainedSaysWhy() {
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const QString, said);
    open();
    type(key.toLatin1().constData(), value.toLatin1().constData());
    QCOMPARE(panel().startButton().isEnabled(), said.isEmpty());
    QVERIFY2(panel().problem().contains(said) && panel().problem().isEmpty() == said.isEmpty(),
             qPrintable(panel().problem()));
  }

  void withoutModalitiesOrFolderItDoesNotBegin() {
    open();
    QListWidget& list = form().modalities();
    for (int i = 0; i < list.count(); ++i) list.item(i)->setCheckState(Qt::Unchecked);
    QVERIFY(!panel().startButton().isEnabled());
    list.item(2)->setCheckState(Qt::Checked);
    list.item(0)->setCheckState(Qt::Checked);
    QVERIFY2(panel().startButton().isEnabled(), qPrintable(panel().problem()));
    QCOMPARE(form().experiment().model.modalities.size(), std::size_t(2));
    panel().output().setText(QStringLiteral("/nowhere/at/all/model.safetensors"));
    QVERIFY(panel().problem().contains(QStringLiteral("/nowhere/at/all")));
    QVERIFY(!panel().startButton().isEnabled());
  }

  void anExperimentFromAFile() {
    const QString path = m_folder->filePath(QStringLiteral("mine.json"));
    const QString other = m_folder->filePath(QStringLiteral("other.json"));
    write(path, R"({"model": {"modalities": [{"name": "liver"}], "bins": 6, "width": 8, "heads": 2, "time_width": 8,
                    "experts": 3, "top_k": 1}, "training": {"epochs": 4}})");
    write(other, R"({"model": {"modalities": [{"name": "x-rays"}]}})");
    m_window = test::openedWindow(*m_bench);
    m_window->setExperiments({path, other, m_folder->filePath(QStringLiteral("none.json"))});
    show();
    QCOMPARE(form().experiments().count(), 3);  // suggested, mine, from a file
    QTest::keyClick(&form().experiments(), Qt::Key_Down);
    const Experiment experiment = form().experiment();
    QCOMPARE(experiment.model.modalities.size(), std::size_t(1));
    QCOMPARE(experiment.model.experts, 3);
    QCOMPARE(experiment.training.epochs, 4);
    QCOMPARE(form().modalities().count(), 5);  // the others can be ticked
  }

  // The run

  void theChartsFollowTheRun() {
    open();
    type("epochs", "3");
    start();
    QTRY_COMPARE(training().state(), State::Done);
    QCOMPARE(panel().lines(0).points(0), 3 * FakeEngine::kStepsPerEpoch);
    QCOMPARE(panel().lines(0).points(2), 3);
    QCOMPARE(panel().lines(1).points(0), 3);
    QCOMPARE(panel().lines(1).value(0, 2), training().epochs()[2].validationAuroc);
    QCOMPARE(panel().lines(1).bestEpoch(), 3);
    QCOMPARE(panel().lines(2).points(2), 3 * FakeEngine::kStepsPerEpoch);
    QCOMPARE(panel().lines(2).value(2, 4), training().curve().points()[4].layers[0].regularizer);
    QCOMPARE(panel().load().bands(), form().experiment().model.layers);
    QCOMPARE(panel().load().columns(), 3 * FakeEngine::kStepsPerEpoch);
    QCOMPARE(panel().watched().columns(), 3);
    QCOMPARE(panel().watched().bands(), 5);
    QCOMPARE(float(panel().watched().value(1, 2, 3)),
             training().epochs()[2].watched->layers[0].routers[1].meanDense[3]);
    QVERIFY(panel().status().contains(QStringLiteral("Epoch 3 was kept")));
    QVERIFY(panel().openButton().isVisible());
  }

  void itPausesAndGoesOn() {
    open();
    m_bench->engine.step.close();
    start();
    m_bench->engine.step.waitUntilReached();
    QTest::mouseClick(&panel().pauseButton(), Qt::LeftButton);
    QCOMPARE(training().state(), State::Paused);
    QCOMPARE(panel().pauseButton().text(), QStringLiteral("Continue"));
    m_bench->engine.step.open();
    // The step that was under way is told; the next waits until the run goes on.
    QTRY_COMPARE(training().curve().points().size(), std::size_t(1));
    QTest::qWait(0);
    QCOMPARE(m_bench->engine.steps(), 1);
    QVERIFY(panel().status().startsWith(QStringLiteral("Paused")));
    m_bench->engine.step.close();
    QTest::mouseClick(&panel().pauseButton(), Qt::LeftButton);
    QCOMPARE(training().state(), State::Running);
    m_bench->engine.step.waitUntilReached();
    QCOMPARE(m_bench->engine.steps(), 1);
    m_bench->engine.step.open();
    training().stop();
    QTRY_VERIFY(!training().active());
  }

  void cancelledItKeepsTheBest() {
    open();
    m_bench->engine.step.closeAfter(2 * FakeEngine::kStepsPerEpoch);
    start();
    QTRY_COMPARE(training().epochs().size(), std::size_t(2));
    QTest::mouseClick(&panel().stopButton(), Qt::LeftButton);
    m_bench->engine.step.open();
    QTRY_COMPARE(training().state(), State::Done);
    QVERIFY(training().report().stopped);
    QVERIFY(panel().status().startsWith(QStringLiteral("Cancelled; epoch ")));
    QVERIFY(QFile::exists(panel().output().text()));
    QVERIFY(m_bench->tasks.running().isEmpty());
  }

  void cancelledAtOnceNothingIsWritten() {
    open();
    m_bench->engine.step.close();
    start();
    m_bench->engine.step.waitUntilReached();
    QTest::mouseClick(&m_window->statusLine().tasks().row().cancelButton(), Qt::LeftButton);
    QTRY_COMPARE(training().state(), State::Stopping);
    QVERIFY(m_bench->tasks.running().isEmpty());  // the strip answers at once
    m_bench->engine.step.open();
    QTRY_COMPARE(training().state(), State::Stopped);
    QVERIFY(!QFile::exists(panel().output().text()));
    QVERIFY(!m_window->messageBar().isVisible());  // it is what was asked for
    QVERIFY(panel().startButton().isEnabled());
  }

  void aFailureIsSaidAndTheNextRunIsPossible() {
    open();
    m_bench->engine.failure = Error{"The disk is full.", "Make room and resume.", "ENOSPC"};
    start();
    QTRY_COMPARE(training().state(), State::Failed);
    QCOMPARE(m_window->messageBar().text(), QStringLiteral("The disk is full. Make room and resume."));
    QCOMPARE(m_window->messageBar().detail(), QStringLiteral("ENOSPC"));
    QCOMPARE(panel().status(), QStringLiteral("The disk is full. Make room and resume."));
    m_bench->engine.failure.reset();
    panel().showPage(TrainingPanel::Setup);
    type("epochs", "1");
    start();
    QTRY_COMPARE(training().state(), State::Done);
    QCOMPARE(training().epochs().size(), std::size_t(1));  // nothing of the failed run is left
  }

  void itLivesOnWhileThePanelIsClosedAndToolsWork() {
    open();
    m_bench->engine.step.close();
    start();
    m_bench->engine.step.waitUntilReached();
    const SessionState before = m_bench->document.state();
    panel().close();
    QVERIFY(m_window->statusLine().tasks().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_1);  // while it trains
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.mask(), 1U);
    m_bench->engine.step.open();
    QTRY_COMPARE(training().state(), State::Done);
    QCOMPARE(m_bench->document.undoStack().count(), 1);  // the mask alone
    m_bench->document.undoStack().undo();
    QVERIFY(m_bench->document.state() == before);
    QVERIFY(m_bench->settle());
    show();
    QTRY_COMPARE(panel().lines(1).points(0), int(training().epochs().size()));
  }

  void theModelOpensWhenAskedFor() {
    open();
    type("epochs", "1");
    start();
    QTRY_COMPARE(training().state(), State::Done);
    QCOMPARE(m_bench->document.state().modelPath, m_bench->model->info().path);  // what is open stays
    QCOMPARE(m_window->messageBar().buttons().size(), 1);
    QTest::mouseClick(m_window->messageBar().buttons().first(), Qt::LeftButton);
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.state().modelPath, panel().output().text().toStdString());
    bool logged = false;
    for (const LogEntry& entry : m_bench->log.entries()) {
      logged = logged || (entry.kind == LogKind::Saved && entry.text.contains(QStringLiteral("trained")));
      QVERIFY(!entry.text.contains(QStringLiteral("30041")));
    }
    QVERIFY(logged);
  }

  void anInterruptedRunCanGoOn() {
    open();
    QVERIFY(!panel().resumeButton().isVisible());
    write(QString::fromStdString(checkpointOf(panel().output().text().toStdString())), "half");
    panel().output().setText(panel().output().text() + ' ');
    QVERIFY(panel().resumeButton().isVisible());
    type("epochs", "1");
    QTest::mouseClick(&panel().resumeButton(), Qt::LeftButton);
    QTRY_COMPARE(training().state(), State::Done);
    QVERIFY(m_bench->engine.request().resume);
  }

  void theWindowMayCloseWhileItTrains() {
    open();
    m_bench->engine.step.close();
    start();
    m_bench->engine.step.waitUntilReached();
    m_window.reset();
    QVERIFY(training().active());
    training().setPaused(true);
    m_bench->engine.step.open();  // cleanup() destroys a run that is paused
  }

  // What leaves the window

  void exportsNameNoStay() {
    open();
    type("epochs", "2");
    start();
    QTRY_COMPARE(training().state(), State::Done);
    m_bench->document.selectStay(FakeCohort::kFirstStay + 3);  // another than the one that is watched
    QVERIFY(m_bench->settle());
    for (const Format format : {Format::Svg, Format::Csv}) {
      const auto bytes =
          bytesOf(recordFigure(panel(), m_bench->document, m_bench->appearance.theme(), Identifiers::Hidden), format);
      QVERIFY(bytes.size() > 1000);
      QVERIFY(!bytes.contains(QByteArray::number(FakeCohort::kFirstStay)));
    }
    const auto named =
        bytesOf(recordFigure(panel(), m_bench->document, m_bench->appearance.theme(), Identifiers::Shown), Format::Csv);
    QVERIFY(named.contains(QByteArray::number(FakeCohort::kFirstStay)));
    // Every number of the run: steps × (loss + layers × (3 + S)) + epochs × (4 + layers × routers × S).
    const ModelConfig& model = training().plan().experiment.model;
    const int steps = 2 * FakeEngine::kStepsPerEpoch;
    QCOMPARE(int(panel().table(false).rows.size()),
             steps * (1 + model.layers * (3 + model.experts)) + 2 * (4 + model.layers * 5 * model.experts));
  }

  void aTrainerThatTellsNoStepsStillShowsEpochs() {
    open();
    m_bench->engine.quiet = true;
    type("epochs", "2");
    start();
    QTRY_COMPARE(training().state(), State::Done);
    QCOMPARE(panel().load().columns(), 2);
    QCOMPARE(panel().lines(2).points(2), 2);
  }

  void itFitsASmallWindow() {
    open();
    QVERIFY(m_window->minimumSizeHint().width() <= 1280 && m_window->minimumSizeHint().height() <= 720);
    QTRY_VERIFY(panel().height() > 340);  // it was given room
  }

  void looks_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const char* name : {"setup", "progress"}) {
      QTest::addRow("%s-light", name) << QString::fromLatin1(name) << false;
      QTest::addRow("%s-dark", name) << QString::fromLatin1(name) << true;
    }
  }
  void looks() {
    QFETCH(const QString, name);
    QFETCH(const bool, dark);
    if (dark) m_bench->appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, m_bench->appearance.theme());
    QVERIFY(m_bench->start());
    TrainingPanel shown(m_bench->context());
    shown.resize(840, 500);
    shown.show();
    QVERIFY(QTest::qWaitForWindowExposed(&shown));
    shown.output().setText(m_folder->filePath(QStringLiteral("m.safetensors")));
    if (name == QStringLiteral("progress")) {
      shown.form().number(QStringLiteral("epochs"))->setValue(12);
      QTest::mouseClick(&shown.startButton(), Qt::LeftButton);
      QTRY_COMPARE(training().state(), State::Done);
    } else {
      shown.output().setText(QStringLiteral("/tmp/model.safetensors"));
    }
    QCoreApplication::processEvents();
    const QString difference = test::compareWithGolden(
        shown.grab().toImage(),
        QStringLiteral("training/%1-%2").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light")));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

 private:
  TrainingSession& training() { return m_bench->training; }
  TrainingPanel& panel() {
    return *static_cast<TrainingPanel*>(m_window->workspace().panel(QStringLiteral("training")));
  }
  ExperimentForm& form() { return panel().form(); }

  /// The window with the panel in front, writing into the test's folder.
  void open() {
    m_window = test::openedWindow(*m_bench);
    show();
    panel().output().setText(m_folder->filePath(panel().output().text().section('/', -1)));
  }
  void show() {
    m_window->training().showTraining();
    QTRY_VERIFY(panel().isVisible());
  }
  void start() {
    panel().output().setText(m_folder->filePath(panel().output().text().section('/', -1)));
    QVERIFY2(panel().startButton().isEnabled(), qPrintable(panel().problem()));
    QTest::mouseClick(&panel().startButton(), Qt::LeftButton);
    QVERIFY(training().active());
    QCOMPARE(panel().page(), TrainingPanel::Progress);
  }
  void type(const char* key, const char* value) {
    FreeSpinBox* spin = form().number(QString::fromLatin1(key));
    QVERIFY(spin);
    spin->setFocus();
    spin->selectAll();
    QTest::keyClicks(spin, QString::fromLatin1(value));
    QTest::keyClick(spin, Qt::Key_Return);
  }
  static void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestTrainingPanel)
#include "tst_training_panel.moc"
