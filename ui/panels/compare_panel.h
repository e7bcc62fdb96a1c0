#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace fusemoe::ui {

class CompareChart;
class CompareModel;

/// The reference, the state and their difference side by side, and the ways to choose what to compare with: this state
/// pinned, another model on the same stay, another stay in the same model.
class ComparePanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit ComparePanel(const ViewContext& context, QWidget* parent = nullptr);

  CompareModel& model() const { return *m_model; }
  CompareChart& chart() const { return *m_chart; }
  /// False while there is nothing to compare with: the panel then says what to do.
  bool comparing() const;
  /// What is said when it is not, or why some of it cannot be.
  QString remark() const;

  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeControls();
  QWidget* makeContent();
  void follow();
  void refresh();
  void refreshStays();
  void compareWithEnteredStay();
  void askForModel();
  void drawTable(QPainter& painter, const QSize& size) const;

  ViewContext m_context;
  CompareModel* m_model;
  CompareChart* m_chart;
  QTableView* m_table;
  QStackedWidget* m_pages;
  QLabel* m_hint;
  QLabel* m_remark;
  QPushButton* m_pin;
  QPushButton* m_otherModel;
  QPushButton* m_asRecorded;
  QComboBox* m_stay;
  bool m_dirty = true;
};

}  // namespace fusemoe::ui
