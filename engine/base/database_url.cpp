#include "base/database_url.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace fusemoe {
namespace {

constexpr std::string_view kSchemes[] = {"postgresql://", "postgres://"};
constexpr std::string_view kSecrets[] = {"password", "sslpassword"};

/// The URL's pieces, still encoded.
struct Pieces {
  std::string_view scheme, user, password, hosts, path;
  std::vector<std::pair<std::string_view, std::string_view>> query;
};

using Fault = tl::unexpected<const char*>;

/// One of kSchemes, whatever its case in the URL, or nothing.
std::string_view schemeOf(std::string_view url) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  for (const std::string_view scheme : kSchemes)
    if (std::ranges::equal(url.substr(0, scheme.size()), scheme, same)) return scheme;
  return {};
}

/// What stands before the first of `marks`; `rest` begins behind it, or is empty. `found` says which it was, 0 if none.
std::string_view cut(std::string_view& rest, std::string_view marks, char& found) {
  const std::size_t end = std::min(rest.find_first_of(marks), rest.size());
  found = end < rest.size() ? rest[end] : '\0';
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

int digitOf(char c) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const auto lower = static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
  const std::size_t digit = kDigits.find(lower);
  return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
}

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size() || digitOf(text[i + 1]) < 0 || digitOf(text[i + 2]) < 0) return std::nullopt;
    plain += static_cast<char>(digitOf(text[i + 1]) * 16 + digitOf(text[i + 2]));
    i += 2;
  }
  return plain;
}

std::string encoded(std::string_view text) {
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return result;
}

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 32 || c == 127;
}

/// Every host may have a port, which is a number; a colon of [an IPv6 address] begins none.
bool hostsAreSound(std::string_view hosts) {
  char found = ',';
  while (found == ',') {
    const std::string_view host = cut(hosts, ",", found);
    const std::size_t address = host.starts_with('[') ? host.find(']') : 0;
    if (address == std::string_view::npos) return false;
    const std::size_t colon = host.find(':', address);
    if (colon == std::string_view::npos) continue;
    if (host.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return false;
  }
  return true;
}

/// The URL in pieces, or what is wrong with it.
tl::expected<Pieces, const char*> split(std::string_view url) {
  Pieces pieces;
  pieces.scheme = schemeOf(url);
  if (pieces.scheme.empty()) return Fault("it does not begin with postgresql://");
  if (std::ranges::any_of(url, isControl)) return Fault("it has a control character");
  std::string_view rest = url.substr(pieces.scheme.size());
  char found = 0;
  std::string_view ahead = rest;
  // As libpq does: user and password end at an @ that comes before any slash.
  if (std::string_view login = cut(ahead, "@/", found); found == '@') {
    pieces.user = cut(login, ":", found);
    pieces.password = login;
    rest = ahead;
  }
  pieces.hosts = cut(rest, "/?", found);
  if (found == '/') pieces.path = cut(rest, "?", found);
  if (pieces.hosts.find('@') != std::string_view::npos || pieces.path.find_first_of("@/") != std::string_view::npos)
    return Fault("an @ or / of user, password or database is not written as %40 or %2F");
  if (!hostsAreSound(pieces.hosts)) return Fault("its port is not a number");
  found = '&';
  while (found == '&' && !rest.empty()) {
    std::string_view option = cut(rest, "&", found);
    char equals = 0;
    const std::string_view key = cut(option, "=", equals);
    if (key.empty() || equals != '=') return Fault("an option behind the ? is not written as name=value");
    pieces.query.emplace_back(key, option);
  }
  for (const auto& [key, value] : pieces.query)
    if (!decoded(key) || !decoded(value)) return Fault("a percent code in it is broken");
  for (const std::string_view part : {pieces.user, pieces.password, pieces.hosts, pieces.path})
    if (!decoded(part)) return Fault("a percent code in it is broken");
  return pieces;
}

bool isSecret(std::string_view key) {
  return std::ranges::find(kSecrets, *decoded(key)) != std::end(kSecrets);
}

bool isCohort(std::string_view key) {
  return *decoded(key) == "cohort";
}

/// Which of a URL's parts to write.
struct Parts {
  bool secrets = true, cohort = true;
};

std::string joined(const Pieces& pieces, Parts parts) {
  std::string url(pieces.scheme);
  const bool password = parts.secrets && !pieces.password.empty();
  url += pieces.user;
  if (password) url.append(":").append(pieces.password);
  if (!pieces.user.empty() || password) url += '@';
  url += pieces.hosts;
  if (!pieces.path.empty()) url.append("/").append(pieces.path);
  char mark = '?';
  for (const auto& [key, value] : pieces.query) {
    if ((!parts.secrets && isSecret(key)) || (!parts.cohort && isCohort(key))) continue;
    url += mark;
    url.append(key).append("=").append(value);
    mark = '&';
  }
  return url;
}

}  // namespace

bool isDatabaseUrl(std::string_view location) {
  return !schemeOf(location).empty();
}

std::string withoutPassword(const std::string& location) {
  if (!isDatabaseUrl(location)) return location;
  const auto pieces = split(location);
  return pieces ? joined(*pieces, {false, true}) : std::string(schemeOf(location)) + "***";
}

Result<DatabaseUrl> parseDatabaseUrl(const std::string& url) {
  static const std::string kHint = "Write it as postgresql://user@host:5432/database?cohort=name.";
  const auto pieces = split(url);
  if (!pieces)
    return failure(std::string("The address of the database cannot be read: ") + pieces.error() + ".", kHint);
  DatabaseUrl result{joined(*pieces, {true, false}), joined(*pieces, {false, true}), std::string(kDefaultCohort),
                     !pieces->password.empty()};
  int cohorts = 0;
  for (const auto& [key, value] : pieces->query) {
    result.hasPassword = result.hasPassword || *decoded(key) == "password";
    if (!isCohort(key)) continue;
    result.cohort = *decoded(value);
    ++cohorts;
  }
  if (cohorts > 1) return failure("The address of the database names more than one cohort.", kHint);
  return result;
}

std::string withPassword(const std::string& url, const std::string& password) {
  const auto pieces = split(url);
  if (!pieces || password.empty()) return url;
  const std::string plain = joined(*pieces, {false, true});
  return plain + (plain.find('?') == std::string::npos ? "?" : "&") + "password=" + encoded(password);
}

}  // namespace fusemoe
