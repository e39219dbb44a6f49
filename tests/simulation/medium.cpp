#include "tests/simulation/medium.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/support/chance.h"
#include "tests/support/disk/faulty_vfs.h"
#include "tests/support/disk/power_disk.h"

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

// A store that is opened again from other files after each crash; under its folder nothing stays.
class DiskMedium : public StoreMedium {
  public:
    explicit DiskMedium(int log_pages_max) : log_pages_max_(log_pages_max), root_(make_folder()) {
        fs::create_directory(folder());
    }
    ~DiskMedium() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }
    DiskMedium(const DiskMedium&) = delete;
    DiskMedium& operator=(const DiskMedium&) = delete;

    store::Store& store() override { return *store_; }

  protected:
    std::string folder() const { return root_ + "/" + std::to_string(life_); }
    std::string next_folder() {
        ++life_;
        fs::create_directory(folder());
        return folder();
    }
    void close() { store_.reset(); }
    void open(const std::string& vfs) {
        auto opened = store::SqliteStore::open({.path = folder() + "/sekisho.db",
                                                .vfs = vfs,
                                                .readers = 2,
                                                .log_pages_max = log_pages_max_});
        if (!opened)
            throw std::runtime_error("the store does not open: " + opened.error().detail.en);
        store_ = std::move(*opened);
    }

  private:
    const int log_pages_max_;
    std::string root_;
    int life_ = 0;
    std::unique_ptr<store::SqliteStore> store_;
};

class SqliteMedium final : public DiskMedium {
  public:
    SqliteMedium() : DiskMedium(store::SqliteOptions{}.log_pages_max) { open(vfs_.name()); }
    ~SqliteMedium() override { close(); }

    void crash() override {
        const std::string before = folder();
        const std::string after = next_folder();
        for (const char* file : {"/sekisho.db", "/sekisho.db-wal"}) {
            if (fs::exists(before + file)) fs::copy_file(before + file, after + file);
        }
        close();
        vfs_.heal();
        open(vfs_.name());
    }

    void fail_sync() override { vfs_.fail_sync(1); }

  private:
    FaultyVfs vfs_{"simulation"};
};

class PowerMedium final : public DiskMedium {
  public:
    explicit PowerMedium(std::uint64_t seed) : DiskMedium(kLogPagesMax), chance_(seed) { start(); }
    ~PowerMedium() override { close(); }

    void crash() override {
        disk_.end_now(end_);
        close();
        const std::string before = folder();
        const std::string after = next_folder();
        if (end_ == PowerDisk::End::power) {
            const auto loss = chance_.of(0.5) ? Loss::all : Loss::by_chance;
            disk_.come_back_from_cut(after, loss, chance_.below(UINT32_MAX));
        } else {
            disk_.come_back_from_exit(before, after);
        }
        start();
    }

    void fail_sync() override { disk_.fail_next_sync(); }

  private:
    static constexpr int kLogPagesMax = 60;            // so that there are checkpoints
    static constexpr std::uint64_t kCallsMin = 100;    // a run records its facts in peace
    static constexpr std::uint64_t kCallsMax = 1'500;  // of a life: many end earlier by themselves

    void start() {
        open(disk_.name());
        disk_.synced_folder();
        end_ = chance_.of(0.7) ? PowerDisk::End::power : PowerDisk::End::process;
        disk_.end_at(disk_.calls() + kCallsMin + chance_.below(kCallsMax), end_);
    }

    Chance chance_;
    PowerDisk disk_{"simulated power"};
    PowerDisk::End end_ = PowerDisk::End::power;
};

}  // namespace

std::unique_ptr<StoreMedium> make_medium(Medium medium, std::uint64_t seed) {
    if (medium == Medium::sqlite) return std::make_unique<SqliteMedium>();
    if (medium == Medium::power) return std::make_unique<PowerMedium>(seed);
    return std::make_unique<MemoryMedium>();
}

}  // namespace sekisho::tests::simulation
