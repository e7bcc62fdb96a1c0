// The session file: round trip, damage, moving folders, and nothing of a patient in it.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <random>

#include "session/session_json.h"

using namespace fusemoe;

namespace {

class RandomSession {
 public:
  explicit RandomSession(unsigned seed) : m_random(seed) {}

  Session make() {
    Session session;
    SessionState& state = session.state;
    if (coin()) state.modelPath = path("safetensors");
    if (coin()) state.cohortPath = path("sqlite");
    if (!state.modelPath.empty() && coin()) session.modelDigest = std::string(64, 'a');
    if (!state.cohortPath.empty() && coin()) session.cohortDigest = std::string(64, 'b');
    state.stayId = stay();
    state.masked = names();
    for (int i = below(3); i > 0; --i) state.edits[stay()] = edits();
    state.reference = {};
    if (coin()) state.reference.modelPath = path("safetensors");
    if (state.reference.modelPath && coin()) session.referenceDigest = std::string(64, 'c');
    if (coin()) state.reference.stayId = stay();
    if (coin()) state.reference.masked = names();
    if (coin()) state.reference.edits = edits();
    if (coin()) state.intervention = intervention();
    state.filter = text();
    for (int i = below(4); i > 0; --i) state.slices.push_back({text(), text()});
    state.layer = below(9);
    state.distribution = Distribution(below(2));
    state.loadMeasure = LoadMeasure(below(2));
    state.loadScope = LoadScope(below(3));
    state.routingView = RoutingView(below(3));
    return session;
  }

 private:
  int below(int count) { return int(m_random() % unsigned(count)); }
  bool coin() { return below(2) == 1; }
  std::int64_t stay() { return std::int64_t(m_random() >> 1U) - (coin() ? std::int64_t(1) << 60 : 0); }
  float number() { return std::uniform_real_distribution<float>(-1e6F, 1e6F)(m_random); }
  std::string text() {
    static const std::vector<std::string> kTexts{
        "", "risk > 0.5", "Größe „äöü“", "心电图", "quote \" and \\ and \n", std::string(300, 'x')};
    return kTexts[size_t(below(int(kTexts.size())))];
  }
  std::string path(const std::string& ending) {
    static const std::vector<std::string> kFolders{"/data/models/", "/data/", "/", "/data/sessions/deep/er/",
                                                   "/opt/mo del/"};
    return kFolders[size_t(below(int(kFolders.size())))] + std::to_string(below(100)) + "." + ending;
  }
  std::set<std::string> names() {
    std::set<std::string> all;
    for (int i = below(4); i > 0; --i) all.insert("modality " + std::to_string(below(6)));
    return all;
  }
  Intervention intervention() {
    Intervention made;
    for (int i = below(3); i > 0; --i) {
      const auto kind = ExpertChange::Kind(below(3));
      const int expert = below(8);
      made.experts.push_back(
          {kind, below(4) - 1, expert, kind == ExpertChange::Kind::Swap ? expert + 1 + below(4) : -1});
    }
    made.topK = below(4);
    if (coin()) made.gate = Gate(below(3));
    made.missing = MissingSubstitute(below(4));
    return made;
  }
  RecordEdits edits() {
    RecordEdits all;
    for (int i = below(7); i > 0; --i) {
      switch (below(5)) {
        case 0:
          all.push_back(MoveObservation{"lipids", coin() ? "hdl" : "", below(50), number(), number()});
          break;
        case 1:
          all.push_back(AddObservation{"lipids", "hdl", {number(), number()}});
          break;
        case 2:
          all.push_back(DeleteObservation{"notes", "", below(50)});
          break;
        case 3:
          all.push_back(MaskVariable{"lipids", text()});
          break;
        default:
          all.push_back(MaskWindow{coin() ? "lipids" : "", number(), number()});
      }
    }
    return all;
  }

  std::mt19937_64 m_random;
};

constexpr const char* kFolder = "/data/sessions";

/// With ' for ", which reads better here.
std::string json(std::string text) {
  std::ranges::replace(text, '\'', '"');
  return text;
}

/// A session with `more` in its object.
std::string sessionWith(const std::string& more, const std::string& version = "1") {
  return json("{'format':'fusemoe-session','version':") + version + (more.empty() ? "" : "," + more) + "}";
}

}  // namespace

class TestSessionJson : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRoundTripIsEqual() {
    RandomSession random(32);
    for (int i = 0; i < 200; ++i) {
      const Session session = random.make();
      const std::string text = sessionToJson(session, kFolder);
      const Result<SessionRead> read = sessionFromJson(text, kFolder);
      QVERIFY2(read, read ? "" : (read.error().what + "\n" + text).c_str());
      QVERIFY2(read->session == session, text.c_str());
      QVERIFY(read->unknown.empty());
      QCOMPARE(sessionToJson(read->session, kFolder), text);
    }
  }

  void anInterventionIsReadOrSaid() {
    const Result<SessionRead> read =
        sessionFromJson(sessionWith(json("'intervention':'knock-out 2:7; top-k 1'")), kFolder);
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    QCOMPARE(describe(read->session.state.intervention), std::string("knock-out 2:7; top-k 1"));
    QVERIFY(!sessionFromJson(sessionWith(json("'intervention':'knock-out seven'")), kFolder));
    QVERIFY(!sessionFromJson(sessionWith(json("'intervention':7")), kFolder));
    QVERIFY(sessionToJson(Session{}, kFolder).find("intervention") == std::string::npos);
  }

  void theFirstVersionIsRead() {
    const std::string text = json(
        "{ "
        "'format': 'fusemoe-session', 'version': 1, "
        "'model': {'path': '../models/a.safetensors', 'sha256': 'm'}, 'cohort': {'path': 'c.sqlite'}, 'stay': 7, "
        "'masked': ['ecg'], "
        "'edits': [{'stay': 7, 'changes': [{'kind': 'move', 'modality': 'labs', 'variable': 'k', 'index': 3, 'hours': "
        "-0.5, 'value': 0.25}, "
        "{'kind': 'mask-window', 'modality': '', 'from': 0, 'until': 24}]}], "
        "'reference': {'stay': 8, 'edits': []}, 'filter': 'label:1', 'slices': [{'name': 'n', 'filter': 'f'}], "
        "'view': {'layer': 2, 'distribution': 'top-k', 'loadMeasure': 'importance', 'loadScope': 'cohort', 'routing': "
        "'flow'}} ");
    const Result<SessionRead> read = sessionFromJson(text, "/home/u/s");
    QVERIFY2(read, read ? "" : read.error().what.c_str());
    Session expected;
    expected.modelDigest = "m";
    expected.state.modelPath = "/home/u/models/a.safetensors";
    expected.state.cohortPath = "/home/u/s/c.sqlite";
    expected.state.stayId = 7;
    expected.state.masked = {"ecg"};
    expected.state.edits[7] = {MoveObservation{"labs", "k", 3, -0.5F, 0.25F}, MaskWindow{"", 0, 24}};
    expected.state.reference = {{}, 8, {}, RecordEdits{}};
    expected.state.filter = "label:1";
    expected.state.slices = {{"n", "f"}};
    expected.state.layer = 2;
    expected.state.distribution = Distribution::TopK;
    expected.state.loadMeasure = LoadMeasure::Importance;
    expected.state.loadScope = LoadScope::Cohort;
    expected.state.routingView = RoutingView::Flow;
    QVERIFY(read->session == expected);
  }

  void pathsMoveWithTheFolder() {
    Session session;
    session.state.modelPath = "/data/project/models/m.safetensors";
    session.state.cohortPath = "/data/project/c.sqlite";
    const std::string text = sessionToJson(session, "/data/project/sessions");
    QVERIFY(text.find("/data") == std::string::npos);
    const Result<SessionRead> moved = sessionFromJson(text, "/mnt/usb/copy/sessions");
    QVERIFY(moved);
    QCOMPARE(moved->session.state.modelPath, std::string("/mnt/usb/copy/models/m.safetensors"));
    QCOMPARE(moved->session.state.cohortPath, std::string("/mnt/usb/copy/c.sqlite"));
  }

  void whatIsNotKnownIsSaid() {
    const std::string text =
        sessionWith(json("'stay':3,'zoom':2,'view':{'layer':1,'camera':[1,2]},'slices':[{'name':'a','colour':'red'}]"));
    const Result<SessionRead> read = sessionFromJson(text, kFolder);
    QVERIFY(read);
    QCOMPARE(read->session.state.stayId, std::int64_t(3));
    QCOMPARE(read->session.state.layer, 1);
    QCOMPARE(read->session.state.slices.front().name, std::string("a"));
    const std::vector<std::string> expected{"slices[0].colour", "view.camera", "zoom"};
    QVERIFY(read->unknown == expected);
  }

  void damageIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const std::string& text, const char* said) {
      QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(said);
    };
    row("empty", "", "not a session");
    row("no JSON", "hello", "not a session");
    row("binary", std::string("\0\1\2\xff\xfe", 5), "not a session");
    row("a list", "[]", "not a session");
    row("another format", json("{'format':'other','version':1}"), "not a session");
    row("no version", json("{'format':'fusemoe-session'}"), "not a session");
    row("version as text", sessionWith("", "\"1\""), "not a session");
    row("version 0", sessionWith("", "0"), "not a session");
    row("newer", sessionWith("", "2"), "newer version");
    row("beyond any version", sessionWith("", "99999999999999999999"), "not a session");
    row("twice", sessionWith(json("'stay':1,'stay':2")), "not a session");
    row("twice inside", sessionWith(json("'view':{'layer':1,'layer':2}")), "not a session");
    row("deep", sessionWith("\"x\":" + std::string(100000, '[') + std::string(100000, ']')), "not a session");
    row("stay as text", sessionWith(json("'stay':'7'")), "stay must be");
    row("stay too large", sessionWith(json("'stay':9223372036854775808")), "stay must be");
    row("stay with a point", sessionWith(json("'stay':7.5")), "stay must be");
    row("model as text", sessionWith(json("'model':'m.safetensors'")), "model must be an object");
    row("model without path", sessionWith(json("'model':{'sha256':'x'}")), "model.path must be");
    row("path with a zero", sessionWith("\"model\":{\"path\":\"a\\u0000b\"}"), "model.path must be");
    row("masked as text", sessionWith(json("'masked':'ecg'")), "masked must be");
    row("masked numbers", sessionWith(json("'masked':[1]")), "masked must be");
    row("long text", sessionWith(json("'filter':'") + std::string(5000, 'x') + "\""), "filter must be");
    row("layer below", sessionWith(json("'view':{'layer':-1}")), "view.layer must be");
    row("layer above", sessionWith(json("'view':{'layer':99999999999}")), "view.layer must be");
    row("no such view", sessionWith(json("'view':{'routing':'pie'}")),
        "view.routing must be one of bars, heat-map, flow");
    row("edits as object", sessionWith(json("'edits':{}")), "edits must be");
    row("edit of a number", sessionWith(json("'edits':[3]")), "edits[0] must be an object");
    row("no such edit", sessionWith(json("'edits':[{'stay':1,'changes':[{'kind':'burn','modality':'a'}]}]")),
        "edits[0].changes[0].kind must be");
    row("a stay twice", sessionWith(json("'edits':[{'stay':1,'changes':[]},{'stay':1,'changes':[]}]")),
        "edits[1].stay must be");
    row("index below",
        sessionWith(json("'edits':[{'stay':1,'changes':[{'kind':'delete','modality':'a','index':-1}]}]")),
        "index must be");
    row("hours beyond float",
        sessionWith(json("'edits':[{'stay':1,'changes':[{'kind':'move','modality':'a','hours':1e300}]}]")),
        "hours must be a finite number");
    row("number beyond double", sessionWith(json("'stay':1e999")), "not a session");
    row("reference as list", sessionWith(json("'reference':[]")), "reference must be an object");
    std::string many;
    for (int i = 0; i < 100001; ++i) many += i ? ",\"a\"" : "\"a\"";
    row("too many", sessionWith("\"masked\":[" + many + "]"), "masked must be");
  }
  void damageIsRefused() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, said);
    const Result<SessionRead> read = sessionFromJson(text.toStdString(), kFolder);
    QVERIFY(!read);
    QVERIFY2(read.error().what.find(said.toStdString()) != std::string::npos, read.error().what.c_str());
    QVERIFY(!read.error().hint.empty());
  }

  void everyPlaceItCanBeCutOff() {
    const std::string text = sessionToJson(RandomSession(5).make(), kFolder);
    for (std::size_t length = 0; length + 2 < text.size(); ++length)
      QVERIFY(!sessionFromJson(std::string_view(text).substr(0, length), kFolder));
  }

  /// Whatever single byte is broken, the answer is an error or a session, never a crash.
  void everyByteCanBeBroken() {
    const std::string text = sessionToJson(RandomSession(9).make(), kFolder);
    int refused = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string broken = text;
      broken[at] = char(broken[at] ^ 0x15);
      refused += !sessionFromJson(broken, kFolder);
    }
    QVERIFY(refused > 0);
  }

  void filesAreWrittenAndRead() {
    QTemporaryDir folder;
    const std::string path = folder.filePath("a.fusemoe.json").toStdString();
    Session session = RandomSession(1).make();
    session.state.modelPath = folder.filePath("m.safetensors").toStdString();
    QVERIFY(writeSession(path, session));
    const Result<SessionRead> read = readSession(path);
    QVERIFY(read);
    QVERIFY(read->session == session);
    QVERIFY(!writeSession(folder.filePath("none/a.fusemoe.json").toStdString(), session));
    QVERIFY(!readSession(folder.filePath("none.fusemoe.json").toStdString()));
    QVERIFY(!readSession(folder.path().toStdString()));
  }

  void aLargeFileIsNeitherReadNorWritten() {
    QTemporaryDir folder;
    const std::string path = folder.filePath("large.fusemoe.json").toStdString();
    std::ofstream(path) << sessionWith("") << std::string(kSessionBytes, ' ');
    const Result<SessionRead> read = readSession(path);
    QVERIFY(!read);
    QVERIFY(read.error().what.find("too large") != std::string::npos);
    Session session;
    session.state.edits[1] = RecordEdits(90000, MaskVariable{"a modality", std::string(40, 'v')});
    QVERIFY(!writeSession(path, session));
    std::ifstream kept(path, std::ios::ate);
    QVERIFY(std::size_t(kept.tellg()) > kSessionBytes);  // as it was
  }

  /// An edit of every kind on a record with values nobody else has: none of them is in the file.
  void noValueOfTheRecordIsInTheFile() {
    auto sample = std::make_shared<Sample>();
    sample->stayId = 30041;
    VariableData hdl{"hdl", {{1.73125F, 61.4375F}, {5.28125F, 77.1875F}, {9.65625F, 83.5625F}}};
    sample->modalities.push_back({"lipids", ModalityKind::Series, {hdl}, {}});
    sample->modalities.push_back({"notes", ModalityKind::Vectors, {}, {{3.84375F, "secret code", {0.71875F}}}});
    Session session;
    session.state.stayId = sample->stayId;
    session.state.edits[sample->stayId] = {MoveObservation{"lipids", "hdl", 0, 0.5F, -3},
                                           DeleteObservation{"notes", "", 0}, AddObservation{"lipids", "hdl", {2, 50}},
                                           MaskWindow{"notes", 0, 12}};
    session.state.reference = {"/a/b.safetensors", sample->stayId, {{"notes"}}, session.state.edits[sample->stayId]};
    const SamplePtr edited = applyEdits(sample, session.state.edits[sample->stayId], 48);
    QVERIFY(edited->digest != sample->digest);  // the edits did something
    const std::string text = sessionToJson(session, kFolder);
    for (const char* value : {"1.73125", "61.4375", "5.28125", "77.1875", "9.65625", "83.5625", "3.84375", "0.71875",
                              "2.23125", "58.4375", "secret"})
      QVERIFY2(text.find(value) == std::string::npos, value);
    QVERIFY(text.find("30041") != std::string::npos);  // the pointer into the cohort
  }
};

QTEST_GUILESS_MAIN(TestSessionJson)
#include "tst_session_json.moc"
