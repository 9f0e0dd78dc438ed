#include "message.h"

#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace co::server {
namespace {

using Random = std::mt19937;

std::vector<std::string> datagrams_of(const Message& message, std::uint32_t serial) {
    std::vector<std::string> all;
    std::string datagram;
    for (Pieces pieces(message, serial); pieces.next(datagram);) all.push_back(datagram);
    return all;
}

std::string random_bytes(Random& random, std::size_t count) {
    std::string bytes(count, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

Message random_message(Random& random, RoleId from) {
    const std::size_t sizes[] = {0, 1, 100, piece_bytes - 41, piece_bytes - 40, piece_bytes - 39, 200'000};
    return {.kind = static_cast<MessageKind>(random() % message_kinds),
            .from = from,
            .port = static_cast<std::uint16_t>(random()),
            .session = static_cast<std::uint32_t>(random()),
            .number = static_cast<std::uint32_t>(random()),
            .tag = static_cast<std::int64_t>(random()) - 1'000'000,
            .body = random_bytes(random, sizes[random() % std::size(sizes)])};
}

}  // namespace

TEST_CASE("server message: 500 random messages of three senders, their pieces mixed, come out as they went in") {
    Random random(1);
    Assembly assembly(1 << 20);
    std::vector<Message> sent[3];
    std::vector<std::string> datagrams[3];
    for (std::uint16_t sender = 0; sender < 3; ++sender) {
        for (std::uint32_t serial = 0; serial < 170; ++serial) {
            sent[sender].push_back(random_message(random, {RoleKind::worker, sender}));
            for (std::string& datagram : datagrams_of(sent[sender].back(), serial))
                datagrams[sender].push_back(std::move(datagram));
        }
    }
    std::vector<Message> received[3];
    std::size_t next[3] = {};
    for (;;) {
        std::vector<std::size_t> left;
        for (std::size_t sender = 0; sender < 3; ++sender)
            if (next[sender] < datagrams[sender].size()) left.push_back(sender);
        if (left.empty()) break;
        const std::size_t sender = left[random() % left.size()];
        const std::string& datagram = datagrams[sender][next[sender]++];
        CHECK(datagram.size() <= piece_bytes);
        Assembled got = assembly.take(datagram);
        CHECK(got.dropped == "");
        if (got.message) received[sender].push_back(*std::move(got.message));
    }
    for (std::size_t sender = 0; sender < 3; ++sender) CHECK(received[sender] == sent[sender]);
    CHECK(assembly.incomplete() == 0);
}

TEST_CASE("server message: bytes that are no message are dropped, with the reason") {
    Assembly assembly(1000);
    CHECK(assembly.take("").dropped == "a datagram without a header");
    CHECK(assembly.take(std::string(40, '\0')).dropped == "a datagram of somebody else");
    CHECK(assembly.take(datagrams_of({.body = std::string(1001, 'x')}, 1)[0]).dropped == "a message of 1001 bytes");
    std::string unknown_kind = datagrams_of({}, 1)[0];
    unknown_kind[2] = '\xFF';
    CHECK(assembly.take(unknown_kind).dropped == "a message of an unknown kind");
    std::string unknown_role = datagrams_of({}, 1)[0];
    unknown_role[3] = '\x09';
    CHECK(assembly.take(unknown_role).dropped == "a message of an unknown role");
    CHECK(assembly.take(datagrams_of({.body = "abc"}, 1)[0] + "d").dropped == "a piece outside of its message");
}

TEST_CASE("server message: damaged datagrams never come out as anything but whole messages within the limit") {
    Random random(2);
    Assembly assembly(1 << 20);
    for (int round = 0; round < 3000; ++round) {
        std::string datagram = datagrams_of(random_message(random, {}), static_cast<std::uint32_t>(round))[0];
        for (int damage = 0; damage < 3; ++damage) datagram[random() % datagram.size()] = static_cast<char>(random());
        datagram.resize(random() % (datagram.size() + 1));
        Assembled got = assembly.take(datagram);
        if (got.message) CHECK(got.message->body.size() <= (1 << 20));
    }
}

TEST_CASE("server message: a sender that died half way through costs its own message only") {
    Assembly assembly(1 << 20);
    const Message large{.from = {RoleKind::worker, 1}, .body = std::string(100'000, 'x')};
    const Message small{.from = {RoleKind::worker, 1}, .body = "after"};
    const auto pieces = datagrams_of(large, 1);
    CHECK_FALSE(assembly.take(pieces[0]).message.has_value());
    CHECK(assembly.incomplete() == 1);
    CHECK(assembly.take(datagrams_of(small, 2)[0]).message == small);
    CHECK(assembly.take(pieces[1]).dropped == "a piece whose beginning is missing");
    CHECK(assembly.incomplete() == 0);
}

TEST_CASE("server message: an address travels in front of its data") {
    for (const Address& address : {Address::ip4(10, 1, 2, 3, 65535), Address::unix_path("/tmp/app.sock")}) {
        const std::string body = pack(address, "data");
        const auto apart = unpack(body);
        REQUIRE(apart.has_value());
        CHECK(apart->address == address);
        CHECK(apart->data == "data");
        for (std::size_t cut = 0; cut + 4 < body.size(); ++cut) CHECK_FALSE(unpack(body.substr(0, cut)).has_value());
    }
}

TEST_CASE("server message: roles have names for people") {
    CHECK(to_string(RoleId{RoleKind::worker, 0}) == "worker 0");
    CHECK(to_string(RoleId{RoleKind::task_worker, 1}) == "task worker 1");
    CHECK(to_string(RoleId{RoleKind::master, 0}) == "master");
}

}  // namespace co::server
