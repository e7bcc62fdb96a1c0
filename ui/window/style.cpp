#include "window/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleHints>
#include <array>
#include <utility>

#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr const char* kSheet = R"(
QMainWindow, QDialog, #workspaceFrame { background: @window; }
QMainWindow::separator { background: @window; width: 8px; height: 8px; }
QMainWindow::separator:hover { background: @border; }
QMenuBar { background: @surface; color: @text; border-bottom: 1px solid @border; padding: 2px 6px; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QToolBar { background: @surface; border: none; border-bottom: 1px solid @border; padding: 4px 8px; spacing: 4px; }
QToolBar::separator { background: @border; width: 1px; margin: 4px 8px; }
QToolBar QToolButton { color: @text; background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 4px 8px; }
QToolBar QToolButton::menu-indicator { image: none; width: 0; }
QToolBar QToolButton:hover { background: @grid; }
QToolBar QToolButton:pressed { background: @selection; }
QToolBar QToolButton:checked { background: @selection; color: @accent; font-weight: 600; }
QToolBar QToolButton:focus { border-color: @accent; }
QToolBar QToolButton:disabled { color: @faint; }
#stayTitle { font-weight: 600; padding: 0 6px; }
QStatusBar { background: @surface; border-top: 1px solid @border; color: @secondary; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @secondary; font-size: 12px; padding: 1px 8px; }
#researchBadge { background: @warningFill; color: @warningText; font-size: 11px; font-weight: 600;
  border-radius: 9px; padding: 2px 10px; margin: 3px 8px 3px 8px; }
#panelHeader { background: @surface; border: 1px solid @border; border-bottom: none;
  border-top-left-radius: 6px; border-top-right-radius: 6px; }
#panelBody { background: @surface; border: 1px solid @border; border-top: none;
  border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }
#panelTitle { font-weight: 600; color: @text; }
QLabel { color: @text; background: transparent; }
#panelSubtitle, #secondary { color: @secondary; }
QLineEdit { background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 3px 7px;
  selection-background-color: @selection; selection-color: @text; }
QLineEdit:focus { border-color: @accent; }
QAbstractItemView { background: @surface; color: @text; border: none; outline: none;
  selection-background-color: @selection; selection-color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @secondary; border: none; border-bottom: 1px solid @border;
  padding: 4px 8px; font-size: 12px; }
QHeaderView::section:hover { color: @text; }
QHeaderView::down-arrow, QHeaderView::up-arrow { width: 0; height: 0; }
QPushButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 3px 10px; }
QPushButton:hover { background: @grid; }
QPushButton:focus { border-color: @accent; }
QPushButton[segment] { border-radius: 0; padding: 2px 9px; font-size: 12px; }
QPushButton[segment="middle"], QPushButton[segment="last"] { border-left: none; }
QPushButton[segment="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[segment="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[segment="only"] { border-radius: 4px; }
QPushButton[segment]:checked { background: @selection; color: @accent; font-weight: 600; }
#filterHelp { background: @surface; border: 1px solid @border; border-radius: 6px; }
#filterHelpButton { color: @secondary; background: transparent; border: 1px solid @border; border-radius: 4px;
  padding: 2px 6px; }
#filterHelpButton:hover { background: @grid; }
#filterHelpButton:focus { border-color: @accent; }
#filterProblem { color: @warningText; font-size: 11px; }
QPushButton:disabled { color: @faint; }
#messageBar { background: @warningFill; border: 1px solid @border; border-radius: 6px; }
#interventionBanner { background: @warningFill; border: 1px solid @border; border-radius: 6px; }
#interventionBanner QLabel { color: @warningText; }
#messageBar QLabel { color: @warningText; }
#messageBar[kind="question"], #messageBar[kind="hint"] { background: @selection; }
#messageBar[kind="question"] QLabel, #messageBar[kind="hint"] QLabel, #messageBar[kind="done"] QLabel { color: @text; }
#messageBar[kind="done"] { background: @surface; }
#messageBar #messageMark { border: 1px solid @warningText; border-radius: 9px; font-size: 11px; font-weight: 600; }
#messageBar[kind="question"] #messageMark, #messageBar[kind="hint"] #messageMark, #messageBar[kind="done"] #messageMark {
  border-color: @accent; color: @accent; }
#messageBar #messageMore { font-size: 11px; }
#messageDetailArea, #messageDetailArea > QWidget > QWidget { background: transparent; }
#messageDetail { font-family: monospace; font-size: 11px; }
#lastError, #quietButton { color: @accent; font-size: 12px; border: 1px solid transparent; border-radius: 4px;
  background: transparent; padding: 0; }
#lastError { color: @warningText; text-align: left; }
#lastError:hover, #quietButton:hover { background: @grid; }
#lastError:focus, #quietButton:focus { border-color: @accent; }
#quietButton:disabled { color: @faint; }
#taskList { background: @surface; border: 1px solid @border; border-radius: 6px; }
#welcomeScroll, #welcomeInner { background: @window; }
#welcomeCard { background: @surface; border: 1px solid @border; border-radius: 6px; }
#welcomeTitle { font-size: 26px; font-weight: 600; }
#welcomeHeading { font-weight: 600; }
#welcomeText { color: @text; }
#keyCap { color: @secondary; border: 1px solid @border; border-radius: 4px; padding: 1px 7px; font-size: 12px; }
#welcomeCard QPushButton { padding: 6px 12px; text-align: left; }
#primary { background: @accent; color: @surface; border-color: @accent; font-weight: 600; }
#primary:hover { background: @accent; border-color: @text; }
#primary:focus { border-color: @text; }
#welcomeCard #link { color: @accent; border-color: transparent; background: transparent; padding: 3px 6px; }
#welcomeCard #link:hover { background: @grid; }
#welcomeCard #link:focus { border-color: @accent; }
#welcomeCard #link:disabled { color: @faint; }
QAbstractSpinBox { background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 2px 6px;
  selection-background-color: @selection; selection-color: @text; }
QAbstractSpinBox:focus { border-color: @accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @faint; }
#formHeading, #chartCaption { font-weight: 600; color: @text; }
#chartCaption { font-size: 12px; }
#formProblem { color: @warningText; }
#checkList, #sourceList, #variableTree { border: 1px solid @border; border-radius: 4px; }
#sourceList { padding: 4px; }
#sourceList::item { padding: 4px 8px; border-radius: 4px; }
#browseButton { color: @text; background: @surface; border: 1px solid @border; border-radius: 4px; padding: 2px 7px; }
#browseButton:hover { background: @grid; }
#browseButton:focus { border-color: @accent; }
#primary:disabled { background: @grid; color: @faint; border-color: @border; }
QProgressBar { background: @grid; border: none; border-radius: 3px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QTabWidget::pane { border: 1px solid @border; border-radius: 4px; }
QComboBox { background: @surface; color: @text; border: 1px solid @border; border-radius: 4px; padding: 3px 2px 3px 8px; }
QComboBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url(:/icons/drop-down.svg); width: 11px; height: 11px; }
#commandPalette { background: @surface; border: 1px solid @border; border-radius: 8px; }
#commandPalette QLineEdit { padding: 6px 9px; font-size: 14px; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 5px 7px; font-size: 12px; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @secondary; padding: 5px 12px; border: none; }
QTabBar::tab:selected { color: @accent; font-weight: 600; }
#quietScroll, #quietTable { background: @surface; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 3px; min-height: 28px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString filledSheet(const Theme& theme) {
  QString sheet = QString::fromUtf8(kSheet);
  const std::array<std::pair<const char*, QColor>, 11> tokens{{{"@window", theme.window},
                                                               {"@surface", theme.surface},
                                                               {"@border", theme.border},
                                                               {"@grid", theme.grid},
                                                               {"@text", theme.text},
                                                               {"@secondary", theme.secondary},
                                                               {"@faint", theme.faint},
                                                               {"@accent", theme.accent},
                                                               {"@selection", theme.selection},
                                                               {"@warningText", theme.warningText},
                                                               {"@warningFill", theme.warningFill}}};
  for (const auto& [name, colour] : tokens) sheet.replace(QLatin1String(name), colour.name());
  return sheet;
}

/// Fusion, with the underlines of menus only where the keyboard asks for them.
class BaseStyle : public QProxyStyle {
 public:
  BaseStyle() : QProxyStyle(QStringLiteral("Fusion")) {}
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* data) const override {
    return hint == SH_UnderlineShortcut ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
  }
};

QPalette paletteOf(const Theme& theme) {
  QPalette palette;
  palette.setColor(QPalette::Window, theme.window);
  palette.setColor(QPalette::WindowText, theme.text);
  palette.setColor(QPalette::Base, theme.surface);
  palette.setColor(QPalette::AlternateBase, theme.grid);
  palette.setColor(QPalette::Text, theme.text);
  palette.setColor(QPalette::PlaceholderText, theme.faint);
  palette.setColor(QPalette::Button, theme.surface);
  palette.setColor(QPalette::ButtonText, theme.text);
  palette.setColor(QPalette::Highlight, theme.selection);
  palette.setColor(QPalette::HighlightedText, theme.text);
  palette.setColor(QPalette::Link, theme.accent);
  palette.setColor(QPalette::ToolTipBase, theme.surface);
  palette.setColor(QPalette::ToolTipText, theme.text);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, theme.faint);
  }
  return palette;
}

}  // namespace

void applyStyle(QApplication& application, const Theme& theme) {
  // Once: with a style sheet set, style() is Qt's wrapper and no longer ours.
  if (application.styleSheet().isEmpty()) QApplication::setStyle(new BaseStyle);
  QFont font = QApplication::font();
  if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamily(QStringLiteral("Inter"));
  font.setPixelSize(kBodyPixels);
  QApplication::setFont(font);
  QApplication::setPalette(paletteOf(theme));
  application.setStyleSheet(filledSheet(theme));
}

bool systemPrefersDark(const QApplication& application) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
  Q_UNUSED(application)
  return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
  // Ours lies over the system's, which is seen while ours is away.
  const QPalette ours = application.palette();
  QApplication::setPalette(QPalette());
  const QPalette system = application.palette();
  QApplication::setPalette(ours);
  return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
#endif
}

}  // namespace fusemoe::ui
