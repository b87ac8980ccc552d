#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/fuzz/mutation.hpp"

// Runs a fuzz target without a fuzzer: its seeds, and the same changes of them each time.
//   fuzz_<target> CORPUS_FOLDER NUMBER_OF_CHANGES   or   fuzz_<target> FILE
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t longest_input = 1U << 20U;

/// Keeps the input that is being tried in a file, which a crash leaves behind.
class LastInput {
 public:
  LastInput()
      : path_(std::filesystem::path(KONTWIN_BINARY_DIR) / "fuzz" /
              (KONTWIN_FUZZ_TARGET ".last-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_.parent_path());
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw std::runtime_error("cannot make " + path_.string());
  }
  ~LastInput() {
    ::close(descriptor_);
    std::error_code error;
    std::filesystem::remove(path_, error);
  }
  LastInput(const LastInput&) = delete;
  LastInput& operator=(const LastInput&) = delete;

  void keep(const std::string& input) const {
    const auto size = static_cast<ssize_t>(input.size());
    if (::pwrite(descriptor_, input.data(), input.size(), 0) != size ||
        ::ftruncate(descriptor_, size) != 0) {
      throw std::runtime_error("cannot write " + path_.string());
    }
  }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// A decoder that asks for more memory than an input of a megabyte can need gets std::bad_alloc,
/// which no target lets through. A sanitizer reserves address space of its own.
void limit_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr rlim_t bytes = 2ULL << 30U;
  const rlimit limit{bytes, bytes};
  if (::setrlimit(RLIMIT_AS, &limit) != 0) throw std::runtime_error("cannot limit memory");
#endif
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void feed(const std::string& input) {
  // A block of exactly its size, so that a sanitizer sees a read beyond it.
  const auto block = std::make_unique<std::uint8_t[]>(input.size());
  std::copy(input.begin(), input.end(), block.get());
  LLVMFuzzerTestOneInput(block.get(), input.size());
}

void run(const std::filesystem::path& folder, std::size_t changes) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> seeds;
  for (const auto& file : files) seeds.push_back(content_of(file));
  if (seeds.empty()) throw std::runtime_error("no seeds in " + folder.string());

  const LastInput last;
  for (const std::string& seed : seeds) {
    last.keep(seed);
    feed(seed);
  }
  kontwin::fuzz::Mutation mutation(seeds, longest_input);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::string input = mutation.next();
    last.keep(input);
    feed(input);
  }
  std::printf("%zu seeds and %zu changes of them\n", seeds.size(), changes);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 && count != 3) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER NUMBER_OF_CHANGES | FILE\n", arguments[0]);
    return 2;
  }
  limit_memory();
  const std::filesystem::path given = arguments[1];
  if (count == 3) {
    run(given, std::stoul(arguments[2]));
  } else {
    feed(content_of(given));
  }
  return 0;
}
