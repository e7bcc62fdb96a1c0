#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace fusemoe::ui {

/// A row of joined buttons of which one is on.
class SegmentedSwitch : public QWidget {
  Q_OBJECT

 public:
  explicit SegmentedSwitch(const QString& accessibleName, QWidget* parent = nullptr);

  /// Replaces the segments; does nothing when they are the same.
  void setSegments(const QStringList& names);
  void setTips(const QStringList& tips);
  int current() const;
  /// Does not send `chosen`.
  void setCurrent(int index);

 Q_SIGNALS:
  /// The user chose a segment.
  void chosen(int index);

 private:
  QStringList m_names;
  QButtonGroup* m_buttons;
  QHBoxLayout* m_row;
};

}  // namespace fusemoe::ui
