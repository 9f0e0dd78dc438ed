# Of a file's compilation, a third goes into reading the same headers of libraries again: each group of targets reads
# them once. What comes out is the same, and every file still includes what it needs: natively they are compiled without.
set(std_headers
    <algorithm> <array> <chrono> <cstdint> <deque> <functional> <map> <memory> <optional> <span> <stdexcept> <string>
    <string_view> <system_error> <utility> <vector>)
foreach(layer trace kernel time coroutine sync reactor shared net system protocol client server sim)
    if(TARGET costudio_${layer} AND layer STREQUAL "trace")
        target_precompile_headers(costudio_trace PRIVATE ${std_headers})
    elseif(TARGET costudio_${layer})
        target_precompile_headers(costudio_${layer} REUSE_FROM costudio_trace)
    endif()
endforeach()
target_precompile_headers(costudio_host PRIVATE ${std_headers} <fmt/format.h>)
target_precompile_headers(costudio_view_parts PRIVATE ${std_headers} <cmath> <fmt/format.h>)
target_precompile_headers(test_core_wasm PRIVATE ${std_headers} <doctest/doctest.h>)
