// The document: edits, undo, opening, failures.
#include <QSignalSpy>
#include <QTest>
#include <random>

#include "state/document_text.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

constexpr std::int64_t kFirst = FakeCohort::kFirstStay;

}  // namespace

class TestDocument : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    QVERIFY(m_bench->start());
  }
  void cleanup() {
    m_bench->model->openGate();
    m_bench.reset();
  }

  void startIsNotAnEdit() {
    QCOMPARE(document().undoStack().count(), 0);
    QCOMPARE(document().state().stayId, kFirst);
    QCOMPARE(document().result(), document().reference());
  }

  void aToggleIsOneCommand() {
    document().toggleModality(0);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("mask Lipids"));
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->key.mask, 1U);
    QCOMPARE(document().reference()->key.mask, 0U);
    QCOMPARE(document().modalityState(0), ModalityState::Masked);
    document().undoStack().undo();
    QVERIFY(document().settled());  // from the cache
    QCOMPARE(document().result()->key.mask, 0U);
    document().undoStack().redo();
    QCOMPARE(document().result()->key.mask, 1U);
  }

  void anAbsentModalityCannotBeToggled() {
    document().selectStay(kFirst + 1);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().modalityState(3), ModalityState::Absent);
    const int edits = document().undoStack().count();
    document().toggleModality(3);
    document().setMasked(3, false);
    document().toggleModality(-1);
    document().toggleModality(99);
    QCOMPARE(document().undoStack().count(), edits);
  }

  void restoreBringsAllBack() {
    document().toggleModality(0);
    document().toggleModality(2);
    document().restoreModalities();
    QVERIFY(m_bench->settle());
    QCOMPARE(document().mask(), 0U);
    document().undoStack().undo();
    QCOMPARE(document().mask(), 0b101U);
  }

  void viewEditsMergeAndVanishAtTheStart() {
    document().setLayer(1);
    QCOMPARE(document().undoStack().count(), 1);
    document().setLayer(0);
    QCOMPARE(document().undoStack().count(), 0);
    document().setLayer(1);
    document().setDistribution(Distribution::TopK);
    QCOMPARE(document().undoStack().count(), 2);
    document().setLayer(7);
    QCOMPARE(document().layer(), 1);  // the model has two
  }

  void undoAllIsTheFirstStateRedoAllTheLast() {
    const SessionState first = document().state();
    std::mt19937 random(42);
    for (int i = 0; i < 200; ++i) randomEdit(random);
    QVERIFY(m_bench->settle());
    const SessionState last = document().state();
    QUndoStack& stack = document().undoStack();
    while (stack.canUndo()) stack.undo();
    QVERIFY(document().state() == first);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->key.mask, document().mask());
    QCOMPARE(document().sample()->stayId, first.stayId);
    while (stack.canRedo()) stack.redo();
    QVERIFY(document().state() == last);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->key.mask, document().mask());
    QCOMPARE(document().result()->key.sampleDigest, document().sample()->digest);
  }

  void undoIsBounded() {
    for (int i = 0; i < 250; ++i) document().toggleModality(i % 5);
    QCOMPARE(document().undoStack().count(), Document::kUndoLimit);
    QVERIFY(m_bench->settle());
  }

  void masksStayWhenTheStayChanges() {
    document().toggleModality(1);
    document().selectStay(kFirst + 5);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().mask(), 0b10U);
    QCOMPARE(document().result()->key.mask, 0b10U);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("stay 30046"));
  }

  void theLastStayAskedForWins() {
    for (int i = 1; i < 20; ++i) document().selectStay(kFirst + i);
    QCOMPARE(document().wantedStay(), kFirst + 19);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().stayId, kFirst + 19);
    QCOMPARE(document().undoStack().count(), 1);
  }

  void anUnknownStayIsAnError() {
    QSignalSpy errors(&document(), &Document::errorRaised);
    const SessionState before = document().state();
    document().selectStay(7);
    QVERIFY(m_bench->settle());
    QCOMPARE(errors.size(), 1);
    QVERIFY(document().state() == before);
  }

  void badFilesChangeNothing_data() {
    QTest::addColumn<bool>("model");
    QTest::newRow("model") << true;
    QTest::newRow("cohort") << false;
  }
  void badFilesChangeNothing() {
    QFETCH(const bool, model);
    QSignalSpy errors(&document(), &Document::errorRaised);
    const SessionState before = document().state();
    const ResultPtr result = document().result();
    if (model) {
      document().openModel("bad.safetensors");
    } else {
      document().openCohort("bad.sqlite");
    }
    QVERIFY(m_bench->settle());
    QCOMPARE(errors.size(), 1);
    QVERIFY(document().state() == before);
    QCOMPARE(document().result(), result);
    QCOMPARE(document().undoStack().count(), 0);
  }

  void openingAModelIsUndoable() {
    const ModelPtr before = document().model();
    document().openModel("other.safetensors");
    QVERIFY(m_bench->settle());
    QVERIFY(document().model() != before);
    QCOMPARE(document().result()->key.modelDigest, document().model()->info().digest);
    document().undoStack().undo();
    QVERIFY(m_bench->settle());
    QCOMPARE(document().model(), before);
    QCOMPARE(document().state().modelPath, before->info().path);
    QCOMPARE(document().result()->key.modelDigest, before->info().digest);
  }

  void openingACohortKeepsTheStayItAlsoHas() {
    document().selectStay(kFirst + 3);
    QVERIFY(m_bench->settle());
    document().openCohort("other.sqlite");
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().cohortPath, std::string("other.sqlite"));
    QCOMPARE(document().state().stayId, kFirst + 3);
    document().undoStack().undo();
    QCOMPARE(document().state().cohortPath, std::string("fake.sqlite"));
  }

  void aFailedRunShowsNothingWrong() {
    QSignalSpy errors(&document(), &Document::errorRaised);
    m_bench->model->failFromNow();
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QCOMPARE(errors.size(), 1);
    QVERIFY(!document().result());
    document().undoStack().undo();
    QVERIFY(document().result());
    QCOMPARE(document().result()->key.mask, 0U);
  }

  void theTraceFollowsEdits() {
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    const auto& points = document().trace().points();
    QCOMPARE(points.size(), std::size_t(3));
    QCOMPARE(points[1].mask, 1U);
    QCOMPARE(points[2].regularizer.at(1), document().result()->layers[1].entropy.regularizer);
  }

  void theSummaryNamesWhatIsShown() {
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    const QString text = textSummary(document());
    for (const char* line : {"stay: 30041", "modality Lipids: masked", "modality Body: present", "layer 2",
                             "Not for clinical decisions"}) {
      QVERIFY2(text.contains(QLatin1String(line)), line);
    }
    QVERIFY(emptyHint(document()).isEmpty());
  }

 private:
  Document& document() { return m_bench->document; }

  void randomEdit(std::mt19937& random) {
    const auto pick = [&](int count) { return int(random() % unsigned(count)); };
    switch (pick(11)) {
      case 0:
        document().setLayer(pick(2));
        break;
      case 1:
        document().setDistribution(pick(2) ? Distribution::Dense : Distribution::TopK);
        break;
      case 2:
        document().setLoadMeasure(pick(2) ? LoadMeasure::Tokens : LoadMeasure::Importance);
        break;
      case 3:
        document().selectStay(kFirst + pick(40));
        QVERIFY(m_bench->settle());
        break;
      case 4:
        document().setFilter(std::to_string(pick(3)));
        break;
      case 5:
        if (pick(2)) document().beginGesture();
        document().setEdits({MoveObservation{"lipids", "lipids_a", 0, 0, float(pick(3))}}, QStringLiteral("move"));
        break;
      case 6:
        document().pin();
        break;
      case 7:
        document().unpin();
        break;
      case 8:
        document().setSlices({{"one", std::to_string(pick(9))}}, QStringLiteral("slices"));
        break;
      default:
        document().toggleModality(pick(5));
    }
  }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
