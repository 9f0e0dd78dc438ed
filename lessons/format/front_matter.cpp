#include "lessons/format/front_matter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <co/suggest.h>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace co::lessons {
namespace {

const std::vector<std::string_view> known_keys = {"id",     "title", "chapter", "order", "needs",
                                                  "panels", "clock", "seeds",   "limits"};
const std::vector<std::string_view> known_limits = {"lines", "coroutines", "horizon"};
const std::vector<std::string_view> known_panels = {"channels", "timers", "reactor", "processes", "stack", "waits"};
const std::vector<std::string_view> known_clocks = {"steps", "virtual", "wall"};

bool is_one_of(std::string_view word, const std::vector<std::string_view>& known) {
    return std::find(known.begin(), known.end(), word) != known.end();
}

// A YAML mapping whose every complaint names the line of the file.
class Reader {
  public:
    Reader(YAML::Node node, Place file, const std::vector<std::string_view>& known)
        : node_(std::move(node)), file_(std::move(file)) {
        if (!node_.IsMap()) place(node_).fail("the front matter is no list of `key: value`", "start with `id: …`");
        for (const auto& entry : node_) {
            const auto key = entry.first.as<std::string>();
            if (is_one_of(key, known)) continue;
            place(entry.first).fail(fmt::format("unknown key `{}`", key), suggest(key, known));
        }
    }

    bool has(const char* key) const { return static_cast<bool>(node_[key]); }
    YAML::Node operator[](const char* key) const { return node_[key]; }
    Place place(const char* key) const { return place(node_[key]); }
    // yaml-cpp counts from 0, and the front matter's text begins on line 2.
    Place place(const YAML::Node& node) const { return file_.at(static_cast<std::uint32_t>(node.Mark().line + 2)); }

    std::string text(const char* key, std::string_view example) const {
        if (!has(key)) file_.at(1).fail(fmt::format("`{}` is missing", key), fmt::format("add `{}`", example));
        const YAML::Node value = node_[key];
        if (!value.IsScalar() || value.Scalar().empty()) {
            place(value).fail(fmt::format("`{}` needs one value", key), fmt::format("write `{}`", example));
        }
        return value.Scalar();
    }

    template <class Number>
    Number number(const char* key, std::string_view example) const {
        return number<Number>(text(key, example), place(key), key, example);
    }

    template <class Number>
    static Number number(std::string_view text, const Place& place, const char* key, std::string_view example) {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size()) {
            place.fail(fmt::format("`{}` is no whole number that `{}` could be", text, key),
                       fmt::format("write `{}`", example));
        }
        return value;
    }

    // A list, or a single value as a list of one.
    std::vector<std::pair<std::string, Place>> list(const char* key, std::string_view example) const {
        std::vector<std::pair<std::string, Place>> items;
        const YAML::Node value = node_[key];
        if (value && value.IsScalar()) items.emplace_back(value.Scalar(), place(value));
        if (value && value.IsSequence()) {
            for (const auto& item : value) items.emplace_back(item.as<std::string>(), place(item));
        }
        if (value && items.empty()) {
            place(value).fail(fmt::format("`{}` is an empty list", key),
                              fmt::format("write `{}`, or leave the line out", example));
        }
        return items;
    }

  private:
    YAML::Node node_;
    Place file_;
};

void read_limits(const Reader& front, Lesson& lesson, const Place& file) {
    if (!front.has("limits")) return;
    const Reader limits(front["limits"], file, known_limits);
    if (limits.has("lines")) lesson.limits.lines = limits.number<std::uint64_t>("lines", "lines: 1000000");
    if (limits.has("coroutines")) {
        lesson.limits.coroutines = limits.number<std::uint32_t>("coroutines", "coroutines: 100");
    }
    if (!limits.has("horizon")) return;
    const std::string horizon = limits.text("horizon", "horizon: 2s");
    lesson.limits.horizon = parse_duration(horizon);
    if (!lesson.limits.horizon) {
        limits.place("horizon").fail(fmt::format("`{}` is no length of time", horizon),
                                     "write a number and a unit: `2s`, `300ms`");
    }
}

void read_choices(const Reader& front, Lesson& lesson) {
    for (const auto& [need, place] : front.list("needs", "needs: [scheduling]")) lesson.needs.push_back(need);
    for (const auto& [panel, place] : front.list("panels", "panels: [channels]")) {
        if (!is_one_of(panel, known_panels)) {
            place.fail(fmt::format("unknown panel `{}`", panel), suggest(panel, known_panels));
        }
        lesson.panels.push_back(panel);
    }
    if (front.has("clock")) lesson.clock = front.text("clock", "clock: steps");
    if (!is_one_of(lesson.clock, known_clocks)) {
        front.place("clock").fail(fmt::format("unknown clock `{}`", lesson.clock), suggest(lesson.clock, known_clocks));
    }
    if (front.has("seeds")) lesson.seeds.clear();
    for (const auto& [seed, place] : front.list("seeds", "seeds: [0, 1]")) {
        lesson.seeds.push_back(Reader::number<std::uint64_t>(seed, place, "seeds", "seeds: [0, 1]"));
    }
}

void read_id(const Reader& front, Lesson& lesson) {
    lesson.id = front.text("id", "id: channels");
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    };
    if (!std::all_of(lesson.id.begin(), lesson.id.end(), fits)) {
        front.place("id").fail(fmt::format("`{}` can't be an id, links are made of it", lesson.id),
                               "use lower-case letters, digits and hyphens");
    }
}

// The text between the two `---` lines.
std::string_view cut_front_matter(std::string_view text, const Place& file) {
    if (!text.starts_with("---\n")) {
        file.at(1).fail("the front matter is missing", "start the file with `---`, `id: …`, `title: …` and `---`");
    }
    const std::size_t end = text.find("\n---\n", 3);
    if (end == std::string_view::npos) {
        file.at(1).fail("the front matter that starts here never ends", "put a line `---` after its last key");
    }
    return end < 4 ? std::string_view{} : text.substr(4, end + 1 - 4);
}

/// Calls `read` with the keys; returns the front matter's length in lines.
template <typename Read>
std::uint32_t read_keys(std::string_view text, const Place& file, const std::vector<std::string_view>& known,
                        Read read) {
    const std::string_view yaml = cut_front_matter(text, file);
    try {
        read(Reader(YAML::Load(std::string(yaml)), file, known));
    } catch (const YAML::Exception& error) {
        file.at(static_cast<std::uint32_t>(error.mark.line + 2))
            .fail(fmt::format("the front matter is no YAML: {}", error.msg), "write one `key: value` a line");
    }
    return static_cast<std::uint32_t>(std::count(yaml.begin(), yaml.end(), '\n')) + 2;
}

}  // namespace

std::uint32_t read_front_matter(std::string_view text, Lesson& lesson, const Place& file) {
    return read_keys(text, file, known_keys, [&](const Reader& front) {
        read_id(front, lesson);
        lesson.title = front.text("title", "title: Timers");
        lesson.chapter = front.text("chapter", "chapter: Quick start");
        lesson.order = front.number<std::uint32_t>("order", "order: 12");
        read_choices(front, lesson);
        read_limits(front, lesson, file);
    });
}

std::uint32_t read_translated_front_matter(std::string_view text, TranslatedFront& translated, const Place& file) {
    return read_keys(text, file, {"title", "chapter", "of"}, [&](const Reader& front) {
        translated.title = front.text("title", "title: Les minuteurs");
        translated.chapter = front.text("chapter", "chapter: Premiers pas");
        if (front.has("of")) translated.of = front.text("of", "of: 3f2a91c0");
    });
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || !(number >= 0)) return std::nullopt;
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    double scale = 0;
    if (unit == "s") scale = 1e9;
    if (unit == "ms") scale = 1e6;
    if (unit == "us") scale = 1e3;
    if (scale == 0 || number * scale > 9e18) return std::nullopt;
    return std::llround(number * scale);
}

}  // namespace co::lessons
