#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

#include "base/result.h"

/// What the command line asks for.
struct Options {
  QString model;
  QString cohort;
  std::int64_t stay = 0;  ///< 0 = a default
  QStringList mask;
  QString view = QStringLiteral("window");
  std::optional<bool> dark;  ///< unset: as the system
  QSize size{1440, 900};
  QString screenshot;
  QString summary;
  QString exportFile;
  QString report;
  QString language;  ///< two letters; empty = as set or as the system
  bool benchToggle = false;
  QString text;  ///< to print and leave: help or version

  /// Runs without a person: errors go to stderr and end the program.
  bool unattended() const { return benchToggle || writes(); }
  bool writes() const {
    return !screenshot.isEmpty() || !summary.isEmpty() || !exportFile.isEmpty() || !report.isEmpty();
  }
};

/// Error: an unknown option or a value that cannot be; one line.
fusemoe::Result<Options> parseOptions(const QStringList& arguments);
