#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace fusemoe::test {

/// How a run of `fusemoe` ended; status -1 where it did not end by itself.
struct Outcome {
  int status = -1;
  QByteArray out, err;
  QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

inline Outcome ended(QProcess& process) {
  constexpr int kLongest = 200000;  // ms
  if (!process.waitForFinished(kLongest) || process.exitStatus() != QProcess::NormalExit) return {};
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

inline Outcome run(const QStringList& arguments) {
  QProcess process;
  process.start(FUSEMOE_PROGRAM, arguments);
  return ended(process);
}

}  // namespace fusemoe::test
