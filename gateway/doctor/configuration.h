// The configuration itself: every error with its place, or that it is sound.
#pragma once

#include <expected>

#include "gateway/config/config.h"
#include "gateway/doctor/finding.h"

namespace sekisho::doctor {

Findings findings_of(const std::expected<config::Config, config::ConfigErrors>& loaded,
                     const std::string& file);

}  // namespace sekisho::doctor
