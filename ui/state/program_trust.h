#pragma once

#include <QObject>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

#include "api/model_files.h"

namespace fusemoe::ui {

/// Whether a TorchScript file may be run. Asks about each file once while the program runs: a file that changed, by its
/// digest, is another one. Every way of opening a model goes through `optionsFor`, so that what a session or a recent
/// file names is asked about like what the user chose.
class ProgramTrust : public QObject {
  Q_OBJECT

 public:
  enum class Policy {
    Ask,
    Never,   ///< nobody is there to ask: opening such a file is an error that names --trust
    Always,  ///< --trust
  };

  explicit ProgramTrust(Policy policy, QObject* parent = nullptr) : QObject(parent), m_policy(policy) {}
  ~ProgramTrust() override { withdraw(); }

  /// How a file may be opened. Any thread but that of this object: waits for the answer where the user is asked.
  /// Errors: the answer was no; the file cannot be read.
  Result<OpenOptions> optionsFor(const std::string& path);

  /// To what `asked` asked last. This object's thread.
  void answer(bool run);
  /// Answers no to what is asked now and later: the program ends. This object's thread.
  void withdraw();

 Q_SIGNALS:
  /// Emitted on the asking thread.
  void asked(const QString& path, const QString& digest);

 private:
  enum class Answer { None, Yes, No };

  const Policy m_policy;
  std::mutex m_asking;  // held while one question is open: others wait for their turn
  std::mutex m_mutex;   // of what follows
  std::condition_variable m_answered;
  Answer m_answer = Answer::None;
  bool m_withdrawn = false;
  std::set<std::string> m_trusted;  // digests
};

}  // namespace fusemoe::ui
