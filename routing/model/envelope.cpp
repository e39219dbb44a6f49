#include "routing/model/envelope.h"

#include <algorithm>

namespace sekisho::model {

// A load of many thousand persons is usually all of one insurer: the last one seen is asked first.
std::vector<InsurerNumber> insurers_of(const std::vector<Person>& persons) {
    std::vector<InsurerNumber> insurers;
    for (const Person& person : persons) {
        if (!insurers.empty() && insurers.back() == person.insurer) continue;
        if (std::ranges::find(insurers, person.insurer) != insurers.end()) continue;
        insurers.push_back(person.insurer);
    }
    return insurers;
}

}  // namespace sekisho::model
