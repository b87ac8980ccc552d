#include "io/gnuplot/gnuplot.hpp"

#include <unistd.h>

#include <boost/process.hpp>
#include <fstream>
#include <sstream>

#include "io/file/whole_file.hpp"
#include "twin/error.hpp"

namespace kontwin {

Gnuplot::Gnuplot() {
  std::string pattern = (std::filesystem::temp_directory_path() / "kontwin-plot-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw FileError(pattern, "a temporary folder could not be made");
  }
  folder_ = pattern;
}

Gnuplot::~Gnuplot() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Gnuplot::run(const std::string& script, const std::string& what) const {
  namespace process = boost::process;
  const auto gnuplot = process::search_path("gnuplot");
  if (gnuplot.empty()) throw Error("gnuplot is not installed; " + what + " needs it");
  write_whole_file(file("script.gp"), script);
  const int status = process::system(gnuplot, file("script.gp").string(),
                                     process::std_in<process::null, process::std_out> process::null,
                                     process::std_err > file("error.txt").string());
  if (status == 0) return;
  std::ostringstream words;
  words << std::ifstream(file("error.txt")).rdbuf();
  throw Error("gnuplot refused " + what + ": " + words.str());
}

std::string Gnuplot::quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + '"';
}

}  // namespace kontwin
