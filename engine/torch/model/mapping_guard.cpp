#include "torch/model/mapping_guard.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <mutex>

namespace fusemoe {

struct MappingGuard::Slot {
  std::atomic<bool> taken = false;
  std::atomic<std::uintptr_t> begin = 0, end = 0;  // end = 0: not in use
  std::atomic<bool> lost = false;
};

/// What the signal handler reads: no lock, no memory of its own.
struct MappingGuard::Table {
  static std::array<Slot, 64> slots;
  static struct sigaction before;

  static Slot* containing(std::uintptr_t address) {
    for (Slot& slot : slots)
      if (address >= slot.begin && address < slot.end) return &slot;
    return nullptr;
  }

  static void onBusError(int signal, siginfo_t* info, void* context) {
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    if (Slot* slot = containing(address)) {
      static const auto kPage = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
      const std::uintptr_t first = address / kPage * kPage;
      void* zeros = ::mmap(reinterpret_cast<void*>(first), slot->end - first, PROT_READ,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
      slot->lost = true;
      if (zeros != MAP_FAILED) return;
    }
    if (before.sa_flags & SA_SIGINFO) return before.sa_sigaction(signal, info, context);
    ::sigaction(signal, &before, nullptr);  // returning runs into the fault again, now as without us
  }

  static void install() {
    static std::once_flag once;
    std::call_once(once, [] {
      ::sysconf(_SC_PAGESIZE);
      struct sigaction action {};
      action.sa_sigaction = onBusError;
      action.sa_flags = SA_SIGINFO | SA_NODEFER;
      ::sigemptyset(&action.sa_mask);
      ::sigaction(SIGBUS, &action, &before);
    });
  }
};

std::array<MappingGuard::Slot, 64> MappingGuard::Table::slots;
struct sigaction MappingGuard::Table::before {};

MappingGuard::MappingGuard(const void* begin, std::size_t size) {
  Table::install();
  for (Slot& slot : Table::slots) {
    if (slot.taken.exchange(true)) continue;
    m_slot = &slot;
    slot.lost = false;
    slot.begin = reinterpret_cast<std::uintptr_t>(begin);
    slot.end = reinterpret_cast<std::uintptr_t>(begin) + size;
    return;
  }
}

MappingGuard::~MappingGuard() {
  if (!m_slot) return;
  m_slot->end = 0;
  m_slot->begin = 0;
  m_slot->taken = false;
}

bool MappingGuard::lost() const {
  return m_slot && m_slot->lost;
}

}  // namespace fusemoe
