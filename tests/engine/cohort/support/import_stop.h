#pragma once

#include <QDir>
#include <QFileInfo>
#include <QtTest>

#include "cohort/import/importer.h"
#include "cohort_fixture.h"

namespace fusemoe::test {

/// Stops an import at each of its progress reports, of which there must be `atLeast`: it says so, and the file that was
/// at its target before is as it was, with nothing beside it.
inline void importStopsAtEveryReport(const ImportRequest& request, int atLeast) {
  int total = 0;
  QVERIFY(runImport(request, [&](const Progress&) { ++total; }, {}));
  QVERIFY(total >= atLeast);
  writeBytes(request.output, "old");
  const QFileInfo target(QString::fromStdString(request.output));
  for (int wanted = 0; wanted < total; ++wanted) {
    std::stop_source stop;
    int seen = 0;
    if (wanted == 0) stop.request_stop();
    const auto report = runImport(
        request,
        [&](const Progress&) {
          if (++seen == wanted) stop.request_stop();
        },
        stop.get_token());
    QVERIFY2(!report, qPrintable(QString("after report %1 of %2").arg(wanted).arg(total)));
    QCOMPARE(report.error().what, std::string("The import was stopped."));
    QCOMPARE(readBytes(request.output), std::string("old"));
    QCOMPARE(target.dir().entryList({target.completeBaseName() + ".*"}), QStringList{target.fileName()});
  }
}

}  // namespace fusemoe::test
