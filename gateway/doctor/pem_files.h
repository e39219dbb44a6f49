// Files with certificates, keys and revocation lists, read for a look at them.
//
// Of a key only its public half is kept, and that no longer than it is compared. What cannot be
// read says why in words without the file's name. PEM alone: so the gateway, its clients and its
// zones read these files. A list of cards and their authorities have readers of their own, in
// gateway/admission.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "gateway/doctor/finding.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/platform/ports.h"
#include "routing/model/instant.h"

namespace sekisho::doctor {

template <class T>
using Read = std::expected<T, model::Text>;

// All of them, at least one.
Read<std::vector<identity::CertificatePtr>> read_certificates(platform::Files& files,
                                                              const std::string& path);
Read<identity::PrivateKeyPtr> read_key(platform::Files& files, const std::string& path);
Read<std::vector<identity::RevocationListPtr>> read_lists(platform::Files& files,
                                                          const std::string& path);

// "CN=sekisho": RFC 2253.
std::string name_of(const X509_NAME* name);
// "C=JP, O=Sekisho, CN=gw": as the IKE daemon writes it.
std::string ike_name_of(const X509_NAME* name);
model::Period validity_of(const X509& certificate);

// The permissions of a file as stat(2) tells them; none where there is no file.
std::optional<unsigned> mode_of(const std::string& path);

Verdict unreadable(const model::Text& why);

}  // namespace sekisho::doctor
