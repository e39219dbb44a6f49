// The eligibility adapter by files: the same conversation as over HTTPS, with a connector
// (連携アプリケーション) that stands beside the gateway and watches a folder.
//
// Each question and each document is one pair of files (file_pairs.h). A question whose response
// does not come by its deadline is taken back; a document stays asked for and is looked for again
// at the next attempt. Threads: any number.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/object_reader.h"

namespace sekisho::eligibility_adapter {

// {"folder": "/…", "institution": "1310000001"}: the connector's folder, which holds `req` and
// `res`, and the code (医療機関コード, 10 digits) under which it speaks.
struct FileSettings {
    std::string folder;
    std::string institution;

    static FileSettings read(documents::ObjectReader& reader);
};

std::unique_ptr<adapters::Adapter> make_file_adapter(FileSettings settings);

}  // namespace sekisho::eligibility_adapter
