// The runner: cache, latest wins, stale answers, the busy state. Gates decide when a result comes; nothing sleeps.
#include <QSignalSpy>
#include <QTest>

#include "state/inference_runner.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::FakeModel;

class TestInferenceRunner : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_model = std::make_shared<FakeModel>();
    m_sample = *FakeCohort().read(FakeCohort::kFirstStay);
    m_runner = std::make_unique<InferenceRunner>(8);
    m_masks.clear();
    connect(m_runner.get(), &InferenceRunner::finished, this,
            [this](const ResultPtr& result, const ResultPtr& unmasked) {
              m_masks << result->key.mask;
              QCOMPARE(unmasked->key.mask, 0U);
            });
  }
  void cleanup() {
    m_model->openGate();
    m_runner.reset();
  }

  void bringsTheResultAndTheUnmaskedOne() {
    ask(0b101);
    QTRY_COMPARE(m_masks, QList<ModalityMask>{0b101});
    QCOMPARE(m_model->runs(), 2);
    ask(0b001);
    QTRY_COMPARE(m_masks.size(), 2);
    QCOMPARE(m_model->runs(), 3);  // the unmasked one is known
  }

  void anUnmaskedRequestComputesOnce() {
    ask(0);
    QTRY_COMPARE(m_masks.size(), 1);
    QCOMPARE(m_model->runs(), 1);
  }

  void goingBackComputesNothingAndAnswersAtOnce() {
    ask(0);
    QTRY_COMPARE(m_masks.size(), 1);
    ask(1);
    QTRY_COMPARE(m_masks.size(), 2);
    ask(0);
    QCOMPARE(m_masks.size(), 3);
    ask(1);
    QCOMPARE(m_masks, (QList<ModalityMask>{0, 1, 0, 1}));
    QCOMPARE(m_model->runs(), 2);
    QCOMPARE(m_runner->statistics().hits, std::size_t(2));
  }

  void theLatestRequestWins() {
    m_model->closeGate();
    ask(0b00001);
    m_model->waitAtGate();
    for (ModalityMask mask = 2; mask < 20; ++mask) ask(mask);
    m_model->openGate();
    QTRY_VERIFY(!m_runner->waiting());
    QCOMPARE(m_masks, QList<ModalityMask>{19});
    QVERIFY(m_model->runs() <= 4);  // the first batch, if not stopped, and the last: never one a request
  }

  void aStaleAnswerIsNotSent() {
    ask(0);
    QTRY_COMPARE(m_masks.size(), 1);
    m_model->closeGate();
    ask(1);
    m_model->waitAtGate();
    ask(0);  // from the cache, while the answer to 1 is under way
    QCOMPARE(m_masks, (QList<ModalityMask>{0, 0}));
    m_model->openGate();
    QTRY_COMPARE(m_runner->statistics().dropped, std::size_t(1));
    QCOMPARE(m_masks.size(), 2);
  }

  void busyIsSaidWhenItTakesLong() {
    QSignalSpy busy(m_runner.get(), &InferenceRunner::busyChanged);
    m_model->closeGate();
    ask(3);
    QVERIFY(!m_runner->busy());
    QTRY_VERIFY(m_runner->busy());
    m_model->openGate();
    QTRY_COMPARE(m_masks.size(), 1);
    QVERIFY(!m_runner->busy());
    QCOMPARE(busy.size(), 2);
  }

  void aFailureIsSaidOnce() {
    QSignalSpy failed(m_runner.get(), &InferenceRunner::failed);
    m_model->failFromNow();
    ask(0);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!m_runner->waiting());
    QVERIFY(m_masks.isEmpty());
  }

  void destructionWhileComputingIsClean() {
    m_model->closeGate();
    ask(1);
    m_model->waitAtGate();
    m_model->openGate();
    m_runner.reset();
    QCoreApplication::processEvents();
    QVERIFY(m_masks.isEmpty());
  }

 private:
  void ask(ModalityMask mask) { m_runner->request({m_model, m_sample, mask}, {m_model, m_sample, 0}, {}); }

  std::shared_ptr<FakeModel> m_model;
  SamplePtr m_sample;
  std::unique_ptr<InferenceRunner> m_runner;
  QList<ModalityMask> m_masks;
};

QTEST_GUILESS_MAIN(TestInferenceRunner)
#include "tst_inference_runner.moc"
