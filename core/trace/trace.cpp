#include <co/trace.h>

#include <utility>

#include <co/bytes.h>

namespace co::trace {
namespace {

constexpr std::string_view title = "costudio trace 1\n";
constexpr auto kind_count = static_cast<std::uint8_t>(last_kind) + 1;

void write(ByteWriter& out, const Event& event) {
    out.number(event.time);
    out.number(event.value);
    out.number(event.process);
    out.number(event.coroutine);
    out.number(event.object);
    out.number(event.other);
    out.number(event.text);
    out.number(event.line);
    out.number(event.source);
    out.number(static_cast<std::uint8_t>(event.kind));
}
constexpr std::size_t event_bytes = 2 * 8 + 6 * 4 + 2 + 1;

/// The names of the kinds by their numbers in these bytes: another version may count them in another way.
std::vector<EventKind> read_kinds(ByteReader& in) {
    std::vector<EventKind> kinds;
    for (auto left = in.count(8); left > 0; --left) {
        const std::string_view called = in.text();
        std::uint8_t number = 0;
        while (number < kind_count && name(static_cast<EventKind>(number)) != called) ++number;
        kinds.push_back(static_cast<EventKind>(number));
    }
    return kinds;
}

/// Takes one number after another from bytes that are known to be enough.
class Fields {
  public:
    explicit Fields(const char* at) : at_(at) {}
    template <std::integral Integer>
    void take(Integer& field) {
        field = from_little_endian<Integer>(at_);
        at_ += sizeof(Integer);
    }

  private:
    const char* at_;
};

/// A run has many: their length is asked for once, not for each field.
Event read_event(ByteReader& in, const std::vector<EventKind>& kinds) {
    Fields fields(in.raw(event_bytes).data());
    Event event;
    std::uint8_t kind = 0;
    fields.take(event.time);
    fields.take(event.value);
    fields.take(event.process);
    fields.take(event.coroutine);
    fields.take(event.object);
    fields.take(event.other);
    fields.take(event.text);
    fields.take(event.line);
    fields.take(event.source);
    fields.take(kind);
    if (kind >= kinds.size()) in.fail("it has an event of no kind");
    event.kind = kinds[kind];
    if (static_cast<std::uint8_t>(event.kind) >= kind_count)
        in.fail("it has events that this version does not know; a newer one wrote it");
    return event;
}

}  // namespace

std::string to_bytes(const Trace& trace) {
    ByteWriter out;
    out.raw(title);
    out.number(std::uint64_t{kind_count});
    for (std::uint8_t kind = 0; kind < kind_count; ++kind) out.text(name(static_cast<EventKind>(kind)));
    out.number(trace.seed);
    out.number(static_cast<std::uint64_t>(trace.sources.size()));
    for (const Source& source : trace.sources) {
        out.text(source.name);
        out.text(source.text);
    }
    out.number(static_cast<std::uint64_t>(trace.texts.size()));
    for (const std::string& text : trace.texts) out.text(text);
    out.number(static_cast<std::uint64_t>(trace.events.size()));
    for (const Event& event : trace.events) write(out, event);
    return out.take();
}

Trace from_bytes(std::string_view bytes) {
    ByteReader in(bytes);
    if (!in.takes(title)) in.fail("it is no trace of costudio");
    const std::vector<EventKind> kinds = read_kinds(in);
    Trace trace;
    trace.seed = in.number<std::uint64_t>();
    for (auto left = in.count(16); left > 0; --left) {
        Source& source = trace.sources.emplace_back();
        source.name = in.text();
        source.text = in.text();
    }
    trace.texts.clear();
    const auto texts = in.count(8);
    trace.texts.reserve(static_cast<std::size_t>(texts));
    for (auto left = texts; left > 0; --left) trace.texts.emplace_back(in.text());
    const auto events = in.count(event_bytes);
    trace.events.reserve(static_cast<std::size_t>(events));
    for (auto left = events; left > 0; --left) trace.events.push_back(read_event(in, kinds));
    in.end();
    return trace;
}

std::uint64_t hash(const Trace& trace) {
    std::uint64_t hash = 14695981039346656037ull;
    for (char byte : to_bytes(trace)) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ull;
    return hash;
}

std::uint32_t Recorder::text(std::string_view text) {
    auto [entry, is_new] = index_.try_emplace(std::string(text), static_cast<std::uint32_t>(trace_.texts.size()));
    if (is_new) trace_.texts.emplace_back(text);
    return entry->second;
}

std::uint16_t Recorder::source(std::string name, std::string text) {
    trace_.sources.push_back({std::move(name), std::move(text)});
    return static_cast<std::uint16_t>(trace_.sources.size() - 1);
}

Trace Recorder::take() {
    index_ = {{"", 0}};
    return std::exchange(trace_, Trace{});
}

}  // namespace co::trace
