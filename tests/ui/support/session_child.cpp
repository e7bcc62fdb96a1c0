// A window that edits, keeps its session in the folder given, says so, and waits to be killed.
#include <QApplication>
#include <QDir>
#include <QTest>
#include <cstdio>

#include "session/session_json.h"
#include "support/workbench.h"
#include "window/main_window.h"
#include "window/session_shell.h"

using namespace fusemoe;

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const QDir folder(QApplication::arguments().value(1));
  test::Workbench bench;
  ui::MainWindow window(bench.context());
  window.sessions().autosaveIn(folder.path());
  window.resize(1280, 720);
  window.show();
  SessionState wanted;
  wanted.modelPath = "/data/fake.safetensors";
  wanted.cohortPath = "/data/fake.sqlite";
  wanted.stayId = test::FakeCohort::kFirstStay;
  bench.document.start(wanted);
  if (!bench.settle()) return 1;
  QTest::keyClick(&window, Qt::Key_2);
  bench.document.setEdits({MoveObservation{"lipids", "lipids_a", 0, 1.5F, -0.25F}}, QStringLiteral("move"));
  const auto kept = [&] {
    for (const QString& name : folder.entryList({QStringLiteral("session-*.json")})) {
      const Result<SessionRead> read = readSession(folder.filePath(name).toStdString());
      if (read && read->session.state == bench.document.state()) return true;
    }
    return false;
  };
  if (!QTest::qWaitFor(kept, 10000)) return 2;
  std::puts("kept");
  std::fflush(stdout);
  return QApplication::exec();
}
