// This test program has a /run and a network of its own, so that it can start the real smart card
// service whatever runs on the machine.
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "adapters/simulation/card/own_namespaces.h"

namespace {

struct OwnNamespaces {
    OwnNamespaces() {
        if (const auto wrong = sekisho::simulation::enter_own_namespaces())
            throw std::runtime_error(*wrong);
    }
};

BOOST_TEST_GLOBAL_FIXTURE(OwnNamespaces);

}  // namespace
