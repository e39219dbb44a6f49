#include "tests/simulation/medium.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace sekisho::tests::simulation {

namespace {

namespace fs = std::filesystem;

class MemoryMedium final : public StoreMedium {
  public:
    store::Store& store() override { return store_; }
    void crash() override {}
    void fail_sync() override {}

  private:
    store::MemoryStore store_;
};

// A folder in memory where the machine has one: nothing here outlives the run, and a real disk's
// fsync would be most of its time.
std::string make_folder() {
    const bool in_memory = fs::is_directory("/dev/shm");
    std::string name =
        (in_memory ? std::string{"/dev/shm"} : std::string{SEKISHO_BINARY_DIR}) + "/sim-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    return name;
}

class SqliteMedium final : public StoreMedium {
  public:
    SqliteMedium() : folder_(make_folder()) { open(); }
    ~SqliteMedium() override {
        store_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    SqliteMedium(const SqliteMedium&) = delete;
    SqliteMedium& operator=(const SqliteMedium&) = delete;

    store::Store& store() override { return *store_; }

    void crash() override {
        const std::string before = path();
        ++life_;
        for (const char* part : {"", "-wal"}) {
            if (fs::exists(before + part)) fs::copy_file(before + part, path() + part);
        }
        store_.reset();
        vfs_.heal();
        open();
    }

    void fail_sync() override { vfs_.fail_sync(1); }

  private:
    std::string path() const { return folder_ + "/" + std::to_string(life_) + ".db"; }

    void open() {
        auto opened = store::SqliteStore::open({.path = path(), .vfs = vfs_.name(), .readers = 2});
        if (!opened)
            throw std::runtime_error("the store does not open: " + opened.error().detail.en);
        store_ = std::move(*opened);
    }

    store::FaultyVfs vfs_{"simulation"};
    std::string folder_;
    int life_ = 0;
    std::unique_ptr<store::SqliteStore> store_;
};

}  // namespace

std::unique_ptr<StoreMedium> make_medium(Medium medium) {
    if (medium == Medium::sqlite) return std::make_unique<SqliteMedium>();
    return std::make_unique<MemoryMedium>();
}

}  // namespace sekisho::tests::simulation
