// No further thread can be started while one of these lives: for tests of what then happens.
#pragma once

#include <cstddef>
#include <system_error>
#include <thread>

#if defined(__GLIBC__)
#include <pthread.h>
#endif

namespace groundswell {

// Asks for a stack that no address space holds, so that std::thread fails as it does where the system gives no thread.
// Only the C library of GNU can be asked so; `works` says whether starting a thread does fail here.
class NoMoreThreads {
public:
    NoMoreThreads() {
#if defined(__GLIBC__)
        pthread_attr_t attributes;
        pthread_getattr_default_np(&attributes);
        pthread_attr_getstacksize(&attributes, &usual_);
        set(std::size_t{1} << 60U);
        pthread_attr_destroy(&attributes);
#endif
    }
    ~NoMoreThreads() {
#if defined(__GLIBC__)
        set(usual_);
#endif
    }
    NoMoreThreads(const NoMoreThreads&) = delete;
    NoMoreThreads& operator=(const NoMoreThreads&) = delete;

    [[nodiscard]] static bool works() {
        try {
            std::thread([] {}).join();
            return false;
        } catch (const std::system_error&) {
            return true;
        }
    }

private:
#if defined(__GLIBC__)
    static void set(std::size_t stack) {
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, stack);
        pthread_setattr_default_np(&attributes);
        pthread_attr_destroy(&attributes);
    }
    std::size_t usual_ = 0;
#endif
};

}  // namespace groundswell
