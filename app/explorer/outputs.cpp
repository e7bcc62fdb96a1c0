#include "outputs.h"

#include <QBuffer>
#include <QDir>
#include <QMap>
#include <QPixmap>
#include <QTimer>
#include <utility>

#include "panels/panel_frame.h"
#include "state/document.h"
#include "state/document_text.h"
#include "window/main_window.h"
#include "window/view_tour.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;

namespace {

const QString kWindow = QStringLiteral("window");
constexpr int kPollMs = 20;
const QString kAll = QStringLiteral("all");
const QString kRouter = QStringLiteral("router");
/// The routing panel's other pictures, under names of their own.
const QMap<QString, RoutingView> kRoutingViews{{QStringLiteral("heatmap"), RoutingView::HeatMap},
                                               {QStringLiteral("flow"), RoutingView::Flow}};

QString panelKey(const QString& view) {
  return kRoutingViews.contains(view) ? kRouter : view;
}

QByteArray png(const QPixmap& picture) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  picture.save(&buffer, "PNG");
  return bytes;
}

}  // namespace

RoutingView routingViewOf(const QString& view) {
  return kRoutingViews.value(view, RoutingView::Bars);
}

Result<void> checkView(const Options& options, const MainWindow& window) {
  QStringList known = QStringList{kWindow, kAll} + kRoutingViews.keys();
  for (const PanelFrame* panel : window.workspace().panels()) known << panel->key();
  if (known.contains(options.view)) return {};
  return failure("Unknown view \"" + options.view.toStdString() + "\".",
                 "Views: " + known.join(QStringLiteral(", ")).toStdString() + ".");
}

Outputs::Outputs(const Options& options, const ViewContext& context, MainWindow& window, QObject* parent)
    : QObject(parent),
      m_options(options),
      m_context(context),
      m_window(window),
      m_collector(context, window.workspace()) {
  connect(&m_exporter, &Exporter::written, this, &Outputs::next);
  connect(&m_exporter, &Exporter::failed, this, [this](const Error& error) { finish(failure(error)); });
}

void Outputs::write(double firstWindow, Done done) {
  m_done = std::move(done);
  if (!m_context.document.result()) {
    finish(failure(emptyHint(m_context.document).replace('\n', ' ').toStdString()));
    return;
  }
  if (!m_options.summary.isEmpty()) m_steps.append([this, firstWindow] { writeSummary(firstWindow); });
  if (!m_options.screenshot.isEmpty())
    m_steps.append([this] { m_options.view == kAll ? takeAllScreenshots() : takeScreenshot(); });
  if (!m_options.exportFile.isEmpty()) m_steps.append([this] { exportView(); });
  if (!m_options.report.isEmpty()) m_steps.append([this] { exportReport(); });
  // An analysis that waits to be run, named on the command line, is run; however long it takes.
  PanelFrame* named = m_window.workspace().panel(panelKey(m_options.view));
  if (named) {
    m_window.workspace().present(named->key());
    named->compute();
  }
  auto* wait = new QTimer(this);
  connect(wait, &QTimer::timeout, this, [this, named, wait] {
    if (named && named->busy()) return;
    wait->deleteLater();
    next();
  });
  wait->start(kPollMs);
}

void Outputs::next() {
  if (!m_done) return;
  if (m_steps.isEmpty()) {
    finish({});
    return;
  }
  m_steps.takeFirst()();
}

void Outputs::finish(const Result<void>& result) {
  m_steps.clear();
  if (const Done done = std::exchange(m_done, {})) done(result);
}

QList<PanelFrame*> Outputs::wantedPanels() const {
  if (PanelFrame* panel = m_window.workspace().panel(panelKey(m_options.view))) return {panel};
  return m_window.workspace().panels();
}

void Outputs::visit(const QList<PanelFrame*>& panels, std::function<void(PanelFrame&)> visit,
                    std::function<void()> then) {
  auto* tour = new ViewTour(m_context, m_window.workspace(), panels, std::move(visit), ViewTour::kRestMs, this);
  connect(tour, &ViewTour::finished, tour, [tour, then = std::move(then)] {
    tour->deleteLater();
    then();
  });
  tour->start();
}

void Outputs::writeSummary(double firstWindow) {
  const QString text =
      textSummary(m_context.document) + QStringLiteral("first window %1 s after start\n").arg(firstWindow, 0, 'f', 2);
  const Result<void> written = writeWhole(m_options.summary, text.toUtf8());
  if (written)
    next();
  else
    finish(written);
}

void Outputs::takeScreenshot() {
  const auto save = [this](QWidget& widget) {
    m_exporter.write({{m_options.screenshot, [bytes = png(widget.grab())] { return bytes; }}});
  };
  if (m_options.view == kWindow) {
    save(m_window);
    return;
  }
  if (PanelFrame* panel = m_window.workspace().panel(panelKey(m_options.view)))
    m_window.workspace().present(panel->key());
  // Queued behind what presenting the panel queued: it is visited in the size it has then.
  QMetaObject::invokeMethod(
      this,
      [this, save] {
        visit(
            wantedPanels(), [save](PanelFrame& panel) { save(panel); }, [] {});
      },
      Qt::QueuedConnection);
}

void Outputs::takeAllScreenshots() {
  const QDir folder(m_options.screenshot);
  if (!folder.mkpath(QStringLiteral("."))) {
    finish(failure("The folder " + m_options.screenshot.toStdString() + " could not be created.", "Name another one."));
    return;
  }
  auto files = std::make_shared<std::vector<ExportFile>>();
  const auto add = [files, folder](QWidget& widget, const QString& name) {
    files->push_back({folder.filePath(name + QStringLiteral(".png")), [bytes = png(widget.grab())] { return bytes; }});
  };
  add(m_window, kWindow);
  const QList<PanelFrame*> routing{m_window.workspace().panel(kRouter)};
  std::function<void()> then = [this, files] { m_exporter.write(std::move(*files)); };
  for (const QString& view : kRoutingViews.keys()) {
    then = [this, add, view, routing, then = std::move(then)] {
      m_context.document.setRoutingView(kRoutingViews[view]);
      visit(
          routing, [add, view](PanelFrame& panel) { add(panel, view); }, then);
    };
  }
  visit(
      wantedPanels(), [add](PanelFrame& panel) { add(panel, panel.key()); }, std::move(then));
}

void Outputs::exportView() {
  const Result<Format> format = formatOf(m_options.exportFile);
  if (!format || !m_window.workspace().panel(panelKey(m_options.view))) {
    finish(format ? failure("--export needs --view with the name of one view.") : failure(format.error()));
    return;
  }
  const Look look = *format == Format::Png ? Look::AsShown : Look::Print;
  m_collector.collect(wantedPanels(), look, Identifiers::Hidden, ViewTour::kRestMs,
                      [this, format = *format](const std::vector<Figure>& figures) {
                        m_exporter.write({fileOf(figures.front(), m_options.exportFile, format)});
                      });
}

void Outputs::exportReport() {
  m_collector.collect(reportPanels(m_window.workspace()), Look::Print, Identifiers::Hidden, ViewTour::kRestMs,
                      [this](std::vector<Figure> figures) {
                        const Result<Report> report =
                            recordReport(m_context.document, std::move(figures), Identifiers::Hidden);
                        if (report)
                          m_exporter.write({fileOf(*report, m_options.report)});
                        else
                          finish(failure(report.error()));
                      });
}
