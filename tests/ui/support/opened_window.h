#pragma once

#include <QApplication>
#include <QTest>
#include <memory>

#include "support/workbench.h"
#include "window/main_window.h"
#include "window/style.h"

namespace fusemoe::test {

/// The window over a bench, active at 1280x720 and showing the first result; null when that did not come.
inline std::unique_ptr<ui::MainWindow> openedWindow(Workbench& bench) {
  ui::applyStyle(*qApp, bench.appearance.theme());
  auto window = std::make_unique<ui::MainWindow>(bench.context());
  window->resize(1280, 720);
  window->show();
  return QTest::qWaitForWindowActive(window.get()) && bench.start() ? std::move(window) : nullptr;
}

}  // namespace fusemoe::test
