#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <optional>

namespace fusemoe::test {

// What torch.save writes, byte by byte, so that tests need no Python and can write what Python never would.

/// A record of a zip file. Defaults are what torch.save does: stored, with its CRC.
struct ZipRecord {
  QByteArray name, bytes;
  quint16 flags = 0, method = 0;
  std::optional<quint32> crc = {};
  std::optional<quint64> size = {};    ///< claimed, of both sizes
  std::optional<quint64> offset = {};  ///< claimed, of its header
  int padding = 0;                ///< bytes of an extra field before the data
};
/// `large`: zip64 fields for every size and offset, and a zip64 directory.
QByteArray zipFile(const QList<ZipRecord>& records, bool large = false);
/// With every record's data at a multiple of 64 plus `shift`.
QList<ZipRecord> aligned(QList<ZipRecord> records, int shift = 0);

// Parts of a pickle.
QByteArray text(const QByteArray& value);
QByteArray integer(qint64 value);
QByteArray number(double value);
QByteArray global(const QByteArray& module, const QByteArray& name);
QByteArray tuple(const QByteArrayList& items);
QByteArray list(const QByteArrayList& items);
/// Keys and values in turn. A single item is written with SETITEM, as Python does.
QByteArray dict(const QByteArrayList& items);
QByteArray call(const QByteArray& callable, const QByteArray& arguments);
QByteArray orderedDict(const QByteArrayList& items);
/// argparse.Namespace
QByteArray nameSpace(const QByteArrayList& items);
QByteArray storage(const QByteArray& type, const QByteArray& key, qint64 elements);
QByteArray tensor(const QByteArray& storage, qint64 offset, const QList<qint64>& shape, const QList<qint64>& strides);
/// Protocol, value, STOP.
QByteArray pickle(const QByteArray& value, int protocol = 2);

/// An archive of a pickle, `data/0`, `data/1`, … and what else torch.save adds.
QList<ZipRecord> archive(const QByteArray& pickle, const QByteArrayList& storages);

}  // namespace fusemoe::test
