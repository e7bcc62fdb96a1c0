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
  QString session;
  bool demo = false;
  std::int64_t stay = 0;  ///< 0 = a default
  QStringList mask;
  QString view = QStringLiteral("window");
  std::optional<bool> dark;  ///< unset: as the system
  std::optional<QSize> size;
  QString screenshot;
  QString summary;
  QString exportFile;
  QString report;
  QString language;  ///< two letters; empty = as set or as the system
  bool trust = false;  ///< TorchScript files are run without asking
  bool benchToggle = false;
  QString text;  ///< to print and leave: help or version

  /// Says what to show; else the window begins with what was open last.
  bool namesState() const { return demo || !model.isEmpty() || !cohort.isEmpty() || stay != 0 || !mask.isEmpty(); }
  /// Runs without a person: errors go to stderr and end the program.
  bool unattended() const { return benchToggle || writes(); }
  bool writes() const {
    return !screenshot.isEmpty() || !summary.isEmpty() || !exportFile.isEmpty() || !report.isEmpty();
  }
};

/// Error: an unknown option or a value that cannot be; one line.
fusemoe::Result<Options> parseOptions(const QStringList& arguments);
