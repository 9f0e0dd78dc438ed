// What the C++ library of Debian's Emscripten (libc++ 14) lacks of <algorithm>: the algorithms over whole ranges that
// this project uses, with their projections. Every file compiled for the browser includes it first; a library that has
// them makes it empty.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <version>

#ifndef __cpp_lib_ranges
namespace std::ranges {

template <typename Range, typename Test, typename Project = identity>
constexpr auto find_if(Range&& range, Test test, Project project = {}) {
    return std::find_if(std::begin(range), std::end(range),
                        [&](auto&& item) { return std::invoke(test, std::invoke(project, item)); });
}

template <typename Range, typename Value, typename Project = identity>
constexpr auto find(Range&& range, const Value& value, Project project = {}) {
    return std::find_if(std::begin(range), std::end(range),
                        [&](auto&& item) { return std::invoke(project, item) == value; });
}

template <typename Range, typename Test, typename Project = identity>
constexpr bool any_of(Range&& range, Test test, Project project = {}) {
    return ranges::find_if(range, test, project) != std::end(range);
}

template <typename Range, typename Test, typename Project = identity>
constexpr bool none_of(Range&& range, Test test, Project project = {}) {
    return !ranges::any_of(range, test, project);
}

template <typename Range, typename Test, typename Project = identity>
constexpr bool all_of(Range&& range, Test test, Project project = {}) {
    return ranges::none_of(
        range, [&](auto&& item) { return !std::invoke(test, item); }, project);
}

template <typename Range, typename Test, typename Project = identity>
constexpr auto count_if(Range&& range, Test test, Project project = {}) {
    return std::count_if(std::begin(range), std::end(range),
                         [&](auto&& item) { return std::invoke(test, std::invoke(project, item)); });
}

template <typename Range, typename Value, typename Project = identity>
constexpr auto count(Range&& range, const Value& value, Project project = {}) {
    return ranges::count_if(
        range, [&](auto&& item) { return item == value; }, project);
}

template <typename Range, typename Value, typename Compare = std::less<>, typename Project = identity>
constexpr auto lower_bound(Range&& range, const Value& value, Compare compare = {}, Project project = {}) {
    return std::partition_point(std::begin(range), std::end(range),
                                [&](auto&& item) { return std::invoke(compare, std::invoke(project, item), value); });
}

template <typename Range, typename Value, typename Compare = std::less<>, typename Project = identity>
constexpr auto upper_bound(Range&& range, const Value& value, Compare compare = {}, Project project = {}) {
    return std::partition_point(std::begin(range), std::end(range),
                                [&](auto&& item) { return !std::invoke(compare, value, std::invoke(project, item)); });
}

template <typename Range, typename Compare = std::less<>, typename Project = identity>
constexpr auto max_element(Range&& range, Compare compare = {}, Project project = {}) {
    return std::max_element(std::begin(range), std::end(range), [&](auto&& a, auto&& b) {
        return std::invoke(compare, std::invoke(project, a), std::invoke(project, b));
    });
}

template <typename Range, typename Output>
constexpr void copy(Range&& range, Output output) {
    std::copy(std::begin(range), std::end(range), output);
}

template <typename Range, typename Output, typename Change, typename Project = identity>
constexpr void transform(Range&& range, Output output, Change change, Project project = {}) {
    std::transform(std::begin(range), std::end(range), output,
                   [&](auto&& item) { return std::invoke(change, std::invoke(project, item)); });
}

template <typename One, typename Other, typename Test = std::equal_to<>>
constexpr bool equal(One&& one, Other&& other, Test test = {}) {
    return std::equal(std::begin(one), std::end(one), std::begin(other), std::end(other), test);
}

template <typename Range, typename Compare = std::less<>, typename Project = identity>
constexpr void sort(Range&& range, Compare compare = {}, Project project = {}) {
    std::sort(std::begin(range), std::end(range), [&](auto&& a, auto&& b) {
        return std::invoke(compare, std::invoke(project, a), std::invoke(project, b));
    });
}

template <typename Range, typename Compare = std::less<>, typename Project = identity>
constexpr void stable_sort(Range&& range, Compare compare = {}, Project project = {}) {
    std::stable_sort(std::begin(range), std::end(range), [&](auto&& a, auto&& b) {
        return std::invoke(compare, std::invoke(project, a), std::invoke(project, b));
    });
}

}  // namespace std::ranges
#endif
