#include "window/export_actions.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QStandardPaths>
#include <QToolButton>
#include <utility>

#include "panels/panel_frame.h"
#include "state/document.h"
#include "state/format.h"
#include "state/settings.h"
#include "window/icons.h"
#include "window/tool_bar.h"
#include "window/view_tour.h"
#include "window/workspace.h"

namespace fusemoe::ui {
namespace {

ExportQuestions dialogs(QWidget& window) {
  return {[&window](const QString& title, const QString& suggested, const QString& filters) {
            QString chosen;
            QString path = QFileDialog::getSaveFileName(&window, title, suggested, filters, &chosen);
            // A name without an ending takes that of the filter: "PNG picture (*.png)".
            if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
              path += chosen.section(QStringLiteral("(*"), 1).section(')', 0, 0);
            return path;
          },
          [&window](const QString& title, const QString& suggested) {
            return QFileDialog::getExistingDirectory(&window, title, suggested);
          }};
}

}  // namespace

ExportActions::ExportActions(const ViewContext& context, Workspace& workspace, QWidget& window)
    : QObject(&window),
      m_context(context),
      m_workspace(workspace),
      m_window(window),
      m_questions(dialogs(window)),
      m_menu(new QMenu(tr("&Export"), &window)),
      m_views(new QMenu(tr("&View"), m_menu)),
      m_all(new QAction(tr("&All views …"), this)),
      m_report(new QAction(themedIcon(QStringLiteral("report")), tr("&Report …"), this)),
      m_folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)),
      m_collector(context, workspace) {
  m_report->setShortcut(QKeySequence(tr("Ctrl+E")));
  m_report->setToolTip(tr("One PDF of the state as it is: views, numbers and where they come from"));
  m_all->setShortcut(QKeySequence(tr("Ctrl+Shift+E")));
  m_report->setProperty("commandTitle", tr("Export report"));
  m_all->setProperty("commandTitle", tr("Export all views"));
  m_all->setToolTip(tr("Every view as PNG, SVG, PDF and CSV, into one folder"));
  window.addActions({m_all, m_report});
  m_menu->setIcon(themedIcon(QStringLiteral("export")));
  m_views->setObjectName(QStringLiteral("exportViews"));
  m_menu->addMenu(m_views);
  m_menu->addActions({m_all, m_report});
  createViewActions();
  connect(m_all, &QAction::triggered, this, &ExportActions::askForAll);
  connect(m_report, &QAction::triggered, this, &ExportActions::askForReport);
  connect(&context.document, &Document::resultChanged, this, &ExportActions::follow);
  connect(m_menu, &QMenu::aboutToShow, this, &ExportActions::follow);
  connect(&m_exporter, &Exporter::failed, this, &ExportActions::failed);
  connect(&m_exporter, &Exporter::written, this, [this](const QStringList& paths) {
    if (paths.isEmpty()) return;
    const QString folder = QDir::toNativeSeparators(QFileInfo(paths.first()).absolutePath());
    const QString text = paths.size() == 1
                             ? tr("Written: %1").arg(QDir::toNativeSeparators(paths.first()))
                             : tr("Written: %1 in %2").arg(counted(paths.size(), tr("1 file"), tr("%1 files")), folder);
    Q_EMIT said(text);
    Q_EMIT written(text);
  });
  follow();
}

void ExportActions::createViewActions() {
  for (PanelFrame* panel : m_workspace.panels()) {
    auto* action = new QAction(this);
    const auto rename = [action](const QString& title) {
      action->setText(title + QStringLiteral(" …"));
      action->setProperty("commandTitle", tr("Export %1").arg(title));
    };
    rename(panel->windowTitle());
    m_viewActions.insert(panel->key(), action);
    m_views->addAction(action);
    connect(panel, &QWidget::windowTitleChanged, action, rename);
    connect(action, &QAction::triggered, this, [this, panel] { askForView(*panel); });
    QWidget* header = panel->titleBarWidget();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, panel, header](const QPoint& at) { openPanelMenu(*panel, header->mapToGlobal(at)); });
  }
}

void ExportActions::fill(QMenu& file) {
  QAction* before = nullptr;
  for (QAction* action : file.actions())
    if (action->isSeparator()) before = action;
  file.insertSeparator(before);
  file.insertMenu(before, m_menu);
}

void ExportActions::fill(ToolBar& bar) {
  QAction* action = bar.addAction(themedIcon(QStringLiteral("export")), tr("Export"));
  action->setToolTip(tr("Pictures, numbers and a report of what is shown"));
  action->setMenu(m_menu);
  qobject_cast<QToolButton*>(bar.widgetForAction(action))->setPopupMode(QToolButton::InstantPopup);
}

Identifiers ExportActions::identifiers() const {
  return m_context.settings.exportIdentifiers() ? Identifiers::Shown : Identifiers::Hidden;
}

void ExportActions::follow() {
  const bool result = m_context.document.result() != nullptr;
  m_report->setEnabled(result);
  m_all->setEnabled(result);
}

void ExportActions::openPanelMenu(PanelFrame& panel, const QPoint& global) {
  auto* menu = new QMenu(&m_window);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Export …"), this, [this, &panel] { askForView(panel); });
  menu->addSeparator();
  menu->addAction(tr("Copy as image"), this, [this, &panel] { copyImage(panel); });
  QAction* numbers = menu->addAction(tr("Copy numbers"), this, [this, &panel] { copyNumbers(panel); });
  numbers->setEnabled(!panel.table(false).columns.isEmpty());
  menu->addSeparator();
  menu->addAction(panel.isFloating() ? tr("Put back") : tr("Float"), this,
                  [&panel] { panel.setFloating(!panel.isFloating()); });
  menu->addAction(tr("Close"), this, [&panel] { panel.close(); });
  menu->popup(global);
}

QString ExportActions::suggested(const QString& name) const {
  return QDir(m_folder).filePath(QStringLiteral("fusemoe-%1").arg(name));
}

void ExportActions::askForView(PanelFrame& panel) {
  QStringList filters{tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)"), tr("PDF drawing (*.pdf)")};
  if (!panel.table(false).columns.isEmpty()) filters << tr("CSV numbers (*.csv)");
  const QString path =
      m_questions.file(tr("Export %1").arg(panel.windowTitle()), suggested(panel.key() + QStringLiteral(".png")),
                       filters.join(QStringLiteral(";;")));
  if (!path.isEmpty()) exportView(panel, path);
}

void ExportActions::askForAll() {
  const QString folder = m_questions.folder(tr("Export all views"), m_folder);
  if (!folder.isEmpty()) exportAll(folder);
}

void ExportActions::askForReport() {
  const QString path =
      m_questions.file(tr("Export report"), suggested(QStringLiteral("report.pdf")), tr("PDF report (*.pdf)"));
  if (!path.isEmpty()) exportReport(path);
}

void ExportActions::collect(const QList<PanelFrame*>& panels, Look look, FigureCollector::Done done) {
  if (!m_collector.collect(panels, look, identifiers(), ViewTour::kQuietMs, std::move(done)))
    Q_EMIT said(tr("An export is under way; try again when it is done."));
}

void ExportActions::exportView(PanelFrame& panel, const QString& path) {
  const Result<Format> format = formatOf(path);
  if (!format) {
    Q_EMIT failed(format.error());
    return;
  }
  m_folder = QFileInfo(path).absolutePath();
  const Look look = *format == Format::Png ? Look::AsShown : Look::Print;
  collect({&panel}, look, [this, path, format = *format](const std::vector<Figure>& figures) {
    m_exporter.write({fileOf(figures.front(), path, format)});
  });
}

void ExportActions::exportAll(const QString& folder) {
  m_folder = folder;
  const QList<PanelFrame*> panels = openPanels(m_workspace);
  const auto add = [folder](std::vector<ExportFile>& files, const Figure& figure, Format format) {
    if (format == Format::Csv && figure.table.columns.isEmpty()) return;
    files.push_back(fileOf(figure, QDir(folder).filePath(figure.key + '.' + suffixOf(format)), format));
  };
  // Pictures as the window looks, then drawings for paper.
  collect(panels, Look::AsShown, [this, panels, add](const std::vector<Figure>& shown) {
    std::vector<ExportFile> files;
    for (const Figure& figure : shown) {
      add(files, figure, Format::Png);
      add(files, figure, Format::Csv);
    }
    collect(panels, Look::Print, [this, files, add](const std::vector<Figure>& figures) mutable {
      for (const Figure& figure : figures) {
        add(files, figure, Format::Svg);
        add(files, figure, Format::Pdf);
      }
      m_exporter.write(std::move(files));
    });
  });
}

void ExportActions::exportReport(const QString& path) {
  m_folder = QFileInfo(path).absolutePath();
  collect(reportPanels(m_workspace), Look::Print, [this, path](std::vector<Figure> figures) {
    const Result<Report> report = recordReport(m_context.document, std::move(figures), identifiers());
    if (report)
      m_exporter.write({fileOf(*report, path)});
    else
      Q_EMIT failed(report.error());
  });
}

void ExportActions::copyImage(PanelFrame& panel) {
  collect({&panel}, Look::AsShown, [this](const std::vector<Figure>& figures) {
    m_exporter.draw(figures.front(), [this](const QImage& image) {
      QGuiApplication::clipboard()->setImage(image);
      Q_EMIT said(tr("Copied as an image."));
    });
  });
}

void ExportActions::copyNumbers(const PanelFrame& panel) {
  const Table table = panel.table(identifiers() == Identifiers::Shown);
  QGuiApplication::clipboard()->setText(tabSeparated(table));
  Q_EMIT said(tr("Copied: %1").arg(counted(static_cast<qint64>(table.rows.size()), tr("1 row"), tr("%1 rows"))));
}

}  // namespace fusemoe::ui
