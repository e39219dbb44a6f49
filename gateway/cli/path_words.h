// By which way something leaves, in both languages, as `explain` and `drill` say it.
#pragma once

#include <string>

#include "routing/path/choice.h"

namespace sekisho::cli {

// "platform over public: 第一の道 / the preferred way"
std::string in_words(const path::Choice& choice);

}  // namespace sekisho::cli
