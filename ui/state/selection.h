#pragma once

#include <QObject>

namespace fusemoe::ui {

/// What the pointer is on, shared by all views so that it lights up everywhere. Indices of the open model; -1 = none.
/// GUI thread.
class Selection : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  int expert() const { return m_expert; }
  int modality() const { return m_modality; }

  void hover(int expert, int modality) {
    if (expert == m_expert && modality == m_modality) return;
    m_expert = expert;
    m_modality = modality;
    Q_EMIT changed();
  }
  void clear() { hover(-1, -1); }

 Q_SIGNALS:
  void changed();

 private:
  int m_expert = -1;
  int m_modality = -1;
};

}  // namespace fusemoe::ui
