// What is changed about the model while it predicts: an undoable edit, said in a banner, never part of the reference.
#include <QPushButton>
#include <QTest>

#include "export/provenance.h"
#include "state/document_text.h"
#include "support/workbench.h"
#include "window/intervention_banner.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

Intervention knockOut(int layer, int expert) {
  Intervention intervention;
  intervention.experts.push_back({ExpertChange::Kind::KnockOut, layer, expert, -1});
  return intervention;
}

}  // namespace

class TestIntervention : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
  }
  void cleanup() { m_bench.reset(); }

  void changesTheResultAndNotTheReference() {
    QVERIFY(m_bench->start());
    const float before = document().result()->probability.front();
    document().setIntervention(knockOut(0, 3));
    QVERIFY(m_bench->settle());
    QVERIFY(document().result()->probability.front() != before);
    QCOMPARE(document().result()->layers[0].routers[0].meanDense[3], 0.0F);
    QVERIFY(document().result()->layers[1].routers[0].meanDense[3] > 0.0F);
    QCOMPARE(document().reference()->probability.front(), before);
    QVERIFY(document().ghost() && document().ghost() != document().result());
    QCOMPARE(referenceName(document()), QStringLiteral("as recorded, as trained"));
  }

  void isUndone() {
    QVERIFY(m_bench->start());
    const float before = document().result()->probability.front();
    document().setIntervention(knockOut(1, 2));
    QVERIFY(m_bench->settle());
    document().undoStack().undo();
    QVERIFY(m_bench->settle());
    QVERIFY(document().state().intervention.empty());
    QCOMPARE(document().result()->probability.front(), before);
    document().undoStack().redo();
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().intervention, knockOut(1, 2));
  }

  void whatTheModelCannotDoIsSaid() {
    QVERIFY(m_bench->start());
    std::string said;
    connect(&document(), &Document::errorRaised, this, [&said](const Error& error) { said = error.what; });
    document().setIntervention(knockOut(0, 99));
    QVERIFY(!said.empty());
    QVERIFY(document().state().intervention.empty());
    QCOMPARE(document().undoStack().count(), 0);
  }

  void trainingMeansAreComputedWhenAsked() {
    QVERIFY(m_bench->start());
    document().toggleModality(1);
    QVERIFY(m_bench->settle());
    const float learned = document().result()->probability.front();
    Intervention mean;
    mean.missing = MissingSubstitute::TrainingMean;
    document().setIntervention(mean);
    QVERIFY(!document().settled());
    QVERIFY(m_bench->settle());
    QVERIFY(document().intervention().means != nullptr);
    QVERIFY(document().state().intervention.means == nullptr);  // never saved
    QVERIFY(document().result()->probability.front() > learned);
    // Known from now on: nothing is read again.
    document().setIntervention({});
    QVERIFY(m_bench->settle());
    document().setIntervention(mean);
    QVERIFY(!document().loadingMeans());
    QVERIFY(m_bench->settle());
  }

  void anotherModelWithoutTheExpertDropsIt() {
    m_bench->otherConfig.experts = 4;
    QVERIFY(m_bench->start());
    document().setIntervention(knockOut(0, 9));
    QVERIFY(m_bench->settle());
    document().openModel("other.safetensors");
    QVERIFY(m_bench->settle());
    QVERIFY(document().state().intervention.empty());
    document().undoStack().undo();
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().intervention, knockOut(0, 9));
  }

  void aSessionBringsItBack() {
    QVERIFY(m_bench->start());
    SessionState wanted = document().state();
    wanted.intervention = knockOut(0, 3);
    document().openSession(wanted, QStringLiteral("open"));
    QVERIFY(m_bench->settle());
    QCOMPARE(document().result()->layers[0].routers[0].meanDense[3], 0.0F);
  }

  void exportsSayIt() {
    QVERIFY(m_bench->start());
    document().setIntervention(knockOut(1, 6));
    QVERIFY(m_bench->settle());
    const Provenance provenance = provenanceOf(document(), Identifiers::Hidden);
    QCOMPARE(provenance.intervention, QStringLiteral("knock-out 2:7"));
    QVERIFY(provenance.footer().join(' ').contains(QStringLiteral("knock-out 2:7")));
    const auto facts = provenance.facts();
    QVERIFY(std::any_of(facts.begin(), facts.end(), [](const auto& fact) { return fact.first == "intervention"; }));
    document().setIntervention({});
    QVERIFY(!provenanceOf(document(), Identifiers::Hidden).footer().join(' ').contains(QStringLiteral("knock")));
  }

  void theBannerSaysItAndRemoves() {
    QVERIFY(m_bench->start());
    QWidget window;
    InterventionBanner banner(m_bench->context(), &window);
    window.show();
    QVERIFY(!banner.isVisible());
    document().setIntervention(knockOut(1, 6));
    QVERIFY(banner.isVisible());
    QCOMPARE(banner.text(), QStringLiteral("Experts changed: knock-out 2:7 — not the trained model"));
    Intervention gate;
    gate.gate = Gate::Gaussian;
    document().setIntervention(gate);
    QCOMPARE(banner.text(), QStringLiteral("Gate: gaussian, not trained with this gate"));
    QTest::mouseClick(&banner.removeButton(), Qt::LeftButton);
    QVERIFY(document().state().intervention.empty());
    QVERIFY(!banner.isVisible());
    QVERIFY(m_bench->settle());
  }

 private:
  Document& document() { return m_bench->document; }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_MAIN(TestIntervention)
#include "tst_intervention.moc"
