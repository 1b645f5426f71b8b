// Paths as given into files.
//
// Idea: a folder is walked depth first, its entries in the order of their names, one folder's names in memory
// at a time and those of the folders it stands in. Links to folders are followed unless they lead to a folder
// that is being walked. Example: news/ with a.html and old/b.html gives news/a.html, news/old/b.html.
// Counter-example: news/old/again -> .. would be news itself and is reported instead of walked. A FIFO in a
// folder is not opened, since nobody may ever write into it. Cost: one sort a folder.
// Covered by tests/page/folders_test.cc.
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/streams.h"

namespace parley::page {
namespace {

struct Folder {
  std::string path;
  std::vector<std::string> names;  // last first
  dev_t device = 0;
  ino_t inode = 0;
};

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.back() == '/' ? folder + name : folder + '/' + name;
}

bool has_pattern(const std::string& path) { return path.find_first_of("*?[") != std::string::npos; }

}  // namespace

struct PathWalk::State {
  std::deque<std::string> paths;
  const Cues* cues;
  Tally* tally;
  std::vector<Folder> folders;  // being walked, outermost first

  bool open_folder(const std::string& path, const struct stat& facts, std::optional<Error>& error) {
    for (const Folder& above : folders) {
      if (above.device == facts.st_dev && above.inode == facts.st_ino) {
        error = Error{Error::Code::unreadable,
                      "leads back to " + above.path + ", which is being read: passed over; take the link away", path};
        return false;
      }
    }
    Folder folder{path, {}, facts.st_dev, facts.st_ino};
    std::error_code failure;
    for (std::filesystem::directory_iterator it(path, failure), end; !failure && it != end; it.increment(failure)) {
      std::string name = it->path().filename().string();
      if (name.empty() || name.front() == '.') continue;
      folder.names.push_back(std::move(name));
    }
    if (failure) {
      error = Error{Error::Code::unreadable, "cannot be walked: " + failure.message() + "; check its permissions", path};
      return false;
    }
    std::sort(folder.names.begin(), folder.names.end(), std::greater<>());
    folders.push_back(std::move(folder));
    return true;
  }

  bool is_furniture(const std::string& name) const {
    if (cues == nullptr) return false;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return false;
    std::string ending = name.substr(dot + 1);
    for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return cues->passed_over_endings.count(ending) > 0;
  }

  // The next file of the folders being walked, or an error on the way.
  std::optional<Step> walk() {
    while (!folders.empty()) {
      Folder& folder = folders.back();
      if (folder.names.empty()) {
        folders.pop_back();
        continue;
      }
      const std::string name = std::move(folder.names.back());
      folder.names.pop_back();
      const std::string path = joined(folder.path, name);
      struct stat facts{};
      // What is gone by now fails when it is opened, with the reason.
      if (::stat(path.c_str(), &facts) != 0) {
        struct stat link{};
        if (errno == ELOOP || (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode))) {
          return Step{path, Error{Error::Code::not_found,
                                  errno == ELOOP ? "a link that leads to itself: take it away"
                                                 : "a link to nothing: take it away or restore what it names",
                                  path}, true};
        }
        return Step{path, std::nullopt, true};
      }
      if (S_ISDIR(facts.st_mode)) {
        std::optional<Error> error;
        if (!open_folder(path, facts, error)) return Step{path, std::move(error), true};
      } else if (!S_ISREG(facts.st_mode)) {
        return Step{path, Error{Error::Code::unreadable,
                                "no regular file: name it yourself to read from it", path}, true};
      } else if (is_furniture(name)) {
        ++tally->passed_over;
      } else {
        return Step{path, std::nullopt, true};
      }
    }
    return std::nullopt;
  }
};

PathWalk::PathWalk(std::vector<std::string> paths, const Cues* cues, Tally& tally)
    : state_(std::make_unique<State>()) {
  state_->paths.assign(std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end()));
  state_->cues = cues;
  state_->tally = &tally;
}
PathWalk::~PathWalk() = default;
PathWalk::PathWalk(PathWalk&&) noexcept = default;

std::optional<PathWalk::Step> PathWalk::next() {
  for (;;) {
    if (std::optional<Step> step = state_->walk()) return step;
    if (state_->paths.empty()) return std::nullopt;
    std::string path = std::move(state_->paths.front());
    state_->paths.pop_front();
    if (path == "-") return Step{std::move(path), std::nullopt, false};
    struct stat facts{};
    const bool there = ::stat(path.c_str(), &facts) == 0;
    if (!there && has_pattern(path)) {
      glob_t found{};
      if (::glob(path.c_str(), 0, nullptr, &found) == 0) {
        for (std::size_t i = found.gl_pathc; i-- > 0;) state_->paths.emplace_front(found.gl_pathv[i]);
        ::globfree(&found);
        continue;
      }
      ::globfree(&found);
      Error error{Error::Code::not_found, "no file fits this pattern: check it", path};
      return Step{std::move(path), std::move(error), false};
    }
    if (there && S_ISDIR(facts.st_mode)) {
      std::optional<Error> error;
      if (!state_->open_folder(path, facts, error)) return Step{std::move(path), std::move(error), false};
      if (state_->folders.back().names.empty()) {
        Error empty{Error::Code::empty, "there is nothing in this folder", path};
        return Step{std::move(path), std::move(empty), false};
      }
      continue;
    }
    return Step{std::move(path), std::nullopt, false};
  }
}

}  // namespace parley::page
