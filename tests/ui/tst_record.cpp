// The record view through real events: what-if edits by mouse and keyboard, weights, documents, looks.
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPicture>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <limits>

#include "charts/record/image_view.h"
#include "charts/record/record_chart.h"
#include "charts/record/waveform_view.h"
#include "panels/document_viewer.h"
#include "panels/record_panel.h"
#include "support/golden.h"
#include "support/icu_cohort.h"
#include "support/workbench.h"
#include "window/style.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestRecord : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyStyle(*qApp, Theme::light()); }
  void init() {
    test::failOnQtWarnings();
    open(5);
  }
  void cleanup() {
    m_bench->model->openGate();
    m_panel.reset();
    m_bench.reset();
  }

  void lanesAreTheRecord() {
    const RecordContent& content = chart().content();
    QCOMPARE(content.facts.size(), size_t{3});
    QCOMPARE(content.lanes.size(), size_t{9});  // five vitals, notes, X-ray, ECG, documents
    QCOMPARE(lane("hr").marks.size(), size_t{20});
    QCOMPARE(lane("hr").text(88), QStringLiteral("88 /min"));
    QCOMPARE(content.lanes[7].kind, RecordLane::Kind::Missing);
    QCOMPARE(content.lanes[8].kind, RecordLane::Kind::Documents);
    QCOMPARE(content.time.text(2.5), QStringLiteral("2.5 h"));
    for (const RecordLane& each : content.lanes) {
      for (const RecordMark& mark : each.marks) {
        if (each.kind != RecordLane::Kind::Series) continue;
        QVERIFY(double(mark.shown.value) > each.low && double(mark.shown.value) < each.high);
      }
    }
  }

  void draggingIsOneCommand() {
    const size_t at = laneIndex("sbp");
    const Observation before = lane("sbp").marks[3].shown;
    const QPoint from = place({at, 3});
    const int runs = m_bench->model->runs();
    press(from);
    move(from + QPoint(6, -4));
    QVERIFY(document().sample()->digest != document().recordedSample()->digest);
    // The result follows while the button is down.
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->key.sampleDigest, document().sample()->digest);
    QVERIFY(m_bench->model->runs() > runs);
    for (int i = 1; i <= 6; ++i) move(from + QPoint(6 + i, -4 - i));
    const RecordLane during = lane("sbp");
    release(from + QPoint(12, -10));
    QCOMPARE(undo().count(), 1);
    QVERIFY(undo().undoText().startsWith(QStringLiteral("move Systolic BP to ")));
    QVERIFY(undo().undoText().contains(QStringLiteral("mmHg at ")));
    const RecordMark after = lane("sbp").marks[3];
    QVERIFY(after.shown.value > before.value && after.shown.hour > before.hour);
    QCOMPARE(after.recorded, before);  // its ghost
    QCOMPARE(document().edits().size(), size_t{1});
    // While it was dragged, the point stood under the mouse.
    QCOMPARE(during.low, m_lowBefore["sbp"]);
    undo().undo();
    QCOMPARE(lane("sbp").marks[3].shown, before);
    QVERIFY(document().sample() == document().recordedSample());
    undo().redo();
    QCOMPARE(lane("sbp").marks[3], after);
  }

  void draggingBackLeavesNoCommand() {
    const QPoint from = place({laneIndex("hr"), 5});
    press(from);
    move(from + QPoint(20, 8));
    QCOMPARE(undo().count(), 1);
    move(from + QPoint(1, 0));
    move(from);
    release(from);
    QCOMPARE(undo().count(), 0);
    QVERIFY(document().edits().empty());
    // The same of a point that was moved before.
    drag(from, from + QPoint(20, 8));
    const RecordEdits edits = document().edits();
    const QPoint now = place({laneIndex("hr"), 5});
    press(now);
    move(now + QPoint(-15, 5));
    move(now);
    release(now);
    QCOMPARE(document().edits(), edits);
    QCOMPARE(undo().count(), 1);
  }

  void shiftLocksAnAxis() {
    const Observation before = lane("hr").marks[4].shown;
    const QPoint from = place({laneIndex("hr"), 4});
    press(from);
    move(from + QPoint(4, 15), Qt::ShiftModifier);
    release(from + QPoint(4, 15));
    QCOMPARE(lane("hr").marks[4].shown.hour, before.hour);
    QVERIFY(lane("hr").marks[4].shown.value < before.value);
    QVERIFY(!undo().undoText().contains(QStringLiteral(" at ")));
  }

  void aClickIsNoEdit() {
    const QPoint at = place({laneIndex("hr"), 5});
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(undo().count(), 0);
    QCOMPARE(chart().selectedMark(), (MarkRef{laneIndex("hr"), 5}));
    QVERIFY(chart().accessibleDescription().contains(QStringLiteral("Heart rate")));
  }

  void aMarkIsNotDraggedOutOfTheWindow() {
    const size_t at = laneIndex("hr");
    drag(place({at, 19}), place({at, 19}) + QPoint(4000, 0));
    QCOMPARE(lane("hr").marks[19].shown.hour, 48.0F);
    drag(place({at, 0}), place({at, 0}) - QPoint(4000, 0));
    QCOMPARE(lane("hr").marks[0].shown.hour, 0.0F);
  }

  void eventsMoveInTimeAlone() {
    const size_t at = laneOf("xray");
    drag(place({at, 0}), place({at, 0}) + QPoint(40, 30));
    const RecordMark mark = chart().content().lanes[at].marks[0];
    QVERIFY(mark.shown.hour > 12 && mark.shown.value == 0);
    QVERIFY(undo().undoText().startsWith(QStringLiteral("move AP to ")));
    QCOMPARE(document().sample()->modality("xray")->events.size(), size_t{2});
  }

  void doubleClickAdds() {
    const size_t at = laneIndex("lactate");
    const QPoint where = chart().places().rect(at).center().toPoint();
    QTest::mouseDClick(chart().viewport(), Qt::LeftButton, {}, where);
    QCOMPARE(undo().count(), 1);
    QVERIFY(undo().undoText().startsWith(QStringLiteral("add Lactate of ")));
    const RecordMark mark = lane("lactate").marks.at(0);
    QVERIFY(mark.added());
    QVERIFY(std::abs(double(mark.shown.hour) - chart().places().hour(where.x())) < 0.2);
    QCOMPARE(document().sample()->modality("vitals")->variables[4].observations.size(), size_t{1});
    QCOMPARE(chart().selectedMark(), (MarkRef{at, 0}));
    // It drags like a recorded one, as a command of its own.
    const QPoint from = place({at, 0});
    drag(from, from + QPoint(30, 0));
    QCOMPARE(undo().count(), 2);
    QCOMPARE(document().edits().size(), size_t{1});
    QVERIFY(lane("lactate").marks.at(0).shown.hour > mark.shown.hour);
    QTest::keyClick(&chart(), Qt::Key_Delete);
    QVERIFY(document().edits().empty());
    QVERIFY(lane("lactate").marks.empty());
  }

  void deleteAndRestore() {
    const MarkRef ref{laneIndex("creatinine"), 1};
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place(ref));
    QTest::keyClick(&chart(), Qt::Key_Delete);
    QVERIFY(lane("creatinine").marks[1].deleted);
    QCOMPARE(undo().undoText(), QStringLiteral("delete Creatinine"));
    QCOMPARE(document().sample()->modality("vitals")->variables[3].observations.size(), size_t{2});
    // What is gone is not dragged.
    drag(place(ref), place(ref) + QPoint(30, 0));
    QCOMPARE(undo().count(), 1);
    choose(place(ref), QStringLiteral("Restore as recorded"));
    QVERIFY(document().edits().empty());
    QCOMPARE(undo().count(), 2);
  }

  void aModalityEmptiedByEditsIsAbsent() {
    const size_t at = laneOf("xray");
    for (const size_t mark : {0, 1}) {
      QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({at, mark}));
      QTest::keyClick(&chart(), Qt::Key_Delete);
    }
    QVERIFY(m_bench->settle());
    QCOMPARE(document().modalityState(2), ModalityState::Absent);
    QCOMPARE(document().result()->states[2], ModalityState::Absent);
    QCOMPARE(chart().content().lanes[at].kind, RecordLane::Kind::Events);  // its ghosts stay
  }

  void maskAVariable() {
    const QPoint title = chart().places().title(laneIndex("hr")).center().toPoint();
    choose(title, QStringLiteral("Mask Heart rate"));
    QVERIFY(lane("hr").variableMasked);
    QVERIFY(document().sample()->modality("vitals")->variables[0].observations.empty());
    QVERIFY(m_bench->settle());
    choose(title, QStringLiteral("Unmask Heart rate"));
    QVERIFY(document().sample() == document().recordedSample());
    QCOMPARE(undo().count(), 2);
  }

  void maskATimeWindow() {
    const QRectF axis = chart().places().axis();
    const QPoint from(int(chart().places().x(10)), int(axis.center().y()));
    const QPoint until(int(chart().places().x(20)), int(axis.center().y()));
    drag(from, until);
    QVERIFY(chart().chosenWindow());
    QCOMPARE(chart().chosenWindow()->modality, std::string());
    QCOMPARE(undo().count(), 0);
    auto* button = maskButton();
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(undo().count(), 1);
    QVERIFY(!button->isVisible());
    const auto* window = std::get_if<MaskWindow>(&document().edits().front());
    QVERIFY(window && std::abs(window->from - 10) < 0.5F && std::abs(window->until - 20) < 0.5F);
    for (const Observation& seen : document().sample()->modality("vitals")->variables[0].observations)
      QVERIFY(seen.hour < window->from || seen.hour > window->until);
    QCOMPARE(document().sample()->modality("xray")->events.size(), size_t{1});
    const QPoint inside(int(chart().places().x(15)), int(chart().places().rect(0).center().y()));
    const QString unmask = QStringLiteral("Unmask %1").arg(windowText(*window, chart().content()));
    choose(inside, unmask);
    QVERIFY(document().edits().empty());
  }

  void altDragMasksOneModality() {
    const QRectF rect = chart().places().rect(laneOf("notes"));
    const QPoint from(int(chart().places().x(4)), int(rect.bottom()) - 3);
    press(from, Qt::AltModifier);
    move(from + QPoint(60, 0), Qt::AltModifier);
    release(from + QPoint(60, 0));
    QCOMPARE(chart().chosenWindow()->modality, std::string("notes"));
    QTest::keyClick(&chart(), Qt::Key_Escape);
    QVERIFY(!chart().chosenWindow());
    QVERIFY(!maskButton()->isVisible());
  }

  void staticFacts() {
    const QPoint age = chart().places().fact(0).center().toPoint();
    QTest::mouseDClick(chart().viewport(), Qt::LeftButton, {}, age);
    auto* field = chart().findChild<QLineEdit*>();
    QVERIFY(field->isVisible());
    QCOMPARE(field->text(), QStringLiteral("71"));
    QTest::keyClicks(field, QStringLiteral("nonsense"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->isVisible());  // still asking
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("75.5"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!field->isVisible());
    QCOMPARE(document().sample()->modality("facts")->variables[0].observations.front().value, 75.5F);
    QCOMPARE(undo().undoText(), QStringLiteral("change Age to 75.5 y"));
    QCOMPARE(document().edits(), RecordEdits{(MoveObservation{"facts", "age", 0, 0, 4.5F})});
    choose(age, QStringLiteral("Mask Age"));
    QVERIFY(document().sample()->modality("facts")->variables[0].observations.empty());
    choose(age, QStringLiteral("Restore as recorded"));
    choose(age, QStringLiteral("Unmask Age"));
    QVERIFY(document().edits().empty());
  }

  void editingByKeyboard() {
    QVERIFY(!chart().selectedMark());
    chart().clearFocus();
    chart().setFocus(Qt::TabFocusReason);
    QCOMPARE(chart().selectedMark(), (MarkRef{0, 0}));
    QTest::keyClick(&chart(), Qt::Key_Right);
    QCOMPARE(chart().selectedMark(), (MarkRef{0, 1}));
    QTest::keyClick(&chart(), Qt::Key_Down);
    QCOMPARE(chart().selectedMark()->lane, size_t{1});
    QTest::keyClick(&chart(), Qt::Key_Up);
    QTest::keyClick(&chart(), Qt::Key_Left);
    const size_t at = chart().selectedMark()->mark;
    const Observation before = lane("hr").marks[at].shown;
    QTest::keyClick(&chart(), Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(&chart(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(undo().count(), 2);
    const Observation after = lane("hr").marks[at].shown;
    QVERIFY(after.value > before.value && after.hour > before.hour);
    // A key held down is one command.
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Up, Qt::AltModifier, QString(), true);
    for (int i = 0; i < 5; ++i) QApplication::sendEvent(&chart(), &held);
    QCOMPARE(undo().count(), 2);
    QTest::keyClick(&chart(), Qt::Key_Insert);
    QCOMPARE(undo().count(), 3);
    QCOMPARE(lane("hr").marks.size(), size_t{21});
    QTest::keyClick(&chart(), Qt::Key_Delete);
    QTest::keyClick(&chart(), Qt::Key_F2);
    while (undo().canUndo()) undo().undo();
    QVERIFY(document().sample() == document().recordedSample());
  }

  void discardRemovesAll() {
    auto* discard = button(QStringLiteral("Discard edits"));
    QVERIFY(!discard->isVisible());
    drag(place({0, 2}), place({0, 2}) + QPoint(10, 10));
    drag(place({1, 2}), place({1, 2}) + QPoint(10, 10));
    QVERIFY(discard->isVisible());
    QTest::mouseClick(discard, Qt::LeftButton);
    QVERIFY(document().edits().empty());
    QVERIFY(!discard->isVisible());
    undo().undo();
    QCOMPARE(document().edits().size(), size_t{2});
  }

  void pointingShowsTheWeightsOfABin() {
    QTRY_VERIFY(!document().result()->attention.empty());
    const RecordLayout& places = chart().places();
    const double hour = chart().content().hourOf(7);
    move(QPoint(int(std::lround(places.x(hour))), int(places.rect(0).top()) + 2));
    QCOMPARE(m_bench->selection.bin(), 7);
    QCOMPARE(m_bench->selection.modality(), 0);
    QCOMPARE(chart().shownBin(), 7);
    compareWeights(7);
    // Elsewhere pointed at: the same.
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(chart().viewport(), &leave);
    QCOMPARE(m_bench->selection.bin(), -1);
    QVERIFY(lane("hr").weights.empty());
    m_bench->selection.hover(-1, 1, 3);
    compareWeights(3);
    // A masked modality has none.
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QVERIFY(lane("hr").weights.empty());
    QVERIFY(!chart().content().lanes[laneOf("notes")].weights.empty());
  }

  void attentionIsWantedWhileShown() {
    QTRY_VERIFY(!document().result()->attention.empty());
    m_panel->hide();
    QVERIFY(m_bench->settle());
    QVERIFY(document().result()->attention.empty());
    document().toggleModality(1);
    QVERIFY(chart().dirty());
    m_panel->show();
    QVERIFY(!chart().dirty());
    QVERIFY(chart().content().lanes[laneOf("notes")].modalityMasked);
  }

  void manyVariablesScroll() {
    open(60);
    const RecordLayout& places = chart().places();
    QVERIFY(places.mostScroll() > 1000);
    for (size_t i = 0; i < 60; ++i) QVERIFY(places.rect(i).height() >= RecordLayout::kLeastLane);
    const QRectF axis = places.axis();
    chart().verticalScrollBar()->setValue(chart().verticalScrollBar()->maximum());
    QCOMPARE(chart().places().axis(), axis);  // sticky
    const size_t last = chart().content().lanes.size() - 1;
    QVERIFY(chart().places().lanes().contains(chart().places().rect(last).center()));
    // Walking by keyboard scrolls along.
    chart().clearFocus();
    chart().setFocus(Qt::TabFocusReason);
    for (int i = 0; i < 30; ++i) QTest::keyClick(&chart(), Qt::Key_Down);
    const size_t now = chart().selectedMark()->lane;
    QVERIFY(chart().places().lanes().contains(chart().places().rect(now).center()));
  }

  void labelsDoNotOverlap() {
    const size_t at = laneOf("notes");
    std::vector<QRectF> taken;
    const QFontMetricsF metrics(themeFont(kCaptionPixels));
    const RecordLane& notes = chart().content().lanes[at];
    for (size_t i = 0; i < notes.marks.size(); ++i) {
      QVERIFY(chart().places().place(at, i).labelled);
      const QPointF mark = chart().places().mark(notes, at, i);
      const QRectF label(mark.x() + 8, mark.y() - 6, metrics.horizontalAdvance(notes.names[i]), 12);
      for (const QRectF& other : taken) QVERIFY(!other.intersects(label));
      taken.push_back(label);
    }
  }

  void tableHasNoDocumentsAndAllMarks() {
    drag(place({laneIndex("sbp"), 3}), place({laneIndex("sbp"), 3}) + QPoint(10, -10));
    m_bench->selection.hover(-1, 0, 7);
    const Table table = m_panel->table(false);
    QCOMPARE(table.columns.last(), QStringLiteral("mTAND weight, bin 8"));
    QCOMPARE(table.rows.size(), size_t{3 + 20 + 16 + 24 + 3 + 3 + 2});
    for (const QStringList& row : table.rows) {
      QCOMPARE(row.size(), table.columns.size());
      QVERIFY(!row.join(' ').contains(QStringLiteral("Nursing note")));
      QVERIFY(!row.join(' ').contains(QString::number(test::FakeCohort::kFirstStay)));
    }
    const auto moved = std::ranges::count_if(table.rows, [](const QStringList& row) { return row[7] == "moved"; });
    QCOMPARE(moved, 1);
  }

  void drawsVectorsAlone() {
    QPicture picture;
    QPainter painter(&picture);
    m_panel->draw(painter, QRect(0, 0, 500, 260));
    painter.end();
    QVERIFY(picture.size() > 1000);
    // A recorded pixmap or image would be many times larger than lines and letters.
    QVERIFY(picture.size() < 200000);
  }

  void documents() {
    const size_t at = chart().content().lanes.size() - 1;
    QCOMPARE(chart().content().lanes[at].names.size(), size_t{3});
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({at, 0}));
    DocumentViewer& viewer = m_panel->viewer();
    QTRY_VERIFY(viewer.isVisible() && !viewer.loading());
    auto* text = viewer.findChild<QPlainTextEdit*>();
    QVERIFY(!text->isVisible());  // hidden until asked for
    auto* show = button(QStringLiteral("Show note"));
    QTest::mouseClick(show, Qt::LeftButton);
    QVERIFY(text->isVisible() && text->isReadOnly());
    QVERIFY(text->toPlainText().startsWith(QStringLiteral("Short of breath")));
    QTest::mouseClick(button(QStringLiteral("Back to the record")), Qt::LeftButton);
    QVERIFY(chart().isVisible());
    // The note of the next visit is hidden again.
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({at, 0}));
    QTRY_VERIFY(show->isVisible());
    QVERIFY(!text->isVisible());
    QTest::keyClick(&viewer, Qt::Key_Escape);
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({at, 1}));
    auto* waveform = viewer.findChild<WaveformView*>();
    QTRY_VERIFY(waveform->isVisible());
    QCOMPARE(waveform->seconds(), 2.5);
    QCOMPARE(waveform->scale(), QStringLiteral("strong squares: 0.2 s × 0.5 mV"));
    QTest::keyClick(&viewer, Qt::Key_Escape);
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({at, 2}));
    auto* image = viewer.findChild<ImageView*>();
    QTRY_VERIFY(image->isVisible());
    const double fit = image->scale();
    QTest::keyClick(image, Qt::Key_Plus);
    QVERIFY(image->scale() > fit);
    QTest::keyClick(image, Qt::Key_Home);
    QCOMPARE(image->scale(), fit);
  }

  void anotherStayHasItsOwnDocuments() {
    document().selectStay(test::FakeCohort::kFirstStay + 1);
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(chart().content().lanes.back().kind, RecordLane::Kind::Missing);
    QVERIFY(!m_panel->viewer().isVisible());
  }

  void damagedDocuments_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("no image") << int(DocumentKind::Image) << QByteArray("nothing") << "image cannot be read";
    QTest::newRow("cut image") << int(DocumentKind::Image) << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                               << "image cannot be read";
    QTest::newRow("huge image") << int(DocumentKind::Image) << hugeImage() << "too many to show";
    QTest::newRow("no waveform") << int(DocumentKind::Waveform) << QByteArray("FMW1") << "waveform cannot be read";
    QTest::newRow("empty waveform") << int(DocumentKind::Waveform) << QByteArray() << "waveform cannot be read";
  }
  void damagedDocuments() {
    QFETCH(int, kind);
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    m_bench->cohort->storedDocuments() = {{{"ecg", 0, 5, DocumentKind(kind), "Damaged", 0}, content.toStdString()}};
    m_panel->viewer().open({"ecg", 0, 5, DocumentKind(kind), "Damaged", 0}, QStringLiteral("5 h"));
    QTRY_VERIFY(!m_panel->viewer().loading());
    const auto labels = m_panel->viewer().findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(says); }));
    QVERIFY(!m_panel->viewer().findChild<ImageView*>()->isVisible());
    QVERIFY(!m_panel->viewer().findChild<WaveformView*>()->isVisible());
  }

  void golden_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void golden() {
    QFETCH(bool, dark);
    setTheme(dark);
    compare(QStringLiteral("recorded"), dark);
    // Edits of every kind, and the weights of a bin.
    drag(place({laneIndex("hr"), 6}), place({laneIndex("hr"), 6}) + QPoint(10, -14));
    drag(place({laneIndex("sbp"), 9}), place({laneIndex("sbp"), 9}) + QPoint(20, 9));
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, place({laneIndex("spo2"), 8}));
    QTest::keyClick(&chart(), Qt::Key_Delete);
    QTest::mouseDClick(chart().viewport(), Qt::LeftButton, {},
                       QPoint(int(chart().places().x(20)), int(chart().places().rect(4).center().y())));
    RecordEdits edits = with(document().edits(), MaskWindow{"vitals", 38, 44});
    edits = with(edits, MaskVariable{"vitals", "creatinine"});
    document().setEdits(with(edits, MoveObservation{"facts", "age", 0, 0, 4}), QStringLiteral("edit"));
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    chart().verticalScrollBar()->setValue(0);
    m_bench->selection.hover(-1, -1, 8);
    compare(QStringLiteral("edited"), dark);
    m_bench->selection.clear();
    m_panel->viewer().open(m_bench->cohort->storedDocuments()[1].entry, QStringLiteral("14.0 h"));
    Q_EMIT chart().documentChosen(1);
    QTRY_VERIFY(m_panel->viewer().findChild<WaveformView*>()->isVisible());
    compare(QStringLiteral("ecg"), dark);
    setTheme(false);
  }

 private:
  void open(int variables) {
    m_panel.reset();
    m_bench = std::make_unique<Workbench>();
    m_bench->cohort = std::make_shared<test::IcuCohort>(variables);
    for (StayDocument& stored : m_bench->cohort->storedDocuments()) stored.entry.modality = "ecg";
    m_bench->model = std::make_shared<test::FakeModel>(test::icuConfig(variables));
    m_panel = std::make_unique<RecordPanel>(m_bench->context());
    m_panel->resize(620, 460);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    QVERIFY(m_bench->start());
    QTRY_COMPARE(chart().content().lanes.back().kind, RecordLane::Kind::Documents);
    m_lowBefore.clear();
    for (const RecordLane& each : chart().content().lanes) m_lowBefore[each.variable] = each.low;
  }

  void setTheme(bool dark) {
    const Theme theme = dark ? Theme::darkTheme() : Theme::light();
    applyStyle(*qApp, theme);
    m_bench->appearance.setTheme(theme);
  }

  void compare(const QString& name, bool dark) {
    chart().clearFocus();
    const QString path =
        QStringLiteral("record/%1-%2").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light"));
    QCOMPARE(test::compareWithGolden(m_panel->grab().toImage(), path), QString());
  }

  void compareWeights(int bin) {
    const AttentionMap& map = document().result()->attention.front();
    const RecordLane& hr = lane("hr");
    QCOMPARE(hr.weights.size(), hr.marks.size());
    for (size_t i = 0; i < hr.marks.size(); ++i) {
      const auto at = std::ranges::find(map.hours, hr.marks[i].shown.hour) - map.hours.begin();
      QCOMPARE(hr.weights[i], double(map.weights[size_t(bin) * map.hours.size() + size_t(at)]));
    }
  }

  /// A PNG header that claims 60,000 × 60,000 pixels.
  static QByteArray hugeImage() {
    return QByteArray::fromHex("89504e470d0a1a0a0000000d494844520000ea600000ea600802000000") +
           QByteArray::fromHex("0fb0e215000000004944415435af061e");
  }

  RecordChart& chart() const { return m_panel->chart(); }
  Document& document() { return m_bench->document; }
  QUndoStack& undo() { return m_bench->document.undoStack(); }
  size_t laneIndex(const std::string& variable) const {
    const auto& lanes = chart().content().lanes;
    return size_t(std::ranges::find(lanes, variable, &RecordLane::variable) - lanes.begin());
  }
  size_t laneOf(const std::string& modality) const {
    const auto& lanes = chart().content().lanes;
    return size_t(std::ranges::find(lanes, modality, &RecordLane::modality) - lanes.begin());
  }
  const RecordLane& lane(const std::string& variable) const { return chart().content().lanes.at(laneIndex(variable)); }
  QPoint place(const MarkRef& ref) const {
    return chart().places().mark(chart().content().lanes.at(ref.lane), ref.lane, ref.mark).toPoint();
  }
  QPushButton* button(const QString& text) const {
    for (QPushButton* each : m_panel->findChildren<QPushButton*>())
      if (each->text() == text) return each;
    return nullptr;
  }
  QPushButton* maskButton() const { return button(QStringLiteral("Mask window")); }

  void press(const QPoint& at, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(chart().viewport(), Qt::LeftButton, modifiers, at);
  }
  void release(const QPoint& at) { QTest::mouseRelease(chart().viewport(), Qt::LeftButton, {}, at); }
  /// With modifiers, which QTest::mouseMove cannot say.
  void move(const QPoint& at, Qt::KeyboardModifiers modifiers = {}) {
    QWidget* viewport = chart().viewport();
    QMouseEvent event(QEvent::MouseMove, at, viewport->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &event);
  }
  void drag(const QPoint& from, const QPoint& to) {
    press(from);
    move((from + to) / 2);
    move(to);
    release(to);
  }
  /// Chooses an entry of the context menu at a place.
  void choose(const QPoint& at, const QString& text) {
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, chart().viewport()->mapToGlobal(at));
    QApplication::sendEvent(chart().viewport(), &event);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const auto actions = menu->actions();
    const auto found = std::ranges::find(actions, text, &QAction::text);
    QVERIFY2(found != actions.end(), qPrintable(text));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(*found).center());
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<RecordPanel> m_panel;
  std::map<std::string, double> m_lowBefore;
};

QTEST_MAIN(TestRecord)
#include "tst_record.moc"
