#include "http_plain_request.h"

#include <array>
#include <cstring>
#include <string>

#include "field_name.h"
#include "printable.h"

namespace co::http {
namespace {

// Where a byte may stand in a plain request. Fewer than the language allows: what could be doubted is none of them.
constexpr unsigned char in_target = 1;
constexpr unsigned char in_name = 2;
constexpr unsigned char in_value = 4;

constexpr auto places = [] {
    std::array<unsigned char, 256> all{};
    const auto allow = [&all](std::string_view letters, unsigned char where) {
        for (const char letter : letters) all[static_cast<unsigned char>(letter)] |= where;
    };
    for (unsigned char letter = ' '; letter < 0x7F; ++letter) all[letter] = in_value;
    allow("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", in_target | in_name);
    allow("-._~", in_target | in_name);
    allow("!$&'()*+,;=:@/%?", in_target);
    return all;
}();

/// The first byte that may not stand there.
const char* skip(const char* at, const char* end, unsigned char where) {
    while (at != end && (places[static_cast<unsigned char>(*at)] & where)) ++at;
    return at;
}

/// Whether these letters, and no end of the bytes, come next.
template <std::size_t size>
bool begins(const char* at, const char* end, const char (&letters)[size]) {
    constexpr std::size_t count = size - 1;
    return static_cast<std::size_t>(end - at) >= count && std::memcmp(at, letters, count) == 0;
}

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

bool is_host(std::string_view name) {
    return name.size() == 4 && (begins(name.data(), name.data() + 4, "Host") || is_same_name(name, "host"));
}

/// Of a field that decides how a request is read, or what becomes of its connection.
bool is_telling(std::string_view name, std::string_view value) {
    switch (name.size()) {
        case 6:
            return is_same_name(name, "expect");
        case 7:
            return is_same_name(name, "upgrade");
        case 10:
            return is_same_name(name, "connection") && !is_same_name(value, "keep-alive");
        case 14:
            return is_same_name(name, "content-length");
        case 16:
            return is_same_name(name, "proxy-connection");
        case 17:
            return is_same_name(name, "transfer-encoding");
        default:
            return false;
    }
}

/// Adds the field whose line begins at `at`. Where the next one begins; null: it is not plain.
const char* take_field(const char* at, const char* end, Request& request) {
    const char* const colon = skip(at, end, in_name);
    if (colon == at || colon == end || *colon != ':') return nullptr;
    const char* const value = colon + 1 != end && colon[1] == ' ' ? colon + 2 : colon + 1;
    const char* const behind = skip(value + printable_front(between(value, end)), end, in_value);
    if (behind == value || *value == ' ' || behind[-1] == ' ') return nullptr;
    if (!begins(behind, end, "\r\n")) return nullptr;
    if (is_telling(between(at, colon), between(value, behind))) return nullptr;
    Field& field = request.fields.emplace_back();
    field.name.append(between(at, colon));
    field.value.append(between(value, behind));
    return behind + 2;
}

/// Where the head ends; null: it is not plain.
const char* take_head(const char* at, const char* end, const RequestLimits& limits, Request& request) {
    constexpr const char version[] = " HTTP/1.1\r\n";
    const std::string_view method = begins(at, end, "GET /") ? "GET" : begins(at, end, "HEAD /") ? "HEAD" : "";
    if (method.empty()) return nullptr;
    const char* const target = at + method.size() + 1;
    at = skip(target, end, in_target);
    if (!begins(at, end, version)) return nullptr;
    if (request.method != method) request.method = method;
    request.target.append(between(target, at));
    at += sizeof(version) - 1;
    std::size_t hosts = 0;
    while (!begins(at, end, "\r\n")) {
        if (request.fields.size() == limits.fields) return nullptr;
        at = take_field(at, end, request);
        if (!at) return nullptr;
        hosts += is_host(request.fields.back().name);
    }
    return hosts == 1 ? at + 2 : nullptr;
}

}  // namespace

std::size_t take_plain_request(std::string_view bytes, const RequestLimits& limits, Request& request) {
    const std::string_view head = bytes.substr(0, limits.header_bytes);
    if (const char* const end = take_head(head.data(), head.data() + head.size(), limits, request))
        return static_cast<std::size_t>(end - head.data());
    request.target.clear();
    request.fields.clear();
    return 0;
}

}  // namespace co::http
