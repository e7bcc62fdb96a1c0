#include "torch/model/archive/pickle_reader.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>

namespace fusemoe {
namespace {

constexpr std::size_t kMaxBytes = 16U << 20U, kMaxValues = 2'000'000, kMaxStack = 4'000'000, kMaxMemo = 4'000'000;
constexpr PickleRef kUnset = ~PickleRef{0};
constexpr std::uint8_t kHighestProtocol = 5;

/// Python's pickle machine without its last step: values, a stack, marks in it, and a memo. The first problem is kept
/// and ends the run; until then every function goes on with None.
class PickleMachine {
 public:
  explicit PickleMachine(std::string_view bytes) : m_rest(bytes) { m_pickle.values.emplace_back(); }

  /// False where `problem` says why.
  bool run() {
    while (m_problem.empty() && !m_done) {
      const std::uint8_t code = byte();
      if (!m_problem.empty()) break;
      if (!runScalar(code) && !runContainer(code) && !runObject(code) && !runStack(code))
        fail("it has the opcode " + std::to_string(code) + ", which protocols 2 to 5 do not have");
      if (m_pickle.values.size() > kMaxValues || m_stack.size() > kMaxStack || m_marks.size() > kMaxStack)
        fail("it holds more than " + std::to_string(kMaxValues) + " values");
    }
    return m_problem.empty();
  }
  const std::string& problem() const { return m_problem; }
  Pickle pickle() { return std::move(m_pickle); }

 private:
  void fail(const std::string& why) {
    if (m_problem.empty()) m_problem = why;
  }

  // What is read.
  std::string_view take(std::uint64_t count) {
    if (count > m_rest.size()) {
      fail("it ends too early");
      return {};
    }
    const std::string_view taken = m_rest.substr(0, count);
    m_rest.remove_prefix(count);
    return taken;
  }
  template <class T>
  T number() {
    T value{};
    if (const auto bytes = take(sizeof value); !bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::uint8_t byte() { return number<std::uint8_t>(); }
  std::string_view line() {
    const auto end = m_rest.find('\n');
    const std::string_view text = take(end == std::string_view::npos ? m_rest.size() + 1 : end + 1);
    return text.substr(0, text.empty() ? 0 : text.size() - 1);
  }

  // What is made.
  PickleRef add(PickleValue value) {
    m_pickle.values.push_back(std::move(value));
    return static_cast<PickleRef>(m_pickle.values.size() - 1);
  }
  PickleRef addText(PickleKind kind, std::string_view text) {
    PickleValue value;
    value.kind = kind;
    value.text = text;
    return add(std::move(value));
  }
  void push(PickleRef value) { m_stack.push_back(value); }
  void push(PickleKind kind, std::int64_t integer = 0) {
    PickleValue value;
    value.kind = kind;
    value.integer = integer;
    push(add(std::move(value)));
  }
  void pushText(PickleKind kind, std::string_view text) { push(addText(kind, text)); }
  void pushItems(PickleKind kind, std::vector<PickleRef> items) {
    PickleValue value;
    value.kind = kind;
    value.items = std::move(items);
    push(add(std::move(value)));
  }
  void pushParts(PickleKind kind, PickleRef callable, PickleRef arguments) {
    PickleValue value;
    value.kind = kind;
    value.callable = callable;
    value.arguments = arguments;
    push(add(std::move(value)));
  }
  void pushNumber(double number) { push(PickleKind::Number, std::bit_cast<std::int64_t>(number)); }

  // What lies on the stack, above the last mark.
  std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }
  PickleRef top() {
    if (m_stack.size() > floor()) return m_stack.back();
    fail("it takes more from its stack than there is");
    return 0;
  }
  PickleRef pop() {
    const PickleRef value = top();
    if (m_problem.empty()) m_stack.pop_back();
    return value;
  }
  std::vector<PickleRef> pop(std::size_t count) {
    std::vector<PickleRef> items(count);
    for (auto item = items.rbegin(); item != items.rend(); ++item) *item = pop();
    return items;
  }
  std::vector<PickleRef> popMarked() {
    if (m_marks.empty()) {
      fail("it closes what it never opened");
      return {};
    }
    const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<PickleRef> items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    m_marks.pop_back();
    return items;
  }

  /// Adds to the container on top of the stack: one of this kind, or an object that takes such items.
  void extend(PickleKind kind, const std::vector<PickleRef>& items) {
    PickleValue& target = m_pickle.values[top()];
    if (target.kind != kind && target.kind != PickleKind::Call) return fail("it adds items to what holds none");
    if (kind == PickleKind::Dict && items.size() % 2) return fail("it adds a key without a value");
    target.items.insert(target.items.end(), items.begin(), items.end());
  }

  /// A two's complement number of any length; a double where it needs more than 64 bits.
  void pushLong(std::uint64_t count) {
    const std::string_view bytes = take(count);
    const std::size_t low = bytes.size() > sizeof(std::int64_t) ? bytes.size() - sizeof(std::int64_t) : 0;
    const bool negative = !bytes.empty() && (static_cast<std::uint8_t>(bytes.back()) & 0x80U);
    std::uint64_t bits = negative ? ~std::uint64_t{0} : 0;
    for (std::size_t i = bytes.size(); i > low; --i) bits = (bits << 8U) | static_cast<std::uint8_t>(bytes[i - 1]);
    const auto value = static_cast<std::int64_t>(bits);
    if (low == 0) return push(PickleKind::Integer, value);
    pushNumber(std::ldexp(static_cast<double>(value), static_cast<int>(8 * low)));
  }

  bool runScalar(std::uint8_t code) {
    switch (code) {
      case 'N':
        push(PickleRef{0});
        return true;
      case 0x88:
      case 0x89:
        push(PickleKind::Bool, code == 0x88);
        return true;
      case 'K':
        push(PickleKind::Integer, byte());
        return true;
      case 'M':
        push(PickleKind::Integer, number<std::uint16_t>());
        return true;
      case 'J':
        push(PickleKind::Integer, number<std::int32_t>());
        return true;
      case 0x8a:
        pushLong(byte());
        return true;
      case 0x8b:
        pushLong(number<std::uint32_t>());
        return true;
      case 'G':
        push(PickleKind::Number, static_cast<std::int64_t>(__builtin_bswap64(number<std::uint64_t>())));
        return true;
      case 0x8c:
      case 'U':
        pushText(PickleKind::Text, take(byte()));
        return true;
      case 'X':
      case 'T':
        pushText(PickleKind::Text, take(number<std::uint32_t>()));
        return true;
      case 0x8d:
        pushText(PickleKind::Text, take(number<std::uint64_t>()));
        return true;
      case 'C':
        pushText(PickleKind::Bytes, take(byte()));
        return true;
      case 'B':
        pushText(PickleKind::Bytes, take(number<std::uint32_t>()));
        return true;
      case 0x8e:
      case 0x96:
        pushText(PickleKind::Bytes, take(number<std::uint64_t>()));
        return true;
      default:
        return false;
    }
  }

  bool runContainer(std::uint8_t code) {
    switch (code) {
      case '}':
        push(PickleKind::Dict);
        return true;
      case ']':
        push(PickleKind::List);
        return true;
      case ')':
        push(PickleKind::Tuple);
        return true;
      case 0x8f:
        push(PickleKind::Set);
        return true;
      case 't':
        pushItems(PickleKind::Tuple, popMarked());
        return true;
      case 0x85:
      case 0x86:
      case 0x87:
        pushItems(PickleKind::Tuple, pop(code - 0x84U));
        return true;
      case 'l':
        pushItems(PickleKind::List, popMarked());
        return true;
      case 0x91:
        pushItems(PickleKind::Set, popMarked());
        return true;
      case 'd': {
        const auto items = popMarked();
        push(PickleKind::Dict);
        extend(PickleKind::Dict, items);
        return true;
      }
      case 'a':
        extend(PickleKind::List, pop(1));
        return true;
      case 'e':
        extend(PickleKind::List, popMarked());
        return true;
      case 0x90:
        extend(PickleKind::Set, popMarked());
        return true;
      case 's':
        extend(PickleKind::Dict, pop(2));
        return true;
      case 'u':
        extend(PickleKind::Dict, popMarked());
        return true;
      default:
        return false;
    }
  }

  bool runObject(std::uint8_t code) {
    switch (code) {
      case 'c': {
        const PickleRef module = addText(PickleKind::Text, line());
        const PickleRef name = addText(PickleKind::Text, line());
        pushParts(PickleKind::Global, module, name);
        return true;
      }
      case 0x93: {
        const auto names = pop(2);
        pushParts(PickleKind::Global, names[0], names[1]);
        return true;
      }
      case 'R':
      case 0x81: {
        const auto parts = pop(2);
        pushParts(PickleKind::Call, parts[0], parts[1]);
        return true;
      }
      case 0x92: {  // with keyword arguments, which nothing here needs
        const auto parts = pop(3);
        pushParts(PickleKind::Call, parts[0], parts[1]);
        return true;
      }
      case 'b': {
        const PickleRef state = pop();
        PickleValue& object = m_pickle.values[top()];
        if (object.kind != PickleKind::Call) fail("it sets attributes of what has none");
        object.state = state;
        return true;
      }
      case 'Q':
        pushParts(PickleKind::Persistent, 0, pop());
        return true;
      default:
        return false;
    }
  }

  bool runStack(std::uint8_t code) {
    switch (code) {
      case 0x80:
        if (byte() > kHighestProtocol) fail("it is of a later protocol than 5");
        return true;
      case 0x95:
        take(sizeof(std::uint64_t));
        return true;  // a frame: only tells how much to read at once
      case 0x98:
        return true;  // read-only buffer: all is
      case '(':
        m_marks.push_back(m_stack.size());
        return true;
      case '0':
        if (m_stack.size() == floor() && !m_marks.empty())
          m_marks.pop_back();
        else
          pop();
        return true;
      case '1':
        popMarked();
        return true;
      case '2':
        push(top());
        return true;
      case 'q':
        remember(byte());
        return true;
      case 'r':
        remember(number<std::uint32_t>());
        return true;
      case 0x94:
        remember(m_remembered);
        return true;
      case 'h':
        recall(byte());
        return true;
      case 'j':
        recall(number<std::uint32_t>());
        return true;
      case '.':
        m_pickle.root = pop();
        m_done = true;
        return true;
      default:
        return false;
    }
  }

  void remember(std::uint32_t place) {
    if (place >= kMaxMemo) return fail("it remembers more than " + std::to_string(kMaxMemo) + " values");
    if (place >= m_memo.size()) m_memo.resize(std::max<std::size_t>(place + 1, 2 * m_memo.size()), kUnset);
    if (m_memo[place] == kUnset) ++m_remembered;
    m_memo[place] = top();
  }
  void recall(std::uint32_t place) {
    if (place >= m_memo.size() || m_memo[place] == kUnset) return fail("it refers to a value it does not hold");
    push(m_memo[place]);
  }

  std::string_view m_rest;
  Pickle m_pickle;
  std::vector<PickleRef> m_stack, m_memo;
  std::vector<std::size_t> m_marks;
  std::uint32_t m_remembered = 0;
  std::string m_problem;
  bool m_done = false;
};

}  // namespace

Result<Pickle> readPickle(std::string_view bytes, const std::string& what) {
  if (bytes.size() > kMaxBytes)
    return failure(what + " is not usable: it is larger than 16 MiB.", "Save the state dict and args alone.");
  PickleMachine machine(bytes);
  if (!machine.run())
    return failure(what + " is not usable: " + machine.problem() + ".",
                   "The file may be damaged; copy or download it again.");
  return machine.pickle();
}

}  // namespace fusemoe
