#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "export/figure.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class PanelFrame;
class ViewTour;
class Workspace;

/// How figures look: in the theme of the window, or for paper, which is light.
enum class Look { AsShown, Print };

/// The views that are not closed; for a report those alone that show the state, not the list of stays or of edits, nor
/// what the report says in tables.
QList<PanelFrame*> openPanels(const Workspace& workspace);
QList<PanelFrame*> reportPanels(const Workspace& workspace);

/// Records panels as figures, a panel an event, those behind others or closed as well. One collection at a time. While
/// figures for paper are recorded in a dark window, the window is light. GUI thread.
class FigureCollector : public QObject {
  Q_OBJECT

 public:
  using Done = std::function<void(std::vector<Figure>)>;

  FigureCollector(const ViewContext& context, Workspace& workspace, QObject* parent = nullptr);
  ~FigureCollector() override;

  /// True when it began; false while another collection is under way.
  bool collect(const QList<PanelFrame*>& panels, Look look, Identifiers identifiers, int quietMs, Done done);
  bool busy() const { return m_tour != nullptr; }

 private:
  void setTheme(const Theme& theme);

  ViewContext m_context;
  Workspace& m_workspace;
  ViewTour* m_tour = nullptr;
  Theme m_shown;
  std::vector<Figure> m_figures;
};

}  // namespace fusemoe::ui
