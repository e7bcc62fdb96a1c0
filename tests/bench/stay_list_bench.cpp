// How long the stay list of 100,000 stays takes on the GUI thread: each number is one event's work.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QHeaderView>
#include <QPixmap>
#include <QScrollBar>
#include <QTableView>
#include <cstdio>

#include "models/slice_model.h"
#include "models/stay_list_model.h"
#include "panels/stay_panel.h"
#include "support/workbench.h"
#include "window/style.h"

namespace {

using namespace fusemoe;
using namespace fusemoe::ui;

constexpr int kStays = 100000;

/// A document with many stays, whose risks are all known.
struct Large : test::Workbench {
  Large() {
    cohort = std::make_shared<test::FakeCohort>(kStays);
    if (!start()) std::abort();
  }
};

Large& large() {
  static Large bench;
  return bench;
}

void filter(benchmark::State& state, const char* text) {
  StayListModel model(large().document, large().sweep);
  for (auto _ : state) {
    large().document.setFilter(text);
    state.PauseTiming();
    large().document.setFilter("");
    state.ResumeTiming();
  }
}
BENCHMARK_CAPTURE(filter, pattern, "lipids -body")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter, label_and_split, "label:death split:test")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter, id, "30041")->Unit(benchmark::kMillisecond);

void sort(benchmark::State& state) {
  StayListModel model(large().document, large().sweep);
  const auto column = static_cast<int>(state.range(0));
  bool down = false;
  for (auto _ : state) model.sort(column, (down = !down) ? Qt::DescendingOrder : Qt::AscendingOrder);
}
BENCHMARK(sort)->DenseRange(0, StayListModel::ColumnCount - 1)->Unit(benchmark::kMillisecond);

void sortByKnownRisk(benchmark::State& state) {
  const std::vector<StaySummary>& stays = *large().document.stays();
  const auto risk = [](int place) { return float((place * 7919LL) % 100003) / 100003.0F; };
  for (auto _ : state) benchmark::DoNotOptimize(sortedStays(stays, StayKey::Risk, Qt::DescendingOrder, risk));
}
BENCHMARK(sortByKnownRisk)->Unit(benchmark::kMillisecond);

/// The whole panel: filter, rows, table, selection.
void filterInThePanel(benchmark::State& state) {
  StayPanel panel(large().context());
  panel.resize(300, 560);
  panel.show();
  QCoreApplication::processEvents();
  bool on = false;
  for (auto _ : state) large().document.setFilter((on = !on) ? "-body" : "");
  large().document.setFilter("");
}
BENCHMARK(filterInThePanel)->Unit(benchmark::kMillisecond);

void sortInThePanel(benchmark::State& state) {
  StayPanel panel(large().context());
  panel.resize(300, 560);
  panel.show();
  QCoreApplication::processEvents();
  bool down = false;
  for (auto _ : state)
    panel.view().sortByColumn(StayListModel::PresentColumn, (down = !down) ? Qt::DescendingOrder : Qt::AscendingOrder);
}
BENCHMARK(sortInThePanel)->Unit(benchmark::kMillisecond);

/// One frame of scrolling: move and paint what is in sight.
void scrollFrame(benchmark::State& state) {
  StayPanel panel(large().context());
  panel.resize(300, 560);
  panel.show();
  QCoreApplication::processEvents();
  QPixmap frame(panel.view().viewport()->size());
  int at = 0;
  for (auto _ : state) {
    panel.view().verticalScrollBar()->setValue(at += 777);
    panel.view().viewport()->render(&frame);
  }
}
BENCHMARK(scrollFrame)->Unit(benchmark::kMillisecond);

void openList(benchmark::State& state) {
  for (auto _ : state) {
    StayListModel model(large().document, large().sweep);
    benchmark::DoNotOptimize(model.rowCount());
  }
}
BENCHMARK(openList)->Unit(benchmark::kMillisecond);

void addToLoad(benchmark::State& state) {
  const ModelConfig config = test::fakeConfig();
  SweepTable table(config, kStays);
  SweepRow row;
  row.risk = 0.5F;
  row.cells.assign(std::size_t(config.layers) * 2 * 5 * 12, 3);
  for (row.row = 0; row.row < kStays; ++row.row) table.insert(row);
  for (auto _ : state) {
    LoadSum sum = table.emptySum();
    for (int i = 0; i < kStays; ++i) table.addTo(sum, 0, i);
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(addToLoad)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  applyStyle(application, Theme::light());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
