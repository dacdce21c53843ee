// What one replicate knows of one viewer: a cache line, so that an impression costs one miss.
#pragma once

#include <array>
#include <cstdint>

#include <boost/unordered/unordered_flat_map.hpp>

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

struct Viewer {
    static constexpr std::size_t kInline = 3;
    static constexpr std::uint8_t kHasMuted = 1;    // look into the set of mutes
    static constexpr std::uint8_t kOverflowed = 2;  // look into the overflow of item memories

    float awareness;  // u at `touched`
    float favorability;
    std::uint32_t touched;     // minute of the last attended impression
    std::uint32_t day_counts;  // company impressions, a nibble a day, today lowest; seven days
    std::uint16_t count_day;   // the "today" of day_counts
    std::uint16_t last_day;    // 1 + day of the last impression of an employee's post; 0 never
    std::uint16_t last_day_with_page;
    std::uint16_t epoch;  // replicate this state belongs to
    std::uint8_t affinity, susceptibility, propensity, flags;
    std::array<ItemMemory, kInline> items;

    // Impressions of the last six days and today so far; moves the counts to `today`.
    std::uint32_t impressions_of_week(std::uint16_t today) {
        const auto passed = static_cast<std::uint32_t>(today - count_day);
        day_counts = passed >= 7 ? 0 : (day_counts << (4 * passed)) & 0x0FFFFFFFu;
        count_day = today;
        const std::uint32_t pairs = (day_counts & 0x0F0F0F0Fu) + ((day_counts >> 4) & 0x0F0F0F0Fu);
        return (pairs * 0x01010101u) >> 24;
    }
    void count_impression() {
        if ((day_counts & 0xFu) < 15) ++day_counts;
    }
};
static_assert(sizeof(Viewer) == 64);

// Item memories that do not fit into their viewer's cache line.
class ItemOverflow {
public:
    ItemMemory* find(std::uint32_t viewer, std::uint16_t item) {
        const auto it = memories_.find(key(viewer, item));
        return it == memories_.end() ? nullptr : &it->second;
    }
    ItemMemory* insert(std::uint32_t viewer, std::uint16_t item) { return &memories_[key(viewer, item)]; }
    void clear() { memories_.clear(); }
    void forget(std::uint16_t today, double memory_days) {
        boost::unordered::erase_if(memories_, [&](const auto& entry) {
            return today - entry.second.copy_day > memory_days && today - entry.second.attended_day > memory_days;
        });
    }
    std::size_t size() const { return memories_.size(); }

private:
    static std::uint64_t key(std::uint32_t viewer, std::uint16_t item) { return (std::uint64_t{viewer} << 16) | item; }
    boost::unordered_flat_map<std::uint64_t, ItemMemory> memories_;
};

inline ItemMemory* find_memory(Viewer& viewer, std::uint32_t person, std::uint16_t item, ItemOverflow& overflow) {
    for (ItemMemory& memory : viewer.items)
        if (memory.used != 0 && memory.item == item) return &memory;
    return (viewer.flags & Viewer::kOverflowed) != 0 ? overflow.find(person, item) : nullptr;
}

// A memory for an item that has none yet: a free or forgotten place in the viewer, else in the overflow.
inline ItemMemory* make_memory(Viewer& viewer, std::uint32_t person, std::uint16_t item, std::uint16_t today,
                               double memory_days, ItemOverflow& overflow) {
    for (ItemMemory& memory : viewer.items) {
        const bool forgotten = today - memory.copy_day > memory_days && today - memory.attended_day > memory_days;
        if (memory.used == 0 || forgotten) {
            memory = {.item = item, .used = 1};
            return &memory;
        }
    }
    viewer.flags |= Viewer::kOverflowed;
    ItemMemory* memory = overflow.insert(person, item);
    *memory = {.item = item, .used = 1};
    return memory;
}

}  // namespace groundswell
