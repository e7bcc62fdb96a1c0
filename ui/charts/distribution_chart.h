#pragma once

#include <QColor>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

#include "analysis/metrics.h"
#include "charts/chart.h"

class QCPPainter;

namespace fusemoe::ui {

/// A vertical line at a value, with its name above the sample.
struct DistributionMark {
  enum class Kind { Subject, Quiet, Alarm };  ///< solid in the accent; dashed; dashed in the warning's colour
  double value = 0;
  QString name;
  Kind kind = Kind::Quiet;
};

/// What a DistributionChart shows.
struct DistributionContent {
  QString axis;                ///< what is measured, with its unit
  QString counted;             ///< what the sample is made of: "training stays"
  QString empty;               ///< said in place of an empty chart
  std::vector<double> values;  ///< those that are not finite are left out
  std::vector<DistributionMark> marks;
  std::optional<Interval> band;  ///< shaded
  QString bandName;
  std::optional<std::pair<double, double>> range = {};  ///< of the axis; else what values and marks take
  int decimals = 3;
};

/// A sample: dots stacked over their values where they are few, else a histogram; with marks. Dragging selects a range.
class DistributionChart : public Chart {
  Q_OBJECT

 public:
  /// So many values are still drawn one by one.
  static constexpr int kFew = 60;

  explicit DistributionChart(const ViewContext& context, QWidget* parent = nullptr);

  void setContent(DistributionContent content);
  const DistributionContent& content() const { return m_content; }
  /// Finite ones, ascending.
  const std::vector<double>& values() const { return m_values; }
  bool dots() const { return static_cast<int>(m_values.size()) <= kFew; }
  /// Counts of the bins between least() and most(), as wide as each other.
  const std::vector<int>& bins() const { return m_bins; }
  double least() const { return m_least; }
  double most() const { return m_most; }
  /// The range the user drew; none without.
  const std::optional<Interval>& brushed() const { return m_brushed; }
  int countWithin(const Interval& range) const;
  /// A value's place in the canvas, from its left edge.
  double pixel(double value) const;

  Table table() const override;

 Q_SIGNALS:
  /// The range that was drawn has changed, or there is none any more.
  void brushChanged();

 protected:
  bool ready() const override { return !m_values.empty(); }
  QString emptyText() const override { return m_content.empty; }
  void refresh() override;
  void restyle() override {}
  QString pointAt(const QPoint& position) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  /// What stands above the sample, in lanes so that nothing overlaps; lane 0 lies next to it.
  struct Name {
    QString text;
    double at = 0;  ///< the value in its middle
    QColor colour;
    double left = 0, width = 0;
    int lane = 0;
  };

  void fillBins();
  void setBrush(const std::optional<Interval>& range);
  QColor colourOf(DistributionMark::Kind kind) const;
  /// Of the marks that are finite, in their order, and of the band.
  std::vector<Name> placeNames() const;
  void paint(QCPPainter& painter);
  void paintBars(QCPPainter& painter) const;
  void paintDots(QCPPainter& painter) const;
  void paintMarks(QCPPainter& painter) const;
  double binWidth() const { return (m_most - m_least) / static_cast<double>(m_bins.size()); }

  DistributionContent m_content;
  std::vector<double> m_values;
  std::vector<int> m_bins;
  double m_least = 0, m_most = 1;
  std::optional<Interval> m_brushed;
  std::optional<double> m_anchor;  // of the drag
};

}  // namespace fusemoe::ui
