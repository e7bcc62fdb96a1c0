#pragma once

#include <QAbstractScrollArea>
#include <optional>

#include "charts/record/record_editor.h"
#include "charts/record/record_painter.h"
#include "state/view_context.h"

class QMenu;
class QPushButton;

namespace fusemoe::ui {

class ValueField;

/// The stay's record in lanes over one time axis, edited by mouse and keyboard, with the mTAND weights of the time bin
/// pointed at. Follows the document, the shared selection and the theme; hidden, it only remembers to. GUI thread.
class RecordChart : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit RecordChart(const ViewContext& context, QWidget* parent = nullptr);
  ~RecordChart() override;

  /// Documents of the stay, shown on a lane of their own.
  void setDocuments(std::vector<DocumentEntry> documents);

  const RecordContent& content() const { return m_content; }
  /// In pixels of the viewport.
  const RecordLayout& places() const { return m_layout; }
  const std::optional<MarkRef>& selectedMark() const { return m_selected; }
  const std::optional<MaskWindow>& chosenWindow() const { return m_window; }
  /// Bin whose weights are shown; −1 = none.
  int shownBin() const { return m_bin; }
  /// True when what is drawn is older than the document.
  bool dirty() const { return m_dirty; }

  /// Draws all lanes into `area`, smaller where they do not fit.
  void draw(QPainter& painter, const QRect& area) const;
  /// The numbers shown.
  Table table() const;
  /// Removes all what-if edits of the stay.
  void discardEdits() { m_editor.discard(); }

 Q_SIGNALS:
  /// A document's mark was clicked or entered.
  void documentChosen(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  /// A press of the mouse that moves a mark or spans a time window.
  struct Drag {
    bool window = false;
    bool moved = false;
    QPointF from;
    RecordEdits base;
    RecordLane lane;  ///< as it was, so that its scale stands still
    RecordMark mark;
    std::string scope;  ///< modality of the window; empty = all
  };

  void follow();
  void refresh();
  void relayout();
  void pointElsewhere();
  void showWeights();
  void placeMaskButton();
  QString hint() const;

  std::optional<std::size_t> laneAt(const QPointF& position) const;
  std::optional<MarkRef> markAt(const QPointF& position) const;
  std::optional<std::size_t> titleAt(const QPointF& position) const;
  std::optional<std::size_t> factAt(const QPointF& position) const;
  const RecordLane& lane(std::size_t index) const { return m_content.lanes.at(index); }
  bool known(const MarkRef& ref) const;
  const RecordMark& mark(const MarkRef& ref) const { return lane(ref.lane).marks.at(ref.mark); }

  void hover(const QPointF& position);
  void leave();
  void dragMark(const QPointF& position, bool locked);
  void dragWindow(const QPointF& position);
  void select(const std::optional<MarkRef>& ref);
  void reselect(const RecordLane& lane, const RecordMark& mark);
  void selectBeside(int step);
  void selectInLane(int step);
  void nudge(int hours, int values);
  void addBySelection();
  void addAt(std::size_t lane, const QPointF& position);
  void removeSelected();
  void askValue(const MarkRef& ref);
  void askFact(std::size_t index);
  void maskChosenWindow();
  bool takesKey(const QKeyEvent& event) const;
  void fillMenu(QMenu& menu, const QPointF& position);

  ViewContext m_context;
  RecordEditor m_editor;
  std::vector<DocumentEntry> m_documents;
  RecordContent m_content;
  RecordLayout m_layout;
  std::optional<double> m_pointer;  ///< hour under the mouse
  std::optional<MarkRef> m_selected, m_hovered;
  std::optional<MaskWindow> m_window;
  std::optional<Drag> m_drag;
  QPushButton* m_maskButton;
  ValueField* m_field;
  int m_bin = -1;
  bool m_dirty = true;
};

}  // namespace fusemoe::ui
