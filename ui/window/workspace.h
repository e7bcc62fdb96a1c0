#pragma once

#include <QMainWindow>
#include <QMap>

#include "state/view_context.h"

namespace fusemoe::ui {

class AnalysisPanel;
class PanelFrame;
class StayPanel;

/// All panels as docks in one area: stays left, charts in the middle, modalities, prediction and model right.
class Workspace : public QMainWindow {
  Q_OBJECT

 public:
  explicit Workspace(const ViewContext& context, QWidget* parent = nullptr);

  StayPanel& stays() const { return *m_stays; }
  /// In reading order.
  const QList<PanelFrame*>& panels() const { return m_panels; }
  /// Those of them that the Analysis menu offers, in its order.
  const QList<AnalysisPanel*>& analyses() const { return m_analyses; }
  /// By its key ("router", "load", "entropy", "prediction", "modalities", "stays", "model", …), or null.
  PanelFrame* panel(const QString& key) const;
  /// Brings a panel to the front; training and the analyses are given most of their column.
  void present(const QString& key);

  /// Where the panels are, to be given to a later workspace before it is shown. Of another set of panels it is ignored.
  QByteArray layoutState() const { return saveState(panelSet()); }
  void setLayoutState(const QByteArray& state) { m_remembered = state; }

  QMenu* createPopupMenu() override;

 public Q_SLOTS:
  /// Puts every panel back where it was at first.
  void resetLayout();

 protected:
  void childEvent(QChildEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void arrange();
  /// Shares out the room when the panels have been laid out.
  void settle();
  /// For a low window: two rows of charts, the third in tabs behind the second.
  void stackLowRows();
  void proportion();
  /// Tells sets of panels apart, so that a layout is never restored into another set.
  int panelSet() const;

  StayPanel* m_stays;
  QList<PanelFrame*> m_panels;
  QList<AnalysisPanel*> m_analyses;
  QByteArray m_remembered;
  bool m_shown = false;
};

}  // namespace fusemoe::ui
