#include "torch_archive_writer.h"

#include <cstring>

namespace fusemoe::test {
namespace {

template <class T>
QByteArray bytesOf(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

quint32 crcOf(const QByteArray& bytes) {
  quint32 value = ~0U;
  for (const char byte : bytes) {
    value ^= static_cast<quint8>(byte);
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ (value & 1U ? 0xedb88320U : 0U);
  }
  return ~value;
}

QByteArray localHeader(const ZipRecord& record, quint32 crc) {
  const QByteArray extra =
      record.padding ? QByteArray("FB") + bytesOf(quint16(record.padding - 4)) + QByteArray(record.padding - 4, 'Z')
                     : QByteArray();
  const auto size = quint32(record.bytes.size());
  return bytesOf(quint32(0x04034b50)) + bytesOf(quint16(20)) + bytesOf(record.flags) + bytesOf(record.method) +
         bytesOf(quint32(0)) + bytesOf(crc) + bytesOf(size) + bytesOf(size) + bytesOf(quint16(record.name.size())) +
         bytesOf(quint16(extra.size())) + record.name + extra;
}

QByteArray centralHeader(const ZipRecord& record, quint32 crc, quint64 offset, bool large) {
  const quint64 size = record.size.value_or(quint64(record.bytes.size()));
  const QByteArray extra = large ? bytesOf(quint16(0x5455)) + bytesOf(quint16(1)) + "t" + bytesOf(quint16(1)) +
                                       bytesOf(quint16(24)) + bytesOf(size) + bytesOf(size) + bytesOf(offset)
                                 : QByteArray();
  const auto narrow = [large](quint64 value) { return bytesOf(large ? quint32(0xffffffff) : quint32(value)); };
  return bytesOf(quint32(0x02014b50)) + bytesOf(quint16(20)) + bytesOf(quint16(20)) + bytesOf(record.flags) +
         bytesOf(record.method) + bytesOf(quint32(0)) + bytesOf(crc) + narrow(size) + narrow(size) +
         bytesOf(quint16(record.name.size())) + bytesOf(quint16(extra.size())) + QByteArray(10, '\0') + narrow(offset) +
         record.name + extra;
}

QByteArray joined(const QByteArrayList& items) {
  return items.join();
}

}  // namespace

QByteArray zipFile(const QList<ZipRecord>& records, bool large) {
  QByteArray file, directory;
  for (const ZipRecord& record : records) {
    const quint32 crc = record.crc.value_or(crcOf(record.bytes));
    directory += centralHeader(record, crc, record.offset.value_or(quint64(file.size())), large);
    file += localHeader(record, crc) + record.bytes;
  }
  const auto begin = quint64(file.size()), size = quint64(directory.size()), count = quint64(records.size());
  file += directory;
  if (large)
    file += bytesOf(quint32(0x06064b50)) + bytesOf(quint64(44)) + QByteArray(12, '\0') + bytesOf(count) +
            bytesOf(count) + bytesOf(size) + bytesOf(begin) + bytesOf(quint32(0x07064b50)) + bytesOf(quint32(0)) +
            bytesOf(begin + size) + bytesOf(quint32(1));
  const auto narrow = [large](quint64 value) { return bytesOf(large ? quint32(0xffffffff) : quint32(value)); };
  return file + bytesOf(quint32(0x06054b50)) + QByteArray(4, '\0') + bytesOf(quint16(large ? 0xffff : count)) +
         bytesOf(quint16(large ? 0xffff : count)) + narrow(size) + narrow(begin) + bytesOf(quint16(0));
}

QList<ZipRecord> aligned(QList<ZipRecord> records, int shift) {
  constexpr qint64 kAlignment = 64, kHeader = 30, kExtraHeader = 4;
  qint64 place = 0;
  for (ZipRecord& record : records) {
    const qint64 data = place + kHeader + record.name.size() + kExtraHeader;
    record.padding = int(kExtraHeader + (kAlignment - data % kAlignment) % kAlignment + shift);
    place = data - kExtraHeader + record.padding + record.bytes.size();
  }
  return records;
}

QByteArray text(const QByteArray& value) {
  return "X" + bytesOf(quint32(value.size())) + value;
}
QByteArray integer(qint64 value) {
  if (value >= 0 && value < 256) return "K" + bytesOf(quint8(value));
  if (value == qint32(value)) return "J" + bytesOf(qint32(value));
  return "\x8a\x08" + bytesOf(value);
}
QByteArray number(double value) {
  quint64 bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return "G" + bytesOf(__builtin_bswap64(bits));
}
QByteArray global(const QByteArray& module, const QByteArray& name) {
  return "c" + module + "\n" + name + "\n";
}
QByteArray tuple(const QByteArrayList& items) {
  return items.isEmpty() ? QByteArray(")") : "(" + joined(items) + "t";
}
QByteArray list(const QByteArrayList& items) {
  return "](" + joined(items) + "e";
}
QByteArray dict(const QByteArrayList& items) {
  return items.size() == 2 ? "}" + joined(items) + "s" : "}(" + joined(items) + "u";
}
QByteArray call(const QByteArray& callable, const QByteArray& arguments) {
  return callable + arguments + "R";
}
QByteArray orderedDict(const QByteArrayList& items) {
  return call(global("collections", "OrderedDict"), ")") +
         (items.size() == 2 ? joined(items) + "s" : "(" + joined(items) + "u");
}
QByteArray nameSpace(const QByteArrayList& items) {
  return global("argparse", "Namespace") + ")\x81" + dict(items) + "b";
}
QByteArray storage(const QByteArray& type, const QByteArray& key, qint64 elements) {
  return tuple({text("storage"), global("torch", type), text(key), text("cpu"), integer(elements)}) + "Q";
}
QByteArray tensor(const QByteArray& storage, qint64 offset, const QList<qint64>& shape, const QList<qint64>& strides) {
  QByteArrayList sizes, steps;
  for (const qint64 size : shape) sizes << integer(size);
  for (const qint64 step : strides) steps << integer(step);
  return call(global("torch._utils", "_rebuild_tensor_v2"),
              tuple({storage, integer(offset), tuple(sizes), tuple(steps), "\x89",
                     call(global("collections", "OrderedDict"), ")")}));
}
QByteArray pickle(const QByteArray& value, int protocol) {
  return "\x80" + bytesOf(quint8(protocol)) + value + ".";
}

QList<ZipRecord> archive(const QByteArray& pickle, const QByteArrayList& storages) {
  QList<ZipRecord> records{{"archive/data.pkl", pickle}, {"archive/byteorder", "little"}};
  for (qsizetype i = 0; i < storages.size(); ++i)
    records << ZipRecord{"archive/data/" + QByteArray::number(i), storages[i]};
  records << ZipRecord{"archive/version", "3\n"};
  return aligned(records);
}

}  // namespace fusemoe::test
