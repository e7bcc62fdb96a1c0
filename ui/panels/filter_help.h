#pragma once

#include <QFrame>
#include <QList>
#include <QString>

namespace fusemoe::ui {

class StayListModel;

/// One way to filter stays, as the help shows it.
struct FilterExample {
  QString filter;
  QString meaning;
};

/// What can be typed into the filter, with names of the open cohort.
QList<FilterExample> filterExamples(const StayListModel& stays, const QString& label);

/// A small popup with those examples; a click on one asks to use it. Closes itself.
class FilterHelp : public QFrame {
  Q_OBJECT

 public:
  FilterHelp(const QList<FilterExample>& examples, QWidget* parent);

 Q_SIGNALS:
  void chosen(const QString& filter);
};

}  // namespace fusemoe::ui
