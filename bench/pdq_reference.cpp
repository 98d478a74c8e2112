// Meta's own PDQ over luma planes, for bench/pdq.py and for the expected values of the tests.
//
//   pdq_reference WIDTH HEIGHT FILE RUNS
//
// FILE holds frames of WIDTH * HEIGHT bytes. Prints quality and hashes of every frame, as it is and in
// the eight orientations; before that, hashes all frames RUNS times.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "pdq/cpp/downscaling/downscaling.h"
#include "pdq/cpp/hashing/pdqhashing.h"

using namespace facebook::pdq;

int main(int argc, char** argv) {
  if (argc != 5) {
    return 2;
  }
  const int width = std::atoi(argv[1]), height = std::atoi(argv[2]), runs = std::atoi(argv[4]);
  std::ifstream file(argv[3], std::ios::binary);
  const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  const size_t size = size_t(width) * height;
  std::vector<float> one(size), two(size);
  static float small[64][64], half[16][64], spectrum[16][16], turned[16][16];
  hashing::Hash256 hash, all[8];
  int quality = 0;
  const auto luma = [&](size_t at) {
    downscaling::fillFloatLumaFromGrey(&bytes[at], height, width, width, 1, one.data());
  };
  const auto plain = [&](size_t at) {
    luma(at);
    hashing::pdqHash256FromFloatLuma(
        one.data(), two.data(), height, width, small, half, spectrum, hash, quality);
  };
  for (int run = 0; run < runs; run++) {
    for (size_t at = 0; at + size <= bytes.size(); at += size) {
      plain(at);
    }
  }
  for (size_t at = 0; at + size <= bytes.size(); at += size) {
    plain(at);
    std::printf("%d %s", quality, hash.format().c_str());
    luma(at);
    hashing::pdqDihedralHash256esFromFloatLuma(
        one.data(), two.data(), height, width, small, half, spectrum, turned, &all[0], &all[1],
        &all[2], &all[3], &all[4], &all[5], &all[6], &all[7], quality);
    for (const auto& each : all) {
      std::printf(" %s", each.format().c_str());
    }
    std::printf("\n");
  }
}
