// What one repaint costs the GUI thread: the patient record with edits and mTAND weights, and the flow of a layer.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QImage>

#include "charts/flow_chart.h"
#include "charts/record/record_chart.h"
#include "panels/record_panel.h"
#include "support/icu_cohort.h"
#include "support/workbench.h"
#include "window/style.h"

namespace {

using namespace fusemoe;
using namespace fusemoe::ui;

struct Ward : test::Workbench {
  Ward() {
    cohort = std::make_shared<test::IcuCohort>();
    model = std::make_shared<test::FakeModel>(test::icuConfig());
    document.setAttentionWanted(true);
    if (!start()) std::abort();
    document.setEdits({MoveObservation{"vitals", "hr", 3, 1.0F, 5.0F}}, QStringLiteral("move"));
    if (!settle()) std::abort();
  }
};

void shown(QWidget& widget, QSize size) {
  widget.resize(size);
  widget.show();
  QApplication::processEvents();
}

void record(benchmark::State& state) {
  Ward ward;
  RecordPanel panel(ward.context());
  shown(panel, {620, 460});
  ward.selection.hover(-1, 0, 7);
  QWidget& viewport = *panel.chart().viewport();
  QImage target(viewport.size(), QImage::Format_ARGB32_Premultiplied);
  for (auto _ : state) viewport.render(&target);
}
BENCHMARK(record)->Unit(benchmark::kMillisecond);

void flow(benchmark::State& state) {
  test::Workbench bench;
  if (!bench.start()) std::abort();
  FlowChart chart(bench.context());
  shown(chart, {820, 280});
  int expert = 0;
  for (auto _ : state) bench.selection.hover(expert++ % 12, -1);  // a visible chart replots in the signal
}
BENCHMARK(flow)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  applyStyle(application, Theme::light());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
