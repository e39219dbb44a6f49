// By which way something leaves, in both languages, as `explain` and `drill` say it.
#pragma once

#include <expected>
#include <string>

#include "gateway/config/config.h"
#include "routing/path/choice.h"

namespace sekisho::cli {

// "platform over public: 第一の道 / the preferred way"
std::string in_words(const path::Choice& choice);

// A network as a user names it; where there is none, what there is.
std::expected<model::ZoneName, model::Text> network_named(const std::string& name,
                                                          const config::Config& config);

}  // namespace sekisho::cli
