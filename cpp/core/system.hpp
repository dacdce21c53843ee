// Everything that depends on the operating system or the processor, with a fallback that gives the same numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

namespace groundswell {

// Instruction sets the hot filter is written for. All give the same bits.
enum class Isa : std::uint8_t { scalar, avx2, avx512 };

Isa best_isa();           // the best that this processor has
Isa active_isa();         // best_isa() unless another one is forced
void force_isa(Isa isa);  // for tests; throws InvalidInput if the processor lacks it
Isa isa_from_name(std::string_view name);
std::string_view isa_name(Isa isa);

// Bytes of memory that can still be taken; 0 where the system does not say.
std::uint64_t available_memory_bytes();

// Starts to fetch the cache line of `address`, which is about to be read or, with kWrite, written. It is a wish that
// does nothing where the compiler has no word for it, and never changes a number.
template <bool kWrite = false>
inline void prefetch([[maybe_unused]] const void* address) {
#if defined(__GNUC__)  // clang too
    __builtin_prefetch(address, kWrite ? 1 : 0);
#endif
}

// Zeroed memory on huge pages where the system grants them, aligned to a cache line.
void* allocate_pages(std::size_t bytes);
void free_pages(void* memory, std::size_t bytes);

// An array of a trivially constructible T, all zero at first, in the memory of allocate_pages.
template <class T>
class PageArray {
public:
    PageArray() = default;
    explicit PageArray(std::size_t size) : data_(static_cast<T*>(allocate_pages(size * sizeof(T)))), size_(size) {}
    PageArray(PageArray&& other) noexcept : data_(other.data_), size_(other.size_) {
        other.data_ = nullptr;
        other.size_ = 0;
    }
    PageArray& operator=(PageArray&& other) noexcept {
        if (this != &other) {
            free_pages(data_, size_ * sizeof(T));
            data_ = other.data_;
            size_ = other.size_;
            other.data_ = nullptr;
            other.size_ = 0;
        }
        return *this;
    }
    PageArray(const PageArray&) = delete;
    PageArray& operator=(const PageArray&) = delete;
    ~PageArray() { free_pages(data_, size_ * sizeof(T)); }

    T& operator[](std::size_t i) { return data_[i]; }
    const T& operator[](std::size_t i) const { return data_[i]; }
    const T* data() const { return data_; }
    T* data() { return data_; }
    std::size_t size() const { return size_; }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace groundswell
