#include <QtTest>
#include <atomic>
#include <future>
#include <memory>

#include "base/latest_worker.h"

using fusemoe::LatestWorker;

/// Gates, never sleeps: each task waits for the test to let it go on.
class TestLatestWorker : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void runsWhatIsSubmitted() {
    LatestWorker worker;
    std::promise<void> ran;
    worker.submit([&](const std::stop_token&) { ran.set_value(); });
    QCOMPARE(ran.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  }

  void newerTaskReplacesPendingAndStopsRunning() {
    std::promise<void> started, release, lastRan;
    std::atomic<int> skippedRuns = 0;
    std::atomic<bool> sawStop = false;
    auto released = release.get_future().share();
    LatestWorker worker;
    worker.submit([&](const std::stop_token& stop) {
      started.set_value();
      released.wait();
      sawStop = stop.stop_requested();
    });
    started.get_future().wait();
    QVERIFY(!worker.idle());
    for (int i = 0; i < 1000; ++i) worker.submit([&](const std::stop_token&) { ++skippedRuns; });
    worker.submit([&](const std::stop_token& stop) {
      QVERIFY(!stop.stop_requested());
      lastRan.set_value();
    });
    release.set_value();
    QCOMPARE(lastRan.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
    QVERIFY(sawStop);
    QCOMPARE(skippedRuns.load(), 0);
  }

  void cancelDropsPending() {
    std::promise<void> started, release;
    std::atomic<int> dropped = 0;
    {
      LatestWorker worker;
      worker.submit([&](const std::stop_token&) {
        started.set_value();
        release.get_future().wait();
      });
      started.get_future().wait();
      worker.submit([&](const std::stop_token&) { ++dropped; });
      worker.cancel();
      release.set_value();
    }
    QCOMPARE(dropped.load(), 0);
  }

  void destructionStopsTheRunningTask() {
    std::promise<void> started;
    bool stopped = false;
    {
      LatestWorker worker;
      worker.submit([&](const std::stop_token& stop) {
        started.set_value();
        while (!stop.stop_requested()) std::this_thread::yield();
        stopped = true;
      });
      started.get_future().wait();
    }
    QVERIFY(stopped);
  }
};

QTEST_APPLESS_MAIN(TestLatestWorker)
#include "tst_latest_worker.moc"
