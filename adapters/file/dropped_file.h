// A file in the making: hidden until it is whole, gone when it is abandoned.
//
// Writes to a hidden name in the same folder; publish() renames it. Every failure is a false with
// errno's words in trouble(). Owned and used by one thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::file {

class DroppedFile {
  public:
    DroppedFile(const std::string& folder, const std::string& name);
    ~DroppedFile();
    DroppedFile(const DroppedFile&) = delete;
    DroppedFile& operator=(const DroppedFile&) = delete;

    bool write(std::string_view bytes);
    bool sync();     // to the disk, still hidden
    bool publish();  // after sync(): takes its name, replacing what had it
    const std::string& hidden_path() const { return hidden_; }
    const std::string& trouble() const { return trouble_; }

  private:
    bool fail(std::string_view what);

    const std::string path_;
    std::string hidden_;
    std::string trouble_;
    int descriptor_ = -1;
    bool published_ = false;
};

bool sync_folder(const std::string& folder);
enum class Sameness { absent, same, different };
Sameness compare_files(const std::string& existing, const std::string& candidate);

}  // namespace sekisho::file
