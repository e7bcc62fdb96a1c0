#pragma once

#include <QList>
#include <QString>
#include <QWidget>

#include "state/view_context.h"

namespace fusemoe::ui {

/// A number that is read first, with what it is below it.
struct Fact {
  QString value, caption;
  bool warn = false;
};

/// A few numbers side by side, larger than the rest.
class FactStrip : public QWidget {
  Q_OBJECT

 public:
  explicit FactStrip(const ViewContext& context, QWidget* parent = nullptr);

  void setFacts(QList<Fact> facts);
  const QList<Fact>& facts() const { return m_facts; }
  void paint(QPainter& painter, const QRect& area) const;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  ViewContext m_context;
  QList<Fact> m_facts;
};

}  // namespace fusemoe::ui
