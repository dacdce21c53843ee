// Functions that a kernel for one instruction set uses must be inlined into it: a copy of its own, compiled for that
// set, might be the one that the linker keeps for everybody.
#pragma once

#if defined(_MSC_VER)
#define GROUNDSWELL_INLINE __forceinline
#else
#define GROUNDSWELL_INLINE [[gnu::always_inline]] inline
#endif
