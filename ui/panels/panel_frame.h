#pragma once

#include <QDockWidget>

#include "state/table.h"

class QHBoxLayout;
class QLabel;
class QPainter;
class QVBoxLayout;

namespace fusemoe::ui {

/// A dock that looks like a quiet card: title, dim subtitle and switches in one row, the content below, one border
/// around both. It moves, tabs and floats by its title row.
class PanelFrame : public QDockWidget {
  Q_OBJECT

 public:
  /// `key` names it in saved layouts and on the command line.
  PanelFrame(const QString& key, const QString& title, QWidget* parent = nullptr);

  void setTitle(const QString& title);
  void setSubtitle(const QString& subtitle);
  /// In full, also where the title row shows it cut.
  const QString& subtitle() const { return m_subtitleText; }
  /// Places a switch at the right end of the title row.
  void addSwitch(QWidget* control);
  /// Adds to the content, top to bottom.
  void addContent(QWidget* content, int stretch = 0);
  void addStretch();

  /// "router", "load", …: names it in layouts, on the command line and in file names.
  QString key() const { return objectName(); }
  /// Draws the content, without frame and switches, into `area` of any paint device; text and lines stay vectors
  /// where the device knows them. By default as the widgets paint themselves.
  virtual void draw(QPainter& painter, const QRect& area) const;
  /// The numbers shown; empty where the panel has none. `identifiers` = with what tells patients apart.
  virtual Table table(bool identifiers) const;
  /// True when draw() shows what tells patients apart; exports without identifiers then show table(false) instead.
  virtual bool drawsIdentifiers() const { return false; }
  /// True while what it shows is still being computed by itself: pictures of it wait.
  virtual bool busy() const { return false; }
  /// Begins what the panel computes only when asked to; `busy` until that is done.
  virtual void compute() {}

 protected:
  /// What addContent() brought in, top to bottom.
  QWidget& body() const { return *widget(); }
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void elideSubtitle();

  QLabel* m_title;
  QLabel* m_subtitle;
  QString m_subtitleText;
  QHBoxLayout* m_header;
  QVBoxLayout* m_body;
};

}  // namespace fusemoe::ui
