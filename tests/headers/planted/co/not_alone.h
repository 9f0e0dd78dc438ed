// NotAlone: a public header that compiles only behind another one.
//
//     co::NotAlone name{"tea"};
#pragma once

namespace co {

struct NotAlone {
    std::string text;  // planted: its header is missing
};

}  // namespace co
