#pragma once

#include <QWidget>
#include <memory>

#include "cohort/cohort_document.h"
#include "state/view_context.h"

namespace fusemoe::ui {

/// Leads below each other on the squares of ECG paper: 0.04 s and 0.1 mV, every fifth line stronger; of another unit in
/// round steps. All leads share both scales. GUI thread.
class WaveformView : public QWidget {
  Q_OBJECT

 public:
  /// More values are refused rather than drawn slowly.
  static constexpr std::size_t kMostValues = 2'000'000;

  explicit WaveformView(const ViewContext& context, QWidget* parent = nullptr);

  void setWaveform(std::shared_ptr<const Waveform> waveform);
  /// "strong squares: 0.2 s × 0.5 mV"
  const QString& scale() const { return m_scale; }
  /// Seconds of all leads.
  double seconds() const;
  /// Pixels of one second, and of one unit.
  double pixelsPerSecond() const;
  double pixelsPerUnit() const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void drawGrid(QPainter& painter) const;
  void drawLead(QPainter& painter, std::size_t index) const;
  void drawScales(QPainter& painter) const;
  QRectF plot() const;
  double laneHeight() const;
  /// Where a lead's zero stands.
  double zero(std::size_t lead) const;

  ViewContext m_context;
  std::shared_ptr<const Waveform> m_waveform;
  double m_square = 0.5;  ///< units of one strong square
  int m_below = 1;        ///< strong squares of a lane below zero
  int m_above = 1;
  QString m_scale;
};

}  // namespace fusemoe::ui
