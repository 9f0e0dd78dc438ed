#include "visualizer/platform/screenshot.h"

#include <stb_image_write.h>

#include <fstream>
#include <stdexcept>

namespace co::studio {

void Screenshot::write_png(const std::filesystem::path& file) const {
    std::vector<unsigned char> bytes;  // opaque: three bytes a pixel
    bytes.reserve(pixels.size() * 3);
    for (const Color& pixel : pixels) bytes.insert(bytes.end(), {pixel.red, pixel.green, pixel.blue});

    std::ofstream out(file, std::ios::binary);
    auto write = [](void* stream, void* data, int size) {
        static_cast<std::ofstream*>(stream)->write(static_cast<const char*>(data), size);
    };
    const bool made = out && stbi_write_png_to_func(write, &out, width, height, 3, bytes.data(), width * 3) != 0;
    out.close();
    if (!made || !out) {
        throw std::runtime_error(file.string() +
                                 ": the picture can't be written there. Choose a folder that exists "
                                 "and that you may write to, and check that the disk has room.");
    }
}

}  // namespace co::studio
