#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "core/protocol/printable.h"

using co::http::printable_front;

TEST_CASE("printable front: any letter at any place ends it just when it is not printable") {
    for (int letter = 0; letter < 256; ++letter) {
        for (std::size_t place = 0; place < 24; ++place) {
            std::string text(24, ' ');
            text[place] = static_cast<char>(letter);
            const bool is_printable = letter >= ' ' && letter <= '~';
            CAPTURE(letter);
            REQUIRE(printable_front(text) == (is_printable ? 24 : place / 8 * 8));
        }
    }
}

TEST_CASE("printable front: neighbours of every kind do not hide each other") {
    const std::string kinds("\x00\x1F ~\x7F\x80\xFF", 7);
    for (const char first : kinds)
        for (const char second : kinds)
            for (const char third : kinds) {
                const std::string text = std::string("abc") + first + second + third + "de";
                bool is_printable = true;
                for (const char letter : {first, second, third}) is_printable &= letter == ' ' || letter == '~';
                REQUIRE(printable_front(text) == (is_printable ? 8 : 0));
            }
}

TEST_CASE("printable front: it never reads behind the text") {
    for (std::size_t size = 0; size < 40; ++size) {
        const auto text = std::make_unique<char[]>(size);  // a sanitizer watches its end
        std::fill_n(text.get(), size, 'a');
        CHECK(printable_front({text.get(), size}) == size / 8 * 8);
    }
}
