// The sweep over all stays: its numbers, its sums, and how it stands back, stops and starts anew.
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "state/cohort_sweep.h"
#include "state/load_sums.h"
#include "state/stay_query.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::FakeModel;
using fusemoe::test::Workbench;
using State = CohortSweep::State;

namespace {

/// The same cohort after someone wrote to its file.
class ChangedCohort : public FakeCohort {
 public:
  ChangedCohort() : m_info(FakeCohort::info()) { m_info.digest = "another digest"; }
  const CohortInfo& info() const override { return m_info; }

 private:
  CohortInfo m_info;
};

}  // namespace

class TestCohortSweep : public QObject {
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

  void theNumbersAreThoseOfPredict() {
    sweepAll();
    const std::vector<StaySummary> stays = *m_bench->cohort->stays();
    std::vector<double> tokens(12, 0.0), weights(12, 0.0);
    constexpr int kLayer = 1, kRouter = 3;
    for (std::size_t row = 0; row < stays.size(); ++row) {
      const ResultPtr alone = predict(stays[row].stayId);
      QCOMPARE(sweep().risk(int(row)), alone->probability.front());
      const RouterResult& router = alone->layers[kLayer].routers[kRouter];
      for (std::size_t e = 0; e < 12; ++e) {
        tokens[e] += received(router, LoadMeasure::Tokens)[e];
        weights[e] += double(router.meanTopK[e]);
      }
    }
    const SweepTable& table = sweep().table();
    const LoadSum& total = table.total(kLayer);
    QCOMPARE(total.stays, 40);
    QCOMPARE(table.received(total, kRouter, LoadMeasure::Tokens), tokens);
    const std::vector<double> summed = table.received(total, kRouter, LoadMeasure::Importance);
    for (std::size_t e = 0; e < 12; ++e) QVERIFY(std::abs(summed[e] - weights[e]) <= 40.0 / 65535);
    QVERIFY(std::isnan(sweep().risk(40)) && std::isnan(sweep().risk(-1)));
  }

  void ofSeveralLabelsTheHighestIsShown() {
    ModelConfig config = test::fakeConfig();
    RoutingResult result;
    result.probability = {0.2F, 0.7F, 0.1F};
    QCOMPARE(shownRisk(config, result), 0.2F);
    config.task.kind = TaskKind::MultiLabel;
    QCOMPARE(shownRisk(config, result), 0.7F);
  }

  void progressIsATaskAndItsCancelStops() {
    holdAtFirstStay();
    QCOMPARE(m_bench->tasks.running().size(), 1);
    QCOMPARE(m_bench->tasks.running().front()->title(), QStringLiteral("Risk column"));
    m_bench->tasks.running().front()->askToStop();
    QVERIFY(m_bench->tasks.running().isEmpty());
    QCOMPARE(sweep().state(), State::Stopped);
    m_bench->model->openGate();
    sweep().resume();
    QCOMPARE(m_bench->tasks.running().size(), 1);
    QTRY_COMPARE(sweep().state(), State::Done);
    QVERIFY(m_bench->tasks.running().isEmpty());
    QCOMPARE(sweep().table().triedCount(), std::size_t(40));
    QCOMPARE(sweep().table().total(0).stays, 40);
  }

  void switchedOffItStopsAndKeepsWhatItHas() {
    sweepAll();
    sweep().setEnabled(false);
    QCOMPARE(sweep().state(), State::Off);
    QVERIFY(!std::isnan(sweep().risk(5)));
    const int runs = m_bench->model->runs();
    sweep().setEnabled(true);
    QCOMPARE(sweep().state(), State::Done);
    QCOMPARE(m_bench->model->runs(), runs);
  }

  void theUsersOwnStateGoesFirst() {
    holdAtFirstStay();
    int runsAtAnswer = 0;
    const int runs = m_bench->model->runs();
    connect(&m_bench->document, &Document::resultChanged, this, [&] { runsAtAnswer = m_bench->model->runs(); });
    m_bench->document.setMasked(0, true);
    m_bench->model->openGate();
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.result()->key.mask, 1U);
    QCOMPARE(runsAtAnswer, runs + 1);  // the state asked for: the stay that was being computed stepped aside
    QTRY_COMPARE(sweep().state(), State::Done);
  }

  void anotherModelStartsAnewAndUndoBringsTheFirstBack() {
    sweepAll();
    const float first = sweep().risk(7);
    const int runs = m_bench->model->runs();
    QSignalSpy restarted(&sweep(), &CohortSweep::restarted);
    m_bench->document.openModel("other.safetensors");
    QVERIFY(m_bench->settle());
    QVERIFY(!restarted.isEmpty());
    QTRY_COMPARE(sweep().state(), State::Done);
    m_bench->document.undoStack().undo();
    QCOMPARE(sweep().state(), State::Done);
    QCOMPARE(sweep().risk(7), first);
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->model->runs(), runs);  // neither the sweep nor the window computed again
  }

  void aSweepCutShortGoesOnWhereItWas() {
    holdAtFirstStay();
    m_bench->document.openModel("other.safetensors");
    m_bench->model->openGate();
    QVERIFY(m_bench->settle());
    QTRY_COMPARE(sweep().state(), State::Done);
    m_bench->document.undoStack().undo();
    QTRY_COMPARE(sweep().state(), State::Done);
    QCOMPARE(sweep().table().triedCount(), std::size_t(40));
    QCOMPARE(sweep().table().total(0).stays, 40);
  }

  void aStayTheModelCannotTakeIsAGap() {
    m_bench->model->failFromNow();
    sweepAll();
    QCOMPARE(sweep().table().failedCount(), std::size_t(40));
    QVERIFY(std::isnan(sweep().risk(0)));
    QCOMPARE(sweep().table().total(0).stays, 0);
  }

  void aChangedFileIsSaid() {
    QSignalSpy failed(&sweep(), &CohortSweep::failed);
    m_bench->cohort = std::make_shared<ChangedCohort>();
    sweep().setEnabled(true);
    QTRY_COMPARE(sweep().state(), State::Failed);
    QCOMPARE(failed.size(), 1);
    QVERIFY(m_bench->tasks.running().isEmpty());
  }

  void sumsOfASliceEqualThePlainSum_data() {
    QTest::addColumn<QString>("filter");
    QTest::newRow("all") << "";
    QTest::newRow("pattern") << "-comorbidity";
    QTest::newRow("split and label") << "train -label:unknown";
    QTest::newRow("risk") << "risk>0.4";
    QTest::newRow("none") << "elephant";
  }
  void sumsOfASliceEqualThePlainSum() {
    QFETCH(const QString, filter);
    m_bench->document.setLoadScope(LoadScope::Slice);
    m_bench->document.setFilter(filter.toStdString());
    LoadSums sums(m_bench->document, sweep());
    sweepAll();  // rows arrive while the scope is shown
    checkSum(sums, filter);
    m_bench->document.setFilter("lipids");
    m_bench->document.setFilter(filter.toStdString());  // and gone through again when all are known
    m_bench->document.setLayer(1);
    checkSum(sums, filter);
    m_bench->document.setLoadScope(LoadScope::Stay);
    QVERIFY(!sums.sum());
    m_bench->document.setLoadScope(LoadScope::Cohort);
    QCOMPARE(sums.stays(), 40);
    QVERIFY(*sums.sum() == sweep().table().total(1));
  }

  void beginningsOfIds() {
    QVERIFY(beginsWith(30041, 3) && beginsWith(30041, 300) && beginsWith(30041, 30041));
    QVERIFY(!beginsWith(30041, 41) && !beginsWith(30041, 300410) && !beginsWith(30041, 0) && !beginsWith(5, 50));
    QVERIFY(beginsWith(0, 0) && !beginsWith(0, 1));
  }

 private:
  CohortSweep& sweep() { return m_bench->sweep; }
  void sweepAll() {
    sweep().setEnabled(true);
    QTRY_COMPARE(sweep().state(), State::Done);
  }
  /// The sweep runs and waits in the model with its first stay.
  void holdAtFirstStay() {
    m_bench->model->closeGate();
    sweep().setEnabled(true);
    m_bench->model->waitAtGate();
    QCOMPARE(sweep().state(), State::Running);
  }
  ResultPtr predict(std::int64_t stayId) {
    const PredictRequest request{*m_bench->cohort->read(stayId), 0};
    return m_bench->model->predict({&request, 1}, {}, {})->front();
  }
  void checkSum(const LoadSums& sums, const QString& filter) {
    const StayQuery query(filter, m_bench->cohort->info());
    const SweepTable& table = sweep().table();
    LoadSum plain = table.emptySum();
    const std::vector<StaySummary> stays = *m_bench->cohort->stays();
    for (int row = 0; row < 40; ++row) {
      if (query.accepts(stays[size_t(row)], sweep().risk(row))) table.addTo(plain, m_bench->document.layer(), row);
    }
    QTRY_COMPARE(sums.stays(), plain.stays);
    if (plain.stays == 0) {
      QVERIFY(!sums.sum());
    } else {
      QTRY_VERIFY(sums.sum() && *sums.sum() == plain);
    }
  }

  std::unique_ptr<Workbench> m_bench;
};

QTEST_GUILESS_MAIN(TestCohortSweep)
#include "tst_cohort_sweep.moc"
