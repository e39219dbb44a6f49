// A PIN: four digits, kept in memory that is overwritten, and copied nowhere.
#include "gateway/card/pin.h"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <memory>
#include <type_traits>

#include "tests/unit/gateway/card/card_desk.h"

using namespace sekisho;
using tests::typed;

BOOST_AUTO_TEST_SUITE(pin)

BOOST_AUTO_TEST_CASE(is_exactly_four_digits) {
    BOOST_TEST(card::Pin::parse(typed("0000")).has_value());
    for (const char* other :
         {"", "1", "123", "12345", "123a", " 123", "1234 ", "１２３４", "-123"}) {
        BOOST_TEST(!card::Pin::parse(typed(other)).has_value());
    }
    BOOST_TEST(!card::Pin::parse(typed({"1\0002", 3})).has_value());
}

BOOST_AUTO_TEST_CASE(is_not_copied_and_not_printed) {
    static_assert(!std::is_copy_constructible_v<card::Pin>);
    static_assert(!std::is_copy_assignable_v<card::Pin>);
    static_assert(!std::is_copy_constructible_v<platform::SecretBytes>);
    const auto printable = []<class T>(std::type_identity<T>) {
        return requires(std::ostream& out, const T& value) { out << value; };
    };
    BOOST_TEST(!printable(std::type_identity<card::Pin>{}));
    BOOST_TEST(!printable(std::type_identity<platform::SecretBytes>{}));
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_in_the_memory_it_lived_in) {
    alignas(card::Pin) std::array<unsigned char, sizeof(card::Pin)> place{};
    const auto holds = [&place] {
        const std::string_view memory{reinterpret_cast<const char*>(place.data()), place.size()};
        return memory.find("7391") != std::string_view::npos;
    };
    auto* pin =
        std::construct_at(reinterpret_cast<card::Pin*>(place.data()), tests::pin_of("7391"));
    BOOST_TEST(holds());
    const card::Pin taken = std::move(*pin);
    BOOST_TEST(!holds());
    *pin = tests::pin_of("7391");
    BOOST_TEST(holds());
    std::destroy_at(pin);
    BOOST_TEST(!holds());
}

BOOST_AUTO_TEST_SUITE_END()
