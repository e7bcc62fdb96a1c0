#include "panels/segmented_switch.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace fusemoe::ui {

SegmentedSwitch::SegmentedSwitch(const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_buttons(new QButtonGroup(this)), m_row(new QHBoxLayout(this)) {
  setAccessibleName(accessibleName);
  m_row->setContentsMargins(0, 0, 0, 0);
  m_row->setSpacing(0);
  connect(m_buttons, &QButtonGroup::idClicked, this, &SegmentedSwitch::chosen);
}

void SegmentedSwitch::setSegments(const QStringList& names) {
  if (names == m_names) return;
  m_names = names;
  const QList<QAbstractButton*> old = m_buttons->buttons();
  for (QAbstractButton* button : old) delete button;
  for (int i = 0; i < names.size(); ++i) {
    auto* button = new QPushButton(names[i], this);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(QStringLiteral("%1: %2").arg(accessibleName(), names[i]));
    const bool first = i == 0;
    const bool last = i + 1 == names.size();
    button->setProperty("segment", first && last ? "only" : first ? "first" : last ? "last" : "middle");
    m_buttons->addButton(button, i);
    m_row->addWidget(button);
  }
}

void SegmentedSwitch::setTips(const QStringList& tips) {
  for (int i = 0; i < tips.size() && i < m_names.size(); ++i) m_buttons->button(i)->setToolTip(tips[i]);
}

int SegmentedSwitch::current() const {
  return m_buttons->checkedId();
}

void SegmentedSwitch::setCurrent(int index) {
  if (QAbstractButton* button = m_buttons->button(index)) button->setChecked(true);
}

}  // namespace fusemoe::ui
