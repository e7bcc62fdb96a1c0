#pragma once

#include <vector>

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QGridLayout;
class QStackedWidget;

namespace fusemoe::ui {

class QuietText;
class SegmentedSwitch;

/// What the open model is: gate, router, experts, tokens, what a missing modality becomes, where it comes from; and the
/// card its makers wrote, with the notes of the engine that opened it.
class FactsPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit FactsPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Facts or the card.
  SegmentedSwitch& pages() const { return *m_pages; }
  QuietText& card() const { return *m_card; }

  Table table(bool identifiers) const override;

 private:
  struct Fact {
    QString name, value, tip;
  };

  std::vector<Fact> facts() const;
  void refresh();
  void add(const Fact& fact);
  QString cardText() const;

  ViewContext m_context;
  SegmentedSwitch* m_pages;
  QStackedWidget* m_stack;
  QWidget* m_table;
  QGridLayout* m_grid;
  QuietText* m_card;
};

}  // namespace fusemoe::ui
