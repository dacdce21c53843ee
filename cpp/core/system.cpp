#include "core/system.hpp"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/errors.hpp"

#if defined(__linux__)
#include <sys/mman.h>

#include <fstream>
#endif

namespace groundswell {

namespace {

Isa detect_isa() {
#if defined(GROUNDSWELL_X86_KERNELS)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return Isa::avx512;
    if (__builtin_cpu_supports("avx2")) return Isa::avx2;
#endif
    return Isa::scalar;
}

std::atomic<Isa>& active() {
    static std::atomic<Isa> isa{best_isa()};
    return isa;
}

#if defined(__linux__)
constexpr std::size_t kHugePage = std::size_t{1} << 21;

std::size_t whole_pages(std::size_t bytes) { return (bytes + kHugePage - 1) / kHugePage * kHugePage; }
#endif

}  // namespace

Isa best_isa() {
    static const Isa isa = detect_isa();
    return isa;
}

Isa active_isa() { return active().load(std::memory_order_relaxed); }

void force_isa(Isa isa) {
    if (isa > best_isa())
        throw InvalidInput("instruction set '" + std::string(isa_name(isa)) + "': this processor offers at most '" +
                           std::string(isa_name(best_isa())) + "'");
    active().store(isa);
}

Isa isa_from_name(std::string_view name) {
    for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512})
        if (name == isa_name(isa)) return isa;
    throw InvalidInput("instruction set '" + std::string(name) + "': must be one of scalar, avx2, avx512");
}

std::string_view isa_name(Isa isa) {
    switch (isa) {
        case Isa::avx2:
            return "avx2";
        case Isa::avx512:
            return "avx512";
        default:
            return "scalar";
    }
}

std::uint64_t available_memory_bytes() {
#if defined(__linux__)
    std::ifstream info("/proc/meminfo");
    std::string key;
    std::uint64_t kilobytes = 0;
    std::string unit;
    while (info >> key >> kilobytes >> unit)
        if (key == "MemAvailable:") return kilobytes * 1024;
#endif
    return 0;
}

void* allocate_pages(std::size_t bytes) {
    if (bytes == 0) return nullptr;
#if defined(__linux__)
    if (bytes >= kHugePage) {  // fresh pages are zero already
        void* memory = mmap(nullptr, whole_pages(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
#if defined(MADV_HUGEPAGE)
        madvise(memory, whole_pages(bytes), MADV_HUGEPAGE);  // on ordinary pages the numbers are the same
#endif
        return memory;
    }
#endif
    void* memory = ::operator new (bytes, std::align_val_t{64});
    std::memset(memory, 0, bytes);
    return memory;
}

void free_pages(void* memory, [[maybe_unused]] std::size_t bytes) {
    if (memory == nullptr) return;
#if defined(__linux__)
    if (bytes >= kHugePage) {
        munmap(memory, whole_pages(bytes));
        return;
    }
#endif
    ::operator delete (memory, std::align_val_t{64});
}

}  // namespace groundswell
