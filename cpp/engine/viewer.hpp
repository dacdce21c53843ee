// What one replicate knows of one viewer: a cache line, so that an impression costs one miss.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/system.hpp"

namespace groundswell {

// What a viewer remembers of one program item.
struct ItemMemory {
    std::uint16_t item = 0;
    std::uint16_t copy_day = 0;      // of the last verbatim showing
    std::uint16_t attended_day = 0;  // of the last attended exposure
    std::uint8_t copies = 0;         // verbatim showings, at most 255
    std::uint8_t used = 0;
    float repeats = 0;  // attended exposures, decayed to attended_day
};

// Company-related impressions of the last seven days on one platform.
struct WeekCount {
    std::uint32_t days = 0;   // a nibble a day, today lowest
    std::uint16_t today = 0;  // the day of the lowest nibble

    // Impressions of the last six days and today so far; moves the counts to `day`.
    std::uint32_t upto(std::uint16_t day) {
        const auto passed = static_cast<std::uint32_t>(day - today);
        days = passed >= 7 ? 0 : (days << (4 * passed)) & 0x0FFFFFFFu;
        today = day;
        const std::uint32_t pairs = (days & 0x0F0F0F0Fu) + ((days >> 4) & 0x0F0F0F0Fu);
        return (pairs * 0x01010101u) >> 24;
    }
    void count() {
        if ((days & 0xFu) < 15) ++days;
    }
};

// When somebody was last shown something; days count from 1, 0 is never.
struct LastDays {
    std::uint16_t employee = 0;   // an employee's post
    std::uint16_t with_page = 0;  // any post
};

struct alignas(64) Viewer {
    static constexpr std::size_t kInline = 2;
    static constexpr std::uint8_t kHasMuted = 1;  // look into the set of mutes

    float awareness, favorability;  // u and f at `touched`
    float exposures;                // attended impressions, decayed to `touched`; 0: none so far
    std::uint32_t touched;          // minute of the last attended impression
    WeekCount week;                 // where one platform is on
    LastDays last;                  // on any platform
    std::uint16_t epoch;            // replicate this state belongs to
    std::uint16_t lines;            // of the overflow of item memories; a power of two or 0
    std::uint8_t affinity, susceptibility, propensity, flags;
    std::uint32_t first_line;  // of the overflow
    std::array<ItemMemory, kInline> items;
};
static_assert(sizeof(Viewer) == 64);

// What a replicate knows of a viewer on one platform, where several are on.
struct PlatformViewer {
    WeekCount week;
    LastDays last;
    std::uint16_t epoch = 0;
};

inline bool forgotten(const ItemMemory& memory, std::uint16_t today, double memory_days) {
    return today - memory.copy_day > memory_days && today - memory.attended_day > memory_days;
}

// Item memories that do not fit into their viewer's cache line: more lines, of which an item's low bits choose one, so
// that a lookup costs one miss, and one that can be fetched ahead.
class ItemOverflow {
public:
    ItemMemory* find(const Viewer& viewer, std::uint16_t item) {
        if (viewer.lines == 0) return nullptr;
        for (ItemMemory& memory : line(viewer, item).items)
            if (memory.used != 0 && memory.item == item) return &memory;
        return nullptr;
    }
    ItemMemory* insert(Viewer& viewer, std::uint16_t item, std::uint16_t today, double memory_days) {
        if (viewer.lines == 0) grow(viewer);
        for (;; grow(viewer)) {
            for (ItemMemory& memory : line(viewer, item).items) {
                if (memory.used != 0 && !forgotten(memory, today, memory_days)) continue;
                memory = {.item = item, .used = 1};
                return &memory;
            }
        }
    }
    // Where find would look; null if nowhere.
    const void* place(const Viewer& viewer, std::uint16_t item) {
        return viewer.lines != 0 ? &line(viewer, item) : nullptr;
    }
    void clear() {
        next_ = 0;
        for (auto& lines : free_) lines.clear();
    }
    std::size_t size() const { return next_; }

private:
    struct Line {
        std::array<ItemMemory, 5> items;
        std::uint32_t padding;
    };
    static_assert(sizeof(Line) == 64);
    static constexpr std::uint32_t kChunk = 1u << 15;  // lines; two megabytes

    Line& at(std::uint32_t number) { return chunks_[number / kChunk][number % kChunk]; }
    Line& line(const Viewer& viewer, std::uint16_t item) {
        return at(viewer.first_line + (item & (viewer.lines - 1u)));
    }

    // Twice the lines. The items of a line go to two of the new ones, so there is room.
    void grow(Viewer& viewer) {
        const std::uint32_t old_lines = viewer.lines;
        const std::uint32_t old_first = viewer.first_line;
        viewer.lines = static_cast<std::uint16_t>(old_lines == 0 ? 1 : 2 * old_lines);
        viewer.first_line = take(viewer.lines);
        for (std::uint32_t n = 0; n < old_lines; ++n)
            for (const ItemMemory& memory : at(old_first + n).items)
                for (ItemMemory& place : line(viewer, memory.item).items)
                    if (memory.used != 0 && place.used == 0) {
                        place = memory;
                        break;
                    }
        if (old_lines != 0) free_[static_cast<std::size_t>(std::countr_zero(old_lines))].push_back(old_first);
    }
    // Empty consecutive lines.
    std::uint32_t take(std::uint32_t lines) {
        auto& reusable = free_[static_cast<std::size_t>(std::countr_zero(lines))];
        std::uint32_t first = 0;
        if (!reusable.empty()) {
            first = reusable.back();
            reusable.pop_back();
        } else {
            first = (next_ + lines - 1) / lines * lines;  // a multiple of their number: never across two chunks
            next_ = first + lines;
            if ((next_ - 1) / kChunk >= chunks_.size()) chunks_.emplace_back(kChunk);
        }
        for (std::uint32_t n = 0; n < lines; ++n) at(first + n) = {};
        return first;
    }

    std::vector<PageArray<Line>> chunks_;
    std::array<std::vector<std::uint32_t>, 16> free_;  // by the logarithm of the number of lines
    std::uint32_t next_ = 0;
};

inline ItemMemory* find_memory(Viewer& viewer, std::uint16_t item, ItemOverflow& overflow) {
    for (ItemMemory& memory : viewer.items)
        if (memory.used != 0 && memory.item == item) return &memory;
    return overflow.find(viewer, item);
}

// A memory for an item that has none yet: a free or forgotten place in the viewer, else in the overflow.
inline ItemMemory* make_memory(Viewer& viewer, std::uint16_t item, std::uint16_t today, double memory_days,
                               ItemOverflow& overflow) {
    for (ItemMemory& memory : viewer.items) {
        if (memory.used != 0 && !forgotten(memory, today, memory_days)) continue;
        memory = {.item = item, .used = 1};
        return &memory;
    }
    return overflow.insert(viewer, item, today, memory_days);
}

}  // namespace groundswell
