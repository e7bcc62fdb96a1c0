// What the shown state is compared with: as recorded, a pinned state, another model, another stay; and what-if edits.
#include <QSignalSpy>
#include <QTest>

#include "state/document_text.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

constexpr std::int64_t kFirst = FakeCohort::kFirstStay;

RecordEdit moved(float value) {
  return MoveObservation{"lipids", "lipids_a", 1, 0, value};
}

}  // namespace

class TestReference : public QObject {
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

  void aPinnedStateStaysWhereItWas() {
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    const ResultPtr pinned = document().result();
    document().pin();
    QCOMPARE(document().reference(), pinned);
    QCOMPARE(referenceName(document()), QStringLiteral("A"));
    document().toggleModality(2);
    document().selectStay(kFirst + 5);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().reference()->probability, pinned->probability);
    QCOMPARE(document().reference()->key.mask, 1U);
    QCOMPARE(document().result()->key.mask, 0b101U);
    QCOMPARE(document().referenceSample()->stayId, kFirst);
    document().undoStack().undo();
    document().undoStack().undo();
    document().undoStack().undo();  // the pin
    QVERIFY(m_bench->settle());
    QCOMPARE(referenceName(document()), QStringLiteral("as recorded"));
    QCOMPARE(document().reference()->key.mask, 0U);
  }

  void flippingShowsTheReferenceAndBack() {
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QSignalSpy changes(&document(), &Document::resultChanged);
    document().setFlipped(true);
    QCOMPARE(document().result()->key.mask, 0U);
    QCOMPARE(document().ghost()->key.mask, 1U);
    document().setFlipped(true);
    document().setFlipped(false);
    QCOMPARE(document().result()->key.mask, 1U);
    QCOMPARE(document().ghost()->key.mask, 0U);
    QCOMPARE(changes.count(), 2);
    QCOMPARE(document().undoStack().count(), 1);  // flipping is no edit
  }

  void anotherModelFollowsStayAndMask() {
    document().compareWithModel("other.safetensors");
    QVERIFY(document().loadingReference());
    QCOMPARE(referenceName(document()), QStringLiteral("as recorded"));  // until it is there
    QVERIFY(m_bench->settle());
    QCOMPARE(referenceName(document()), QStringLiteral("A: other.safetensors"));
    document().toggleModality(1);
    document().selectStay(kFirst + 5);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().reference()->key.modelDigest, std::string("digest of other.safetensors"));
    QCOMPARE(document().reference()->key.mask, 0b10U);
    QCOMPARE(document().reference()->key.sampleDigest, document().result()->key.sampleDigest);
    QVERIFY(document().comparable());
  }

  void aModelThatCannotBeOpenedChangesNothing() {
    QSignalSpy errors(&document(), &Document::errorRaised);
    document().compareWithModel("bad.safetensors");
    QVERIFY(m_bench->settle());
    QCOMPARE(errors.count(), 1);
    QVERIFY(document().state().reference.isAsRecorded());
    QCOMPARE(document().reference()->key.modelDigest, document().result()->key.modelDigest);
  }

  void anotherStayFollowsModelAndMask() {
    document().compareWithStay(kFirst + 5);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().referenceSample()->stayId, kFirst + 5);
    QCOMPARE(document().sample()->stayId, kFirst);
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().reference()->key.mask, 0b10U);
    QCOMPARE(referenceName(document()), QStringLiteral("A: stay 30046"));
  }

  void aStayThatIsNotThereChangesNothing() {
    QSignalSpy errors(&document(), &Document::errorRaised);
    document().compareWithStay(7);
    QVERIFY(m_bench->settle());
    QCOMPARE(errors.count(), 1);
    QVERIFY(document().state().reference.isAsRecorded());
  }

  void aPinnedModelIsKeptWhenAnotherOpens() {
    document().pin();
    const std::string digest = document().result()->key.modelDigest;
    document().openModel("other.safetensors");
    QVERIFY(m_bench->settle());
    QCOMPARE(document().reference()->key.modelDigest, digest);
    QCOMPARE(document().result()->key.modelDigest, std::string("digest of other.safetensors"));
  }

  void anotherCohortDropsWhatWasSaidOfItsStays() {
    document().setEdits({moved(1)}, QStringLiteral("move"));
    document().pin();
    const SessionState before = document().state();
    m_bench->cohort = std::make_shared<FakeCohort>(12);
    document().openCohort("other.sqlite");
    QVERIFY(m_bench->settle());
    QVERIFY(document().state().edits.empty());
    QVERIFY(document().state().reference.isAsRecorded());
    document().undoStack().undo();
    QVERIFY(m_bench->settle());
    QVERIFY(document().state() == before);
    QCOMPARE(document().edits().size(), std::size_t(1));
  }

  void editsChangeTheSampleAndNothingElse() {
    const SamplePtr recorded = document().recordedSample();
    document().setEdits({moved(2)}, QStringLiteral("move"));
    QVERIFY(m_bench->settle());
    QCOMPARE(document().recordedSample(), recorded);
    QVERIFY(document().sample() != recorded);
    const float was = recorded->modality("lipids")->variables[0].observations[1].value;
    QCOMPARE(document().sample()->modality("lipids")->variables[0].observations[1].value, was + 2);
    QCOMPARE(document().result()->key.sampleDigest, document().sample()->digest);
    QCOMPARE(document().reference()->key.sampleDigest, recorded->digest);
    document().selectStay(kFirst + 2);
    QVERIFY(m_bench->settle());
    QVERIFY(document().edits().empty());
    document().selectStay(kFirst);
    QVERIFY(m_bench->settle());
    QCOMPARE(document().edits().size(), std::size_t(1));  // kept for its stay
  }

  void aDragIsOneCommandAndBackAtTheStartNone() {
    document().beginGesture();
    for (int i = 1; i <= 20; ++i) document().setEdits({moved(float(i))}, QStringLiteral("move to %1").arg(i));
    QCOMPARE(document().undoStack().count(), 1);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("move to 20"));
    document().beginGesture();
    document().setEdits({moved(30)}, QStringLiteral("move to 30"));
    QCOMPARE(document().undoStack().count(), 2);
    document().setEdits({moved(20)}, QStringLiteral("move to 20"));
    QCOMPARE(document().undoStack().count(), 1);
    document().undoStack().undo();
    QVERIFY(document().edits().empty());
    QCOMPARE(document().sample(), document().recordedSample());
    QVERIFY(m_bench->settle());
  }

  void statesOfOneModelShareTheirAxes() {
    document().setProjectionWanted(true);
    document().toggleModality(0);
    QVERIFY(m_bench->settle());
    QVERIFY(document().result()->basis && document().reference()->basis);
    QCOMPARE(document().result()->basis->source, document().reference()->basis->source);
    QCOMPARE(document().reference()->basis->source, projectionSource(document().reference()->key));
    document().setProjectionWanted(false);
    QVERIFY(m_bench->settle());
    QVERIFY(!document().result()->basis);
  }

 private:
  Document& document() { return m_bench->document; }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestReference)
#include "tst_reference.moc"
