// RequestParser: bytes in, HTTP/1.1 requests out. It reads nothing by itself, so it can be fed with what came, in
// pieces of any size, several requests at once or half of one.
//
//     co::http::RequestParser parser;
//     co::http::Parsed parsed = parser.feed("GET /tea HTTP/1.1\r\nHost: kitchen\r\n\r\nGET /mi");
//     if (parsed.status == co::http::ParseStatus::complete) fmt::print("{}\n", parser.take().target);   // "/tea"
//     // parsed.taken bytes belonged to it; feed the rest for the next request
//
// What one server could read otherwise than another one (RFC 9112, 11.2: request smuggling) is refused, and so is what
// exceeds a limit. After a refusal nothing more comes out: answer refusal().status_code, and close the connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace co::http {

struct Field {
    std::string name;  // as it was sent; names are the same in upper and lower case
    std::string value;

    friend bool operator==(const Field&, const Field&) = default;
};

struct Request {
    std::string method{};
    std::string target;          // "/tea?with=milk"
    unsigned minor_version = 1;  // of HTTP/1
    std::vector<Field> fields{};
    std::string body{};  // put together, if it came in chunks
    bool keeps_alive = true;

    /// The first field of that name; null when there is none.
    const std::string* field(std::string_view name) const;

    friend bool operator==(const Request&, const Request&) = default;
};

/// A request as bytes, for another process, and back. What pack() did not make throws trace::BrokenBytes.
std::string pack(const Request& request);
Request unpack(std::string_view bytes);

/// Beyond them: 431 for the header, 413 for the body.
struct RequestLimits {
    std::size_t header_bytes = 16 * 1024;  // request line included
    std::size_t fields = 100;
    std::size_t body_bytes = 2 << 20;
};

enum class ParseStatus : unsigned char { incomplete, complete, refused };

struct Parsed {
    ParseStatus status = ParseStatus::incomplete;
    std::size_t taken = 0;  // of the bytes that were fed
};

struct Refusal {
    int status_code = 0;  // 400, 413, 417, 431, 501 or 505
    std::string reason;
};

class RequestParser {
  public:
    explicit RequestParser(RequestLimits limits = {});
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;
    ~RequestParser();

    /// Takes bytes up to the end of a request. Throws std::logic_error when one is complete that nobody took.
    Parsed feed(std::string_view bytes);
    /// The request that is complete; the next one may be fed. Throws std::logic_error when none is.
    Request take();
    /// The same, for those who use a request's memory again by use().
    std::unique_ptr<Request> take_whole();
    /// Nothing of the next request has come yet: what it is put in may be given to use(), else it is made.
    bool needs_memory() const;
    /// Whatever it holds. Throws std::logic_error when it is not needed.
    void use(std::unique_ptr<Request> memory);
    /// The request whose header has all come, also while its body is still to come; null before that.
    const Request* header() const;
    const Refusal& refusal() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace co::http
