#pragma once

#include <QObject>

namespace fusemoe::ui {

/// Something all views can point at: indices of the open model, −1 = none of that kind.
struct Target {
  int expert = -1;
  int modality = -1;
  int bin = -1;  ///< time bin 0 … γ−1: token of a bin model, reference point of mTAND
  bool operator==(const Target&) const = default;
  bool empty() const { return *this == Target{}; }
};

/// What the pointer is on and what was clicked, shared by all views: hovering lights up everywhere, a click keeps it
/// lit when nothing is hovered. GUI thread.
class Selection : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// What to light up: the hovered target, else the selected one.
  const Target& target() const { return m_hovered.empty() ? m_selected : m_hovered; }
  const Target& selected() const { return m_selected; }
  const Target& hovered() const { return m_hovered; }
  int expert() const { return target().expert; }
  int modality() const { return target().modality; }
  int bin() const { return target().bin; }

  void hover(const Target& target) { change(m_hovered, target); }
  void hover(int expert, int modality, int bin = -1) { hover(Target{expert, modality, bin}); }
  /// The pointer is on nothing.
  void clear() { hover(Target{}); }
  /// Clicked: selects the target, or nothing when it was selected already.
  void select(const Target& target) { change(m_selected, target == m_selected ? Target{} : target); }

 Q_SIGNALS:
  void changed();

 private:
  void change(Target& place, const Target& target) {
    if (place == target) return;
    place = target;
    Q_EMIT changed();
  }

  Target m_hovered;
  Target m_selected;
};

}  // namespace fusemoe::ui
