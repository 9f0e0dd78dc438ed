#include <co/http_request.h>

#include <llhttp.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include <co/bytes.h>

#include "field_name.h"
#include "http_plain_request.h"

namespace co::http {
namespace {

constexpr std::size_t usual_fields = 8;  // more of them cost a second allocation

/// The fields that tell where a request ends and whose it is.
struct KnownFields {
    std::size_t nameless = 0;
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t encodings = 0;
    const std::string* encoding = nullptr;  // the first
    const std::string* expected = nullptr;
};

/// One look at each: names of another length cost no more than that.
KnownFields known_fields_of(const Request& request) {
    KnownFields known;
    for (const Field& field : request.fields) {
        known.nameless += field.name.empty();
        known.hosts += is_same_name(field.name, "host");
        known.lengths += is_same_name(field.name, "content-length");
        if (is_same_name(field.name, "transfer-encoding") && known.encodings++ == 0) known.encoding = &field.value;
        if (is_same_name(field.name, "expect") && !known.expected) known.expected = &field.value;
    }
    return known;
}

/// Keeps its memory, unless it is much.
void empty(Request& request) {
    constexpr std::size_t much = 4096;
    request.target.clear();
    request.fields.clear();
    if (request.fields.capacity() > 4 * usual_fields) request.fields = {};
    request.body.clear();
    if (request.target.capacity() + request.body.capacity() > much) request.target = request.body = {};
    request.minor_version = 1;
    request.keeps_alive = true;
}

/// As trace::ByteReader reads it, the lowest byte first.
template <std::unsigned_integral Integer>
void pack_number(std::string& bytes, Integer number) {
    char digits[sizeof(Integer)];
    for (std::size_t i = 0; i < sizeof(Integer); ++i) digits[i] = static_cast<char>(number >> (8 * i));
    bytes.append(digits, sizeof(Integer));
}

void pack_text(std::string& bytes, std::string_view text) {
    pack_number(bytes, static_cast<std::uint64_t>(text.size()));
    bytes.append(text);
}

}  // namespace

const std::string* Request::field(std::string_view name) const {
    auto found = std::ranges::find_if(fields, [name](const Field& field) { return is_same_name(field.name, name); });
    return found == fields.end() ? nullptr : &found->value;
}

std::string pack(const Request& request) {
    constexpr std::size_t around_a_text = sizeof(std::uint64_t);
    std::size_t size = request.method.size() + request.target.size() + request.body.size() + 6 * around_a_text;
    for (const Field& field : request.fields) size += field.name.size() + field.value.size() + 2 * around_a_text;
    std::string bytes;
    bytes.reserve(size);
    pack_text(bytes, request.method);
    pack_text(bytes, request.target);
    pack_number(bytes, static_cast<std::uint8_t>(request.minor_version));
    pack_number(bytes, static_cast<std::uint8_t>(request.keeps_alive));
    pack_number(bytes, static_cast<std::uint32_t>(request.fields.size()));
    for (const Field& field : request.fields) {
        pack_text(bytes, field.name);
        pack_text(bytes, field.value);
    }
    pack_text(bytes, request.body);
    return bytes;
}

Request unpack(std::string_view bytes) {
    trace::ByteReader in(bytes);
    Request request;
    request.method = in.text();
    request.target = in.text();
    request.minor_version = in.number<std::uint8_t>();
    request.keeps_alive = in.number<std::uint8_t>() != 0;
    const auto fields = in.number<std::uint32_t>();
    request.fields.reserve(std::min<std::size_t>(fields, usual_fields));
    for (std::uint32_t i = 0; i < fields; ++i) {
        Field& field = request.fields.emplace_back();
        field.name = in.text();
        field.value = in.text();
    }
    request.body = in.text();
    in.end();
    return request;
}

struct RequestParser::State {
    explicit State(RequestLimits its_limits) : limits(its_limits) { begin(); }

    static llhttp_settings_t callbacks();
    static State& of(llhttp_t* source) { return *static_cast<State*>(source->data); }

    void begin() {
        if (!is_at_start) start_parser();
        header_bytes = 0;
        last_byte = 0;
        is_in_name = has_header = is_checked = is_complete = false;
    }

    void start_parser() {
        static const llhttp_settings_t settings = callbacks();
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = this;
        is_at_start = true;
    }

    int add(std::string& text, const char* at, std::size_t length) const {
        text.append(at, length);
        return 0;
    }

    int add_name(const char* at, std::size_t length) {
        if (!std::exchange(is_in_name, true)) {
            if (request->fields.size() == limits.fields) return refuse(431, "too many header fields");
            if (request->fields.empty()) request->fields.reserve(usual_fields);
            request->fields.emplace_back();
        }
        return add(request->fields.back().name, at, length);
    }

    int add_body(const char* at, std::size_t length) {
        if (length > limits.body_bytes - request->body.size()) return refuse(413, "the body is too long");
        return add(request->body, at, length);
    }

    /// As a callback of llhttp answers.
    int refuse(int status_code, std::string reason) {
        if (refusal.status_code == 0) refusal = {status_code, std::move(reason)};
        return HPE_USER;
    }

    ParseStatus status() const {
        if (refusal.status_code) return ParseStatus::refused;
        return is_complete ? ParseStatus::complete : ParseStatus::incomplete;
    }

    /// The bytes of a request that was plain, and is complete then; 0: ask the parser.
    std::size_t take_plain(std::string_view bytes);
    void count_header(std::string_view bytes);
    void check_header();
    void check_body_length(const KnownFields& known);

    RequestLimits limits;
    llhttp_t parser{};
    std::unique_ptr<Request> request{};  // null until the first byte
    Refusal refusal;
    std::size_t header_bytes = 0;
    char last_byte = 0;        // of the header so far
    bool is_at_start = false;  // the parser: it has seen nothing
    bool is_in_name = false;
    bool has_header = false;  // all of it
    bool is_checked = false;
    bool is_complete = false;
};

llhttp_settings_t RequestParser::State::callbacks() {
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_url = [](llhttp_t* source, const char* at, std::size_t length) {
        return of(source).add(of(source).request->target, at, length);
    };
    settings.on_header_field = [](llhttp_t* source, const char* at, std::size_t length) {
        return of(source).add_name(at, length);
    };
    settings.on_header_value = [](llhttp_t* source, const char* at, std::size_t length) {
        State& state = of(source);
        return state.request->fields.empty() ? HPE_USER : state.add(state.request->fields.back().value, at, length);
    };
    settings.on_header_value_complete = [](llhttp_t* source) {
        of(source).is_in_name = false;
        return 0;
    };
    settings.on_headers_complete = [](llhttp_t* source) {
        of(source).has_header = true;
        return static_cast<int>(HPE_PAUSED);
    };
    settings.on_body = [](llhttp_t* source, const char* at, std::size_t length) {
        return of(source).add_body(at, length);
    };
    settings.on_message_complete = [](llhttp_t* source) {
        of(source).is_complete = true;
        return static_cast<int>(HPE_PAUSED);
    };
    return settings;
}

std::size_t RequestParser::State::take_plain(std::string_view bytes) {
    if (!is_at_start) return 0;
    const std::size_t taken = take_plain_request(bytes, limits, *request);
    has_header = is_checked = is_complete = taken > 0;
    return taken;
}

/// A line that goes on after a line break (RFC 9112, 5.2) is joined by some and cut by others.
void RequestParser::State::count_header(std::string_view bytes) {
    header_bytes += bytes.size();
    if (header_bytes > limits.header_bytes) refuse(431, "the header is too long");
    const auto is_folded = [&](char next) { return next == ' ' || next == '\t'; };
    bool is_refused = last_byte == '\n' && !bytes.empty() && is_folded(bytes.front());
    for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n', end + 1))
        is_refused = is_refused || (end + 1 < bytes.size() && is_folded(bytes[end + 1]));
    if (is_refused) refuse(400, "a folded header line");
    if (!bytes.empty()) last_byte = bytes.back();
}

void RequestParser::State::check_header() {
    const bool is_known_version = parser.http_major == 1 && parser.http_minor <= 1;
    if (!is_known_version) refuse(505, "a version other than HTTP/1.0 and HTTP/1.1");
    const auto is_beyond_ascii = [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; };
    if (std::ranges::any_of(request->target, is_beyond_ascii)) refuse(400, "a target with bytes beyond ASCII");
    const KnownFields known = known_fields_of(*request);
    if (known.nameless > 0) refuse(400, "a header field without a name");
    if (known.hosts > 1 || (known.hosts == 0 && parser.http_minor == 1)) refuse(400, "not exactly one Host");
    check_body_length(known);
    // HTTP/1.0 knows no expectations (RFC 9110, 10.1.1).
    if (known.expected && parser.http_minor > 0 && !is_same_name(*known.expected, "100-continue"))
        refuse(417, "an expectation other than 100-continue");
    if (parser.method == HTTP_CONNECT) refuse(501, "CONNECT");
    const std::string_view method = llhttp_method_name(static_cast<llhttp_method_t>(parser.method));
    if (request->method != method) request->method = method;  // most ask as the one before
    request->minor_version = parser.http_minor;
    request->keeps_alive = llhttp_should_keep_alive(&parser) != 0;
}

/// Where a body ends must be said once, and in one way.
void RequestParser::State::check_body_length(const KnownFields& known) {
    if (known.lengths > 1) refuse(400, "more than one Content-Length");
    if (known.encodings > 1) refuse(400, "more than one Transfer-Encoding");
    if (known.lengths > 0 && known.encodings > 0) refuse(400, "both Content-Length and Transfer-Encoding");
    if (known.encodings > 0 && parser.http_minor == 0) refuse(400, "Transfer-Encoding in HTTP/1.0");
    if (known.encodings > 0 && !is_same_name(*known.encoding, "chunked"))
        refuse(501, "a Transfer-Encoding other than chunked");
    if (known.lengths > 0 && parser.content_length > limits.body_bytes) refuse(413, "the body is too long");
}

RequestParser::RequestParser(RequestLimits limits) : state_(std::make_unique<State>(limits)) {}
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;
RequestParser::~RequestParser() = default;

Parsed RequestParser::feed(std::string_view bytes) {
    State& state = *state_;
    if (state.is_complete) throw std::logic_error("RequestParser::feed(): take() the request that is complete first");
    if (!state.request) state.request = std::make_unique<Request>();
    if (const std::size_t plain = state.take_plain(bytes)) return {ParseStatus::complete, plain};
    std::size_t taken = 0;
    while (state.status() == ParseStatus::incomplete) {
        state.is_at_start = false;
        const std::string_view left = bytes.substr(taken);
        const bool was_in_header = !state.has_header;
        const llhttp_errno_t failed = llhttp_execute(&state.parser, left.data(), left.size());
        const bool is_paused = failed == HPE_PAUSED || failed == HPE_PAUSED_UPGRADE;
        const std::size_t used =
            is_paused ? static_cast<std::size_t>(llhttp_get_error_pos(&state.parser) - left.data()) : left.size();
        if (was_in_header) state.count_header(left.substr(0, used));
        taken += used;
        if (failed == HPE_OK) break;
        if (!is_paused) {
            const char* reason = llhttp_get_error_reason(&state.parser);
            const bool is_other_version = failed == HPE_PAUSED_H2_UPGRADE || failed == HPE_INVALID_VERSION;
            state.refuse(is_other_version ? 505 : 400, reason && *reason ? reason : "no HTTP request");
        } else {
            if (state.has_header && !std::exchange(state.is_checked, true)) state.check_header();
            if (failed == HPE_PAUSED_UPGRADE)
                llhttp_resume_after_upgrade(&state.parser);
            else
                llhttp_resume(&state.parser);
        }
    }
    return {state.status(), taken};
}

Request RequestParser::take() { return std::move(*take_whole()); }

std::unique_ptr<Request> RequestParser::take_whole() {
    if (state_->status() != ParseStatus::complete) throw std::logic_error("RequestParser::take(): none is complete");
    auto complete = std::move(state_->request);
    state_->begin();
    return complete;
}

bool RequestParser::needs_memory() const { return !state_->request; }

void RequestParser::use(std::unique_ptr<Request> memory) {
    if (!needs_memory()) throw std::logic_error("RequestParser::use(): a request has begun already");
    empty(*memory);
    state_->request = std::move(memory);
}

const Request* RequestParser::header() const {
    return state_->is_checked && state_->status() != ParseStatus::refused ? state_->request.get() : nullptr;
}

const Refusal& RequestParser::refusal() const { return state_->refusal; }

}  // namespace co::http
