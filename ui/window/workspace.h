#pragma once

#include <QMainWindow>
#include <QMap>

#include "state/view_context.h"

namespace fusemoe::ui {

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
  /// By its key ("router", "load", "entropy", "prediction", "modalities", "stays", "slices", "model"), or null.
  PanelFrame* panel(const QString& key) const;

  QMenu* createPopupMenu() override;

 public Q_SLOTS:
  /// Puts every panel back where it was at first.
  void resetLayout();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void arrange();
  void proportion();

  StayPanel* m_stays;
  QList<PanelFrame*> m_panels;
  QByteArray m_firstLayout;
};

}  // namespace fusemoe::ui
