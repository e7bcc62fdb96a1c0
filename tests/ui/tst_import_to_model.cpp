// The whole way by the window and the real engine, without the command line: a source is imported, a model trained on
// it for two epochs, and opened.
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "panels/experiment_form.h"
#include "panels/free_spin_box.h"
#include "panels/message_bar.h"
#include "panels/training_panel.h"
#include "state/activity_log.h"
#include "state/appearance.h"
#include "state/cohort_import.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/selection.h"
#include "state/settings.h"
#include "state/tasks.h"
#include "state/training_session.h"
#include "support/workbench.h"
#include "window/import_dialog.h"
#include "window/import_target_page.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/training_shell.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;

class TestImportToModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { test::failOnQtWarnings(); }

  void fromSourceToModel_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("stays");
    QTest::newRow("nafld") << "r-survival/nafld1.csv.gz" << 10676;
    QTest::newRow("physionet2012") << "physionet2012/set-a.tar.xz" << 4000;
  }
  void fromSourceToModel() {
    QFETCH(const QString, source);
    QFETCH(const int, stays);
    const QString path = QStringLiteral(FUSEMOE_SOURCE_DIR "/../shared/data/") + source;
    if (!QFile::exists(path)) QSKIP(qPrintable(path + QStringLiteral(" is not there.")));
    if (!loadEngine()) QSKIP("The engine is not built.");
    const QTemporaryDir folder;
    const auto openModel = [](const std::string& file) -> Result<OpenedModel> {
      const Result<Engine*> engine = loadEngine();
      if (!engine) return failure(engine.error());
      return (*engine)->open(file).map([&](const ModelPtr& model) {
        return OpenedModel{file, model, (*engine)->info()};
      });
    };
    Document document({openModel, [](const std::string& file) { return CohortStore::open(file); }});
    ui::Selection selection;
    Appearance appearance(Theme::light());
    TaskList tasks;
    Settings settings;
    ActivityLog log;
    CohortSweep sweep(document, tasks);
    sweep.setEnabled(false);
    CohortImport imports(tasks, engineImporting());
    TrainingSession training(document, tasks, [] { return loadEngine(); });
    applyStyle(*qApp, appearance.theme());
    MainWindow window({document, selection, appearance, tasks, sweep, settings, log, imports, training});
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    window.openFile(path);  // as if dropped
    ImportDialog& dialog = window.training().dialog();
    click(dialog.nextButton());
    QTRY_VERIFY_WITH_TIMEOUT(dialog.step() == ImportDialog::Contents || dialog.messages().isVisible(), 60000);
    QVERIFY2(dialog.step() == ImportDialog::Contents, qPrintable(dialog.messages().text()));
    click(dialog.nextButton());
    QTRY_COMPARE(dialog.step(), ImportDialog::Target);
    const QString cohort = folder.filePath(QStringLiteral("c.sqlite"));
    dialog.target().outputField().setText(cohort);
    click(dialog.nextButton());
    QTRY_VERIFY_WITH_TIMEOUT(dialog.reporting() || dialog.messages().isVisible(), 250000);
    QVERIFY2(dialog.reporting(), qPrintable(dialog.messages().text()));
    QTRY_VERIFY_WITH_TIMEOUT(document.cohort() && document.settled(), 30000);
    QCOMPARE(int(document.stays()->size()), stays);

    click(dialog.nextButton());  // on to training
    auto& panel = *static_cast<TrainingPanel*>(window.workspace().panel(QStringLiteral("training")));
    QTRY_VERIFY(panel.isVisible());
    for (const auto& [key, value] :
         {std::pair("epochs", 2), std::pair("width", 8), std::pair("bins", 6), std::pair("experts", 4),
          std::pair("layers", 1), std::pair("expertHidden", 8), std::pair("batch", 256)})
      panel.form().number(QString::fromLatin1(key))->setValue(value);
    const QString model = folder.filePath(QStringLiteral("m.safetensors"));
    panel.output().setText(model);
    QVERIFY2(panel.startButton().isEnabled(), qPrintable(panel.problem()));
    click(panel.startButton());
    QTRY_VERIFY_WITH_TIMEOUT(!training.active(), 280000);
    QVERIFY2(training.state() == TrainingSession::State::Done, qPrintable(panel.status()));
    QCOMPARE(training.epochs().size(), std::size_t(2));
    QVERIFY(!training.curve().empty());
    QVERIFY(training.report().bestValidationAuroc > 0.5);

    // There was no model to lose: the new one is open, and shows the stay.
    QTRY_VERIFY_WITH_TIMEOUT(document.model() && document.settled() && document.result(), 60000);
    QCOMPARE(document.state().modelPath, model.toStdString());
    QVERIFY(window.messageBar().text().contains(QStringLiteral("validation AUROC")));
    qInfo("%s: %s", qPrintable(source), qPrintable(panel.status()));
  }

 private:
  static void click(QPushButton& button) {
    QTRY_VERIFY2(button.isEnabled() && button.isVisible(), qPrintable(button.text()));
    QTest::mouseClick(&button, Qt::LeftButton);
  }
};

QTEST_MAIN(TestImportToModel)
#include "tst_import_to_model.moc"
