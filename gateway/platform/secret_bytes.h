// A few secret bytes: a PIN as it was typed, a command to a card that holds one.
//
// The bytes live in the object itself, so that nothing is left behind in a heap, and are cleansed
// when it goes or is moved from. It is not copied but by duplicate(), which says so, and it has no
// way to be printed. A value; one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho::platform {

// Overwrites them so that no compiler leaves it out.
void cleanse(std::span<std::uint8_t> bytes);

// Whether they are the same, in a time that says nothing of where they differ; of their lengths it
// does.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

class SecretBytes {
  public:
    static constexpr std::size_t kCapacity = 264;  // a short command APDU and a little more

    SecretBytes() = default;
    ~SecretBytes() { clear(); }
    SecretBytes(SecretBytes&& other) noexcept { take(other); }
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    // False, and nothing is added, where they do not fit.
    [[nodiscard]] bool append(std::string_view bytes);
    void clear();
    void remove_last();  // of what is not empty
    SecretBytes duplicate() const;

    std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }
    bool empty() const { return size_ == 0; }

  private:
    void take(SecretBytes& other);

    std::array<std::uint8_t, kCapacity> bytes_{};
    std::size_t size_ = 0;
};

}  // namespace sekisho::platform
