#include "world/ties/circles.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "core/keyed_permutation.hpp"

namespace groundswell {
namespace {

constexpr std::uint32_t kPersonBits = 24;
constexpr std::uint32_t person_at(std::uint32_t place) { return place & (kMaxPersons - 1); }
constexpr std::uint32_t stubs_of(std::uint32_t place) { return place >> kPersonBits; }

// Turns counts, each at its index + 1, into the places where they begin.
void cumulate(std::vector<std::uint32_t>& begin, const char* what) {
    std::uint64_t sum = 0;
    for (std::uint32_t& entry : begin) {
        sum += entry;
        if (sum > 0xFFFFFFFFull)
            throw InvalidInput(std::string("audience.person_degree_mean: the persons have more than 4294967295 ") +
                               what + "; lower audience.person_degree_mean or audience.pool");
        entry = static_cast<std::uint32_t>(sum);
    }
}

}  // namespace

std::uint32_t CircleTies::Ground::circle_of(std::uint32_t position) const {
    return circle_begin + static_cast<std::uint32_t>(std::uint64_t{position - begin} * circles / span);
}

std::uint32_t CircleTies::Ground::begin_of(std::uint32_t circle) const {
    const std::uint64_t at = (std::uint64_t{circle - circle_begin} * span + circles - 1) / circles;
    return begin + static_cast<std::uint32_t>(std::min<std::uint64_t>(at, count));
}

CircleTies::CircleTies(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params)
    : bounds_(bounds),
      params_(params),
      degree_key_(context.key(Decision::person_degrees)),
      position_key_(context.key(Decision::circle_positions)),
      random_key_(context.key(Decision::random_ties)),
      log_median_(ieee::log(params.person_degree_mean) - params.person_degree_log_sd * params.person_degree_log_sd / 2),
      per_position_(static_cast<std::uint32_t>(params.circle_stubs)) {
    const StreamKey pairs = context.key(Decision::circle_ties);
    const Block words = draw(pairs, 0);
    pair_key_ = words[0] | (std::uint64_t{words[1]} << 32);
    raise_.fill(1);
    lay_out(context);
    // What is lost, to repeats and in small circles, is measured and made up for.
    constexpr int kRounds = 3;
    constexpr double kGoodEnough = .015, kMostRaise = 4;
    for (int round = 0; round < kRounds; ++round) {
        bool changed = false;
        for (std::size_t s = 1; s < kSegments; ++s) {
            const double made = made_per_wanted(s);
            if (!(std::fabs(made - 1) > kGoodEnough)) continue;
            const double raise = std::clamp(raise_[s] / std::max(made, .1), .5, kMostRaise);
            changed = changed || raise != raise_[s];
            raise_[s] = raise;
        }
        if (!changed) break;
        lay_out(context);
    }
}

double CircleTies::wanted(std::uint32_t person) const {
    const double score = normal_quantile(unit(draw(degree_key_, person)[0]));
    return std::min(std::max(1.0, ieee::exp(log_median_ + params_.person_degree_log_sd * score)),
                    params_.person_degree_cap);
}

CircleTies::Stubs CircleTies::stubs(std::uint32_t person, std::size_t segment) const {
    const Block words = draw(degree_key_, person);
    const double all = std::floor(raise_[segment] * wanted(person) + unit(words[1]));
    const double random = std::min(all, std::floor(params_.random_ties * all + unit(words[2])));
    Stubs stubs{static_cast<std::uint32_t>(random), static_cast<std::uint32_t>(all - random), 0};
    stubs.positions = (stubs.in_circles + per_position_ - 1) / per_position_;
    return stubs;
}

std::size_t CircleTies::segment_of(std::uint32_t person) const {
    std::size_t s = 1;
    while (person >= bounds_[s + 1]) ++s;
    return s;
}

std::uint32_t CircleTies::stubs_at(const Stubs& all, std::uint32_t slot) const {
    return std::min(per_position_, all.in_circles - std::min(all.in_circles, slot * per_position_));
}

std::size_t CircleTies::ground_of_further(std::uint32_t person, std::size_t segment, std::uint32_t slot) const {
    return unit(draw(position_key_, person, slot)[0]) < params_.mixed_circles ? kMixed : kSegments + segment;
}

void CircleTies::lay_out(const BuildContext& context) {
    count_places(context);
    set_grounds();
    fill_places(context);
    set_scales(context);
}

// Sizes: further slots and random stubs of each person, further positions of each ground by chunk of persons.
void CircleTies::count_places(const BuildContext& context) {
    const std::uint32_t first = bounds_[1], persons = bounds_[kSegments] - first;
    slot_begin_.assign(std::size_t{persons} + 1, 0);
    random_begin_.assign(std::size_t{persons} + 1, 0);
    further_before_.assign(chunks_of(persons), {});
    over_chunks(context, first, bounds_[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        auto& further = further_before_[(begin - first) / kChunk];
        for (std::uint32_t person = begin; person < end; ++person) {
            const std::size_t segment = segment_of(person);
            const Stubs own = stubs(person, segment);
            slot_begin_[person - first + 1] = own.positions > 0 ? own.positions - 1 : 0;
            random_begin_[person - first + 1] = own.random;
            for (std::uint32_t slot = 1; slot < own.positions; ++slot)
                ++further[ground_of_further(person, segment, slot)];
        }
    });
    cumulate(slot_begin_, "positions in circles");
    cumulate(random_begin_, "random stubs");
}

// Where the positions and circles of each ground begin; further_before_ becomes what earlier chunks take of a ground.
void CircleTies::set_grounds() {
    std::array<std::uint32_t, kGrounds> further{};
    for (auto& chunk : further_before_)
        for (std::size_t g = 0; g < kGrounds; ++g) std::swap(chunk[g], further[g]), further[g] += chunk[g];
    std::uint64_t position = 0;
    std::uint32_t circle = 0;
    for (std::size_t g = 0; g < kGrounds; ++g) {
        const bool home = g < kSegments;
        const auto size = static_cast<std::uint32_t>(home ? params_.affinity_block_persons : params_.circle_persons);
        const std::uint32_t count = g == 0 ? 0 : home ? bounds_[g + 1] - bounds_[g] : further[g];
        // Homes are whole blocks and a rest; other circles are all of about the same size.
        const std::uint32_t circles = count == 0 ? 0
                                      : home     ? (count + size - 1) / size
                                                 : std::max(1u, (count + size / 2) / size);
        grounds_[g] = {static_cast<std::uint32_t>(position), count, circle, circles,
                       home ? std::uint64_t{circles} * size : count};
        position += count;
        circle += circles;
    }
    if (position > 0xFFFFFFFFull) throw InvalidInput("audience.person_degree_mean: too many positions in circles");
    places_.assign(position, 0);
    scale_.assign(circle, 0);
}

void CircleTies::fill_places(const BuildContext& context) {
    const std::uint32_t first = bounds_[1];
    slot_position_.resize(slot_begin_.back());
    random_owner_.resize(random_begin_.back());
    std::vector<KeyedPermutation> shuffle;
    for (std::size_t g = 0; g < kGrounds; ++g)
        shuffle.emplace_back(position_key_, static_cast<std::uint32_t>(g), std::max(1u, grounds_[g].count));
    const KeyedPermutation random_place(random_key_, 0, std::max<std::uint32_t>(1, random_begin_.back()));
    over_chunks(context, first, bounds_[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        auto next = further_before_[(begin - first) / kChunk];
        for (std::uint32_t person = begin; person < end; ++person) {
            const std::size_t segment = segment_of(person);
            const Stubs own = stubs(person, segment);
            places_[person - first] = person | (stubs_at(own, 0) << kPersonBits);
            for (std::uint32_t slot = 1; slot < own.positions; ++slot) {
                const std::size_t g = ground_of_further(person, segment, slot);
                const std::uint32_t at = grounds_[g].begin + shuffle[g](next[g]++);
                slot_position_[slot_begin_[person - first] + slot - 1] = at;
                places_[at] = person | (stubs_at(own, slot) << kPersonBits);
            }
            for (std::uint32_t stub = random_begin_[person - first]; stub < random_begin_[person - first + 1]; ++stub)
                random_owner_[random_place(stub)] = person;
        }
    });
}

// A pair of positions with a and b stubs is tied with probability a b / (S - Q / S), S the sum of the circle's stubs
// and Q that of their squares: the expected ties of the circle are then S / 2 where no pair passes 1.
void CircleTies::set_scales(const BuildContext& context) {
    for (const Ground& ground : grounds_) {
        over_chunks(context, ground.circle_begin, ground.circle_begin + ground.circles,
                    [&](std::uint32_t begin, std::uint32_t end, int) {
                        for (std::uint32_t circle = begin; circle < end; ++circle) {
                            double sum = 0, squares = 0;
                            for (std::uint32_t at = ground.begin_of(circle); at < ground.begin_of(circle + 1); ++at) {
                                const double s = stubs_of(places_[at]);
                                sum += s;
                                squares += s * s;
                            }
                            const double others = sum > 0 ? sum - squares / sum : 0;
                            scale_[circle] = others > 0 ? 0x1p32 / others : 0;
                        }
                    });
    }
}

void CircleTies::gather_circle(const Ground& ground, std::uint32_t position, std::vector<std::uint32_t>& others) const {
    const std::uint32_t own = places_[position];
    const std::uint32_t circle = ground.circle_of(position);
    const std::uint32_t begin = ground.begin_of(circle), end = ground.begin_of(circle + 1);
    const double scale = scale_[circle];
    const std::size_t before = others.size();
    others.resize(before + (end - begin));
    std::uint32_t* out = others.data() + before;
    for (std::uint32_t at = begin; at < end; ++at) {
        const std::uint32_t place = places_[at];
        const double limit = scale * (stubs_of(own) * stubs_of(place));
        const std::uint64_t hash = view_word(pair_key_, std::min(position, at), std::max(position, at)) >> 32;
        *out = person_at(place);
        out += static_cast<double>(hash) < limit && person_at(place) != person_at(own) ? 1 : 0;
    }
    others.resize(static_cast<std::size_t>(out - others.data()));
}

void CircleTies::gather_random(std::uint32_t person, std::vector<std::uint32_t>& others) const {
    const std::uint32_t stubs = random_begin_.back(), at = person - bounds_[1];
    if (stubs == 0) return;
    const KeyedPermutation place(random_key_, 0, stubs);
    for (std::uint32_t stub = random_begin_[at]; stub < random_begin_[at + 1]; ++stub) {
        const std::uint32_t partner = place(stub) ^ 1u;
        if (partner < stubs && random_owner_[partner] != person) others.push_back(random_owner_[partner]);
    }
}

void CircleTies::others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const {
    others.clear();
    const std::uint32_t at = person - bounds_[1];
    const std::size_t segment = segment_of(person);
    if (stubs_of(places_[at]) > 0) gather_circle(grounds_[segment], at, others);
    for (std::uint32_t slot = slot_begin_[at]; slot < slot_begin_[at + 1]; ++slot) {
        const std::uint32_t position = slot_position_[slot];
        const bool mixed = position >= grounds_[kMixed].begin;
        gather_circle(grounds_[mixed ? kMixed : kSegments + segment], position, others);
    }
    gather_random(person, others);
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
}

double CircleTies::made_per_wanted(std::size_t segment) const {
    constexpr std::uint32_t kSample = 2048;
    const std::uint32_t persons = bounds_[segment + 1] - bounds_[segment], sample = std::min(persons, kSample);
    double made = 0, all = 0;
    std::vector<std::uint32_t> others;
    for (std::uint32_t k = 0; k < sample; ++k) {
        const auto person = bounds_[segment] + static_cast<std::uint32_t>(std::uint64_t{k} * persons / sample);
        others_of(person, others);
        made += static_cast<double>(others.size());
        all += wanted(person);
    }
    return all > 0 ? made / all : 1;
}

}  // namespace groundswell
