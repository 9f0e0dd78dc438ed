// costudio shot: a picture of the studio without a display.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using co::tests::costudio;
using co::tests::Ended;
using co::tests::Folder;
using co::tests::has;

namespace {

// Width and height stand in a PNG file's first chunk, big endian (PNG specification, 11.2.2).
unsigned number_at(const std::string& png, std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png.at(at + i));
    return value;
}

}  // namespace

TEST_CASE("shot: writes a PNG of the size asked for, the same each time") {
    const Folder folder;
    const std::string first = folder.file("first.png");
    const std::string second = folder.file("second.png");
    const std::string light = folder.file("light.png");
    for (const std::string& file : {first, second}) {
        const Ended ended = costudio({"shot", "12", "--step", "20", "--size", "1024x640", "-o", file});
        REQUIRE_MESSAGE(ended.code == 0, ended.errors);
    }
    REQUIRE(costudio({"shot", "12", "--step", "20", "--size", "1024x640", "--theme", "light", "-o", light}).code == 0);
    const std::string png = co::tests::read(first);
    CHECK(png.substr(1, 3) == "PNG");
    CHECK(number_at(png, 16) == 1024);
    CHECK(number_at(png, 20) == 640);
    CHECK(png == co::tests::read(second));
    CHECK(png != co::tests::read(light));
}

TEST_CASE("shot: of a moment, and of a script that does not compile") {
    const Folder folder;
    CHECK(costudio({"shot", "12", "--at", "100ms", "-o", folder.file("moment.png")}).code == 0);
    const std::string broken = folder.write("broken.lua", "print(\n");
    const Ended ended = costudio({"shot", broken, "-o", folder.file("broken.png")});
    CHECK_MESSAGE(ended.code == 0, ended.errors);
    CHECK(std::filesystem::file_size(folder.file("broken.png")) > 1000);
}

TEST_CASE("shot: a picture that can't be written is said") {
    const Folder folder;
    const Ended ended = costudio({"shot", "12", "-o", folder.file("nowhere/picture.png")});
    CHECK(ended.code == 1);
    CHECK(has(ended.errors, "nowhere/picture.png"));
}

TEST_CASE("shot: of a request's way, and one that the run does not have is said") {
    const Folder folder;
    const std::string plain = folder.file("plain.png"), way = folder.file("way.png");
    REQUIRE(costudio({"shot", "34", "--checkpoint", "1", "-o", plain}).code == 0);
    REQUIRE(costudio({"shot", "34", "--checkpoint", "1", "--request", "1", "-o", way}).code == 0);
    CHECK(co::tests::read(plain) != co::tests::read(way));
    const Ended unknown = costudio({"shot", "34", "--request", "9", "-o", way});
    CHECK(unknown.code == 1);
    CHECK(has(unknown.errors, "no request 9 in this run; its requests are 1 to 2"));
    CHECK(has(costudio({"shot", "12", "--request", "1", "-o", way}).errors, "no request comes to a server"));
}
