#include "cohort/picture.h"

#include <csetjmp>
#include <cstdint>
#include <cstdio>
// libjpeg's header needs the standard ones before it.
#include <jpeglib.h>
#include <png.h>

#include <string>

namespace fusemoe {
namespace {

constexpr std::uint64_t kMostPixels = 64'000'000;

struct Pixels {
  std::uint32_t height = 0, width = 0;
  std::vector<std::uint8_t> bytes;  // row by row, the channels of a pixel together
};

Error damaged(const std::string& detail) {
  return {"the picture is damaged or of a kind that cannot be read", "", detail};
}

bool tooLarge(std::uint64_t width, std::uint64_t height) {
  return width * height > kMostPixels;
}

const Error kTooLarge{"the picture has more than 64 million pixels", "", ""};

Result<Pixels> readPng(std::string_view content, int channels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  Pixels pixels;
  if (!png_image_begin_read_from_memory(&image, content.data(), content.size())) return failure(damaged(image.message));
  if (tooLarge(image.width, image.height)) {
    png_image_free(&image);
    return failure(kTooLarge);
  }
  image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  pixels.width = image.width;
  pixels.height = image.height;
  pixels.bytes.resize(PNG_IMAGE_SIZE(image));
  if (!png_image_finish_read(&image, nullptr, pixels.bytes.data(), 0, nullptr)) return failure(damaged(image.message));
  return pixels;
}

struct JpegError {
  jpeg_error_mgr manager;
  std::jmp_buf leave;
  char message[JMSG_LENGTH_MAX] = "";
};

/// libjpeg leaves by longjmp: nothing in here has a destructor that would be skipped.
void readJpeg(std::string_view content, int channels, jpeg_decompress_struct& jpeg, JpegError& error, Pixels& pixels,
              bool& done) {
  if (setjmp(error.leave)) return;
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(content.data()), content.size());
  jpeg_read_header(&jpeg, TRUE);
  pixels.width = jpeg.image_width;
  pixels.height = jpeg.image_height;
  if (tooLarge(pixels.width, pixels.height)) return;
  jpeg.out_color_space = channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_start_decompress(&jpeg);
  const std::size_t row = std::size_t{pixels.width} * static_cast<std::size_t>(channels);
  pixels.bytes.resize(row * pixels.height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW line = pixels.bytes.data() + row * jpeg.output_scanline;
    jpeg_read_scanlines(&jpeg, &line, 1);
  }
  jpeg_finish_decompress(&jpeg);
  done = true;
}

Result<Pixels> readJpeg(std::string_view content, int channels) {
  jpeg_decompress_struct jpeg{};
  JpegError error;
  jpeg.err = jpeg_std_error(&error.manager);
  // A warning means that pixels are made up where bytes are missing: no picture to compute with.
  error.manager.error_exit = [](j_common_ptr info) {
    auto* own = reinterpret_cast<JpegError*>(info->err);
    own->manager.format_message(info, own->message);
    std::longjmp(own->leave, 1);
  };
  error.manager.emit_message = [](j_common_ptr info, int level) {
    if (level < 0) info->err->error_exit(info);
  };
  Pixels pixels;
  bool done = false;
  readJpeg(content, channels, jpeg, error, pixels, done);
  jpeg_destroy_decompress(&jpeg);
  if (done) return pixels;
  return failure(tooLarge(pixels.width, pixels.height) ? kTooLarge : damaged(error.message));
}

}  // namespace

Result<Picture> decodePicture(std::string_view content, int channels) {
  const bool png = content.starts_with("\x89PNG");
  const auto pixels = png ? readPng(content, channels) : readJpeg(content, channels);
  if (!pixels) return failure(pixels.error());
  Picture picture{channels, static_cast<int>(pixels->height), static_cast<int>(pixels->width), {}};
  const std::size_t area = std::size_t{pixels->height} * pixels->width;
  picture.values.resize(area * static_cast<std::size_t>(channels));
  for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c)
    for (std::size_t i = 0; i < area; ++i)
      picture.values[c * area + i] =
          static_cast<float>(pixels->bytes[i * static_cast<std::size_t>(channels) + c]) / 255.0F;
  return picture;
}

}  // namespace fusemoe
