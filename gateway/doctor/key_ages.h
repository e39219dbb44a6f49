// How old the files are of the keys of the keyring that are in use: the newest of each kind.
#pragma once

#include "gateway/doctor/finding.h"
#include "gateway/doctor/machine.h"

namespace sekisho::doctor {

// By when its file was written, as `sekisho keys list` tells it. Nothing of what cannot be read,
// which the keyring itself is told by.
Findings key_ages(const Premises& premises);

}  // namespace sekisho::doctor
