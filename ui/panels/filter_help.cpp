#include "panels/filter_help.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "models/stay_list_model.h"

namespace fusemoe::ui {

QList<FilterExample> filterExamples(const StayListModel& stays, const QString& label) {
  const auto& pattern = stays.pattern();
  const QString first = pattern.isEmpty() ? QStringLiteral("labs") : quotedWord(pattern.front().name);
  const QString last = pattern.isEmpty() ? QStringLiteral("notes") : quotedWord(pattern.back().name);
  return {{QStringLiteral("300"), FilterHelp::tr("the id begins with 300")},
          {first, FilterHelp::tr("this modality is recorded")},
          {QStringLiteral("%1 -%2").arg(first, last), FilterHelp::tr("this one, and not that one")},
          {QStringLiteral("label:%1").arg(quotedWord(label)), FilterHelp::tr("the label; also no, unknown")},
          {QStringLiteral("split:test"), FilterHelp::tr("the part: train, validation, test")},
          {QStringLiteral("risk>0.3"), FilterHelp::tr("the risk; also >= < <= =, and 30%")},
          {QStringLiteral("-label:unknown"), FilterHelp::tr("a minus turns a word around")}};
}

FilterHelp::FilterHelp(const QList<FilterExample>& examples, QWidget* parent) : QFrame(parent, Qt::Popup) {
  setObjectName(QStringLiteral("filterHelp"));
  setAttribute(Qt::WA_DeleteOnClose);
  setFrameShape(QFrame::StyledPanel);
  setAccessibleName(tr("How to filter stays"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(12, 10, 12, 10);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(4);
  auto* intro = new QLabel(tr("Words that must all hold. Click one to try it."));
  intro->setObjectName(QStringLiteral("secondary"));
  grid->addWidget(intro, 0, 0, 1, 2);
  for (qsizetype i = 0; i < examples.size(); ++i) {
    auto* filter = new QPushButton(examples[i].filter);
    filter->setAccessibleDescription(examples[i].meaning);
    connect(filter, &QPushButton::clicked, this, [this, text = examples[i].filter] {
      Q_EMIT chosen(text);
      close();
    });
    const int row = static_cast<int>(i) + 1;
    grid->addWidget(filter, row, 0, Qt::AlignLeft);
    grid->addWidget(new QLabel(examples[i].meaning), row, 1);
  }
}

}  // namespace fusemoe::ui
