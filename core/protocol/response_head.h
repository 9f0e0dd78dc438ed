// append_head() for one who answers so often that even the date's text is worth keeping.
//
//     append_head(bytes, head, date_text(now));
#pragma once

#include <string>
#include <string_view>

#include <co/http_response.h>

namespace co::http {

void append_head(std::string& bytes, const ResponseHead& head, std::string_view date);

}  // namespace co::http
