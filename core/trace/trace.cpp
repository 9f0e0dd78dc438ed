#include <co/trace.h>

#include <concepts>
#include <utility>

namespace co::trace {
namespace {

/// Appends an integer byte by byte, so that the bytes do not depend on the machine's own order.
template <std::integral Integer>
void append(std::string& bytes, Integer value) {
    auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        bytes.push_back(static_cast<char>(bits & 0xFF));
        bits = static_cast<decltype(bits)>(bits >> (sizeof(Integer) > 1 ? 8 : 0));
    }
}

void append(std::string& bytes, std::string_view text) {
    append(bytes, static_cast<std::uint64_t>(text.size()));
    bytes.append(text);
}

void append(std::string& bytes, const Event& event) {
    append(bytes, event.time);
    append(bytes, event.value);
    append(bytes, event.process);
    append(bytes, event.coroutine);
    append(bytes, event.object);
    append(bytes, event.other);
    append(bytes, event.text);
    append(bytes, event.line);
    append(bytes, event.source);
    append(bytes, static_cast<std::uint8_t>(event.kind));
}

}  // namespace

std::string to_bytes(const Trace& trace) {
    std::string bytes = "costudio trace 1\n";
    append(bytes, trace.seed);
    append(bytes, static_cast<std::uint64_t>(trace.sources.size()));
    for (const Source& source : trace.sources) {
        append(bytes, source.name);
        append(bytes, source.text);
    }
    append(bytes, static_cast<std::uint64_t>(trace.texts.size()));
    for (const std::string& text : trace.texts) append(bytes, text);
    append(bytes, static_cast<std::uint64_t>(trace.events.size()));
    for (const Event& event : trace.events) append(bytes, event);
    return bytes;
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
