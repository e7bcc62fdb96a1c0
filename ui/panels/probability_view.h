#pragma once

#include <QString>
#include <QWidget>

#include "state/view_context.h"

namespace fusemoe::ui {

/// A probability in large figures with a remark on the same baseline, and below it a line from 0 to 1 with a tick where
/// the reference lies. Painted, not laid out: new numbers cost one repaint and no layout of the window.
class ProbabilityView : public QWidget {
  Q_OBJECT

 public:
  explicit ProbabilityView(const ViewContext& context, QWidget* parent = nullptr);

  /// The remark may have two lines.
  void setValues(double value, double reference, const QString& referenceName, const QString& remark);
  /// While a newer value is being computed.
  void setFaded(bool faded);
  /// "0.42".
  QString figure() const;
  QString remark() const { return m_remark; }
  /// Draws it into the top of an area of any paint device.
  void paint(QPainter& painter, const QRect& area) const;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void drawFigure(QPainter& painter, int width) const;
  void drawBar(QPainter& painter, int width) const;

  ViewContext m_context;
  double m_value = 0;
  double m_reference = 0;
  QString m_referenceName;
  QString m_remark;
  bool m_faded = false;
};

}  // namespace fusemoe::ui
