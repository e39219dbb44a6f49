#include "routing/model/envelope.h"

#include <set>

namespace sekisho::model {

// A load of many thousand persons is usually all of one insurer: the last one seen is asked first.
std::vector<InsurerNumber> insurers_of(const std::vector<Person>& persons) {
    std::vector<InsurerNumber> insurers;
    std::set<InsurerNumber> seen;
    for (const Person& person : persons) {
        if (!insurers.empty() && insurers.back() == person.insurer) continue;
        if (seen.insert(person.insurer).second) insurers.push_back(person.insurer);
    }
    return insurers;
}

}  // namespace sekisho::model
