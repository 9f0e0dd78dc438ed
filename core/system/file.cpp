#include <co/file.h>

#include <co/aside.h>

namespace co {

Result<std::string> read_file(std::string_view path, Deadline deadline) {
    std::string name(path);
    return aside([name](Kernel& kernel) { return kernel.read_file(name); }, deadline, "read_file(" + name + ")");
}

Result<void> write_file(std::string_view path, std::string_view content, Deadline deadline) {
    std::string name(path), text(content);
    return aside([name, text = std::move(text)](Kernel& kernel) { return kernel.write_file(name, text); }, deadline,
                 "write_file(" + name + ")");
}

}  // namespace co
