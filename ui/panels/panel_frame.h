#pragma once

#include <QDockWidget>

class QHBoxLayout;
class QLabel;
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
  /// Places a switch at the right end of the title row.
  void addSwitch(QWidget* control);
  /// Adds to the content, top to bottom.
  void addContent(QWidget* content, int stretch = 0);
  void addStretch();

 protected:
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
