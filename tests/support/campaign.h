// Many seeds, one after the other; where it stands is kept in a file, so that a long campaign can
// be broken off and taken up again.
//
// On the command line of a test program, after `--` (what stands before it is Boost.Test's):
//
//     simulation                                        the seeds of the ordinary run
//     simulation --run_test=seeds -- --seed 12345       one seed, with its trace
//     simulation --run_test=seeds -- --from 5000 --count 100000 --progress FILE
//
// The seeds are in a suite called `seeds` of every such program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace sekisho::tests {

struct CampaignOptions {
    std::uint64_t from = 1;
    std::uint64_t count = 2000;
    bool with_trace = false;  // of a seed that was asked for by name
    std::string progress{};   // a file with the next seed; empty: none
};

// `usual` with what the arguments change; nothing where one is not understood.
std::optional<CampaignOptions> read_arguments(std::span<char* const> arguments,
                                              CampaignOptions usual = {});
// The same of this program's own command line; throws std::runtime_error with the usage.
CampaignOptions asked_for(CampaignOptions usual = {});

// How to see this seed of this program again.
std::string replay_command(const std::string& program, std::uint64_t seed);

class Campaign {
  public:
    explicit Campaign(CampaignOptions options);

    std::optional<std::uint64_t> next();  // the seed to run; nothing: done
    void done(std::uint64_t seed);        // written down now and then, and at the end

  private:
    CampaignOptions options_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
};

}  // namespace sekisho::tests
