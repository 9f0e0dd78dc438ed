#include "visualizer/layout/paragraph.h"

#include <doctest/doctest.h>

using namespace co::studio;

namespace {

std::vector<std::string> texts(const Scene& scene) {
    std::vector<std::string> all;
    for (const Item& item : scene.items) all.push_back(std::get<Text>(item).text);
    return all;
}

}  // namespace

TEST_CASE("paragraph: breaks at spaces and keeps what is glued together on one line") {
    Scene scene;
    const float em = measure_monospace("x", Font::prose);
    const float height =
        draw_paragraph(scene, {.x = 10, .y = 0, .width = em * 12}, {{"a value takes "}, {"a seat"}}, measure_monospace);
    CHECK(height == 40);
    CHECK(texts(scene)[0] == "a value");
    for (const Item& item : scene.items) CHECK(std::get<Text>(item).baseline.x >= 10);
}

TEST_CASE("paragraph: words too wide for the line, and Chinese, break inside") {
    Scene wide;
    const float em = measure_monospace("x", Font::prose);
    CHECK(draw_paragraph(wide, {.width = em * 5}, {{"abcdefghij"}}, measure_monospace) == 40);
    Scene chinese;
    CHECK(draw_paragraph(chinese, {.width = em * 3}, {{"通道等待唤醒"}}, measure_monospace) == 40);
    CHECK(texts(chinese)[0] == "通道等");
}

TEST_CASE("paragraph: the last of the allowed lines ends in an ellipsis") {
    Scene scene;
    const float em = measure_monospace("x", Font::prose);
    CHECK(draw_paragraph(scene, {.width = em * 10, .most_lines = 1}, {{"one two three four"}}, measure_monospace) ==
          20);
    CHECK(texts(scene).back().ends_with("…"));
    CHECK(draw_paragraph(scene, {.width = 100}, {}, measure_monospace) == 0);
}

TEST_CASE("cut_to_fit: leaves what fits, and never half a character") {
    const float em = measure_monospace("x", Font::prose);
    CHECK(cut_to_fit("seat", Font::prose, em * 4, measure_monospace) == "seat");
    CHECK(cut_to_fit("producer", Font::prose, em * 4, measure_monospace) == "pro…");
    CHECK(cut_to_fit("éééé", Font::prose, em * 3, measure_monospace) == "éé…");
}

TEST_CASE("no line begins with Chinese punctuation that closes") {
    const MeasureText measure = measure_monospace;
    for (float width = 45; width < 120; width += 1) {
        Scene scene;
        draw_paragraph(scene, {.width = width, .line_height = 20}, {{"消费者，只是就绪。它在等：牛奶！"}}, measure);
        for (const Item& item : scene.items) {
            const std::string& text = std::get<Text>(item).text;
            for (const char* sign : {"，", "。", "：", "！"}) CHECK_FALSE(text.starts_with(sign));
        }
    }
}
