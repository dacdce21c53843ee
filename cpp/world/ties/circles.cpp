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
constexpr std::uint64_t kMostNumbered = 0xFFFFFFFF;  // by 32 bits
constexpr std::uint32_t occupant(std::uint32_t person, std::uint32_t stubs) { return person | (stubs << kPersonBits); }
constexpr std::uint32_t person_of(std::uint32_t occupant) { return occupant & (kMaxPersons - 1); }
constexpr std::uint32_t stubs_in(std::uint32_t occupant) { return occupant >> kPersonBits; }

// Turns counts, each at its index + 1, into where they begin.
void cumulate(std::vector<std::uint32_t>& begin, const char* what) {
    std::uint64_t sum = 0;
    for (std::uint32_t& entry : begin) {
        sum += entry;
        if (sum > kMostNumbered)
            throw InvalidInput(std::string("audience.person_degree_mean: the persons have more than 4294967295 ") +
                               what + "; lower audience.person_degree_mean or audience.pool");
        entry = static_cast<std::uint32_t>(sum);
    }
}

std::uint64_t pair_key(const BuildContext& context, std::size_t pool) {
    const Block words = draw(context.key(Decision::circle_ties), pool);
    return words[0] | (std::uint64_t{words[1]} << 32);
}

}  // namespace

std::uint32_t CircleTies::PositionPool::circle_of(std::uint32_t position) const {
    return circle_begin + static_cast<std::uint32_t>(std::uint64_t{position - begin} * circles / span);
}

std::uint32_t CircleTies::PositionPool::begin_of(std::uint32_t circle) const {
    const std::uint64_t at = (std::uint64_t{circle - circle_begin} * span + circles - 1) / circles;
    return begin + static_cast<std::uint32_t>(std::min<std::uint64_t>(at, count));
}

CircleTies::CircleTies(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params)
    : bounds_(bounds),
      params_(params),
      degree_key_(context.key(Decision::person_degrees)),
      position_key_(context.key(Decision::circle_positions)),
      random_key_(context.key(Decision::random_ties)),
      log_median_ties_(ieee::log(params.person_degree_mean) -
                       params.person_degree_log_sd * params.person_degree_log_sd / 2),
      stubs_per_position_(static_cast<std::uint32_t>(params.circle_stubs)) {
    constexpr int kMostCorrections = 3;
    for (std::size_t pool = 0; pool < kPositionPools; ++pool) pair_key_[pool] = pair_key(context, pool);
    correction_.fill(1);
    place_persons(context);
    for (int round = 0; round < kMostCorrections && correct_for_lost_ties(); ++round) place_persons(context);
}

// Ties are lost to repeats, to pairs at their limit and in small circles; how many is measured. False if nothing had to
// be corrected.
bool CircleTies::correct_for_lost_ties() {
    constexpr double kGoodEnough = .015, kLeastCorrection = .5, kMostCorrection = 4, kLeastMade = .1;
    bool changed = false;
    for (std::size_t s = 1; s < kSegments; ++s) {
        const double made = made_per_wanted(s);
        if (!(std::fabs(made - 1) > kGoodEnough)) continue;
        const double correction =
            std::clamp(correction_[s] / std::max(made, kLeastMade), kLeastCorrection, kMostCorrection);
        changed = changed || correction != correction_[s];
        correction_[s] = correction;
    }
    return changed;
}

double CircleTies::wanted_ties(std::uint32_t person) const {
    const double score = normal_quantile(unit(draw(degree_key_, pool_draw_number(bounds_, person))[0]));
    return std::min(std::max(1.0, ieee::exp(log_median_ties_ + params_.person_degree_log_sd * score)),
                    params_.person_degree_cap);
}

CircleTies::Stubs CircleTies::stubs_of(std::uint32_t person, std::size_t segment) const {
    const Block words = draw(degree_key_, pool_draw_number(segment, person - bounds_[segment]));
    const double all = std::floor(correction_[segment] * wanted_ties(person) + unit(words[1]));
    const double random = std::min(all, std::floor(params_.random_ties * all + unit(words[2])));
    Stubs stubs{static_cast<std::uint32_t>(random), static_cast<std::uint32_t>(all - random), 0};
    stubs.positions = (stubs.in_circles + stubs_per_position_ - 1) / stubs_per_position_;
    return stubs;
}

std::size_t CircleTies::segment_of(std::uint32_t person) const {
    std::size_t s = 1;
    while (person >= bounds_[s + 1]) ++s;
    return s;
}

// Every position takes as many stubs as one can, and the last what is left; slot 0 is the home.
std::uint32_t CircleTies::stubs_at(const Stubs& stubs, std::uint32_t slot) const {
    return std::min(stubs_per_position_, stubs.in_circles - std::min(stubs.in_circles, slot * stubs_per_position_));
}

std::size_t CircleTies::pool_of_further(std::uint32_t person, std::size_t segment, std::uint32_t slot) const {
    return unit(draw(position_key_, pool_draw_number(segment, person - bounds_[segment]), slot)[0]) <
                   params_.mixed_circles
               ? kMixed
               : kSegments + segment;
}

void CircleTies::place_persons(const BuildContext& context) {
    count_positions_and_stubs(context);
    cut_into_circles();
    fill_positions(context);
    set_pair_scales(context);
}

void CircleTies::count_positions_and_stubs(const BuildContext& context) {
    const std::uint32_t first = bounds_[1], persons = bounds_[kSegments] - first;
    further_begin_.assign(std::size_t{persons} + 1, 0);
    random_begin_.assign(std::size_t{persons} + 1, 0);
    further_before_.assign(chunks_of(persons), {});
    over_chunks(context, first, bounds_[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        auto& further_in_chunk = further_before_[(begin - first) / kChunk];
        for (std::uint32_t person = begin; person < end; ++person) {
            const std::size_t segment = segment_of(person);
            const Stubs stubs = stubs_of(person, segment);
            further_begin_[person - first + 1] = stubs.further_positions();
            random_begin_[person - first + 1] = stubs.random;
            for (std::uint32_t slot = 1; slot < stubs.positions; ++slot)
                ++further_in_chunk[pool_of_further(person, segment, slot)];
        }
    });
    cumulate(further_begin_, "positions in circles");
    cumulate(random_begin_, "random stubs");
}

// Sets where the positions and circles of each pool begin. further_before_, until now what each chunk takes of a pool,
// becomes what the chunks before it take.
void CircleTies::cut_into_circles() {
    std::array<std::uint32_t, kPositionPools> further{};
    for (auto& chunk : further_before_)
        for (std::size_t pool = 0; pool < kPositionPools; ++pool) {
            std::swap(chunk[pool], further[pool]);
            further[pool] += chunk[pool];
        }
    std::uint64_t position = 0;
    std::uint32_t circle = 0;
    for (std::size_t pool = 0; pool < kPositionPools; ++pool) {
        const bool home = pool < kSegments;
        const auto size = static_cast<std::uint32_t>(home ? params_.affinity_block_persons : params_.circle_persons);
        const std::uint32_t count = pool == 0 ? 0 : home ? bounds_[pool + 1] - bounds_[pool] : further[pool];
        // Homes are whole blocks and a rest, because a block shares affinity; other circles are all of about one size.
        const std::uint32_t rounded = home ? (count + size - 1) / size : std::max(1u, (count + size / 2) / size);
        const std::uint32_t circles = count == 0 ? 0 : rounded;
        pools_[pool] = {static_cast<std::uint32_t>(position), count, circle, circles,
                        home ? std::uint64_t{circles} * size : count};
        position += count;
        circle += circles;
    }
    if (position > kMostNumbered) throw InvalidInput("audience.person_degree_mean: too many positions in circles");
    occupants_.assign(position, 0);
    pair_scale_.assign(circle, 0);
}

void CircleTies::fill_positions(const BuildContext& context) {
    const std::uint32_t first = bounds_[1];
    further_positions_.resize(further_begin_.back());
    random_owner_.resize(random_begin_.back());
    std::vector<KeyedPermutation> shuffles;
    for (std::uint32_t pool = 0; pool < kPositionPools; ++pool)
        shuffles.emplace_back(position_key_, pool, std::max(1u, pools_[pool].count));
    const KeyedPermutation random_place(random_key_, 0, std::max<std::uint32_t>(1, random_begin_.back()));
    over_chunks(context, first, bounds_[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        auto next = further_before_[(begin - first) / kChunk];
        for (std::uint32_t person = begin; person < end; ++person) {
            const std::uint32_t at = person - first;
            const std::size_t segment = segment_of(person);
            const Stubs stubs = stubs_of(person, segment);
            occupants_[at] = occupant(person, stubs_at(stubs, 0));
            for (std::uint32_t slot = 1; slot < stubs.positions; ++slot) {
                const std::size_t pool = pool_of_further(person, segment, slot);
                const std::uint32_t position = pools_[pool].begin + shuffles[pool](next[pool]++);
                further_positions_[further_begin_[at] + slot - 1] = position;
                occupants_[position] = occupant(person, stubs_at(stubs, slot));
            }
            for (std::uint32_t stub = random_begin_[at]; stub < random_begin_[at + 1]; ++stub)
                random_owner_[random_place(stub)] = person;
        }
    });
}

// A pair of positions with a and b stubs is tied with probability a b / (S - Q / S), S the sum of the circle's stubs
// and Q that of their squares: the expected ties of the circle are then S / 2 where no pair passes 1.
double CircleTies::pair_scale(const PositionPool& pool, std::uint32_t circle) const {
    double sum = 0, squares = 0;
    const std::uint32_t end = pool.begin_of(circle + 1);
    for (std::uint32_t position = pool.begin_of(circle); position < end; ++position) {
        const double stubs = stubs_in(occupants_[position]);
        sum += stubs;
        squares += stubs * stubs;
    }
    const double others = sum > 0 ? sum - squares / sum : 0;
    return others > 0 ? 0x1p32 / others : 0;
}

void CircleTies::set_pair_scales(const BuildContext& context) {
    for (const PositionPool& pool : pools_) {
        over_chunks(context, pool.circle_begin, pool.circle_begin + pool.circles,
                    [&](std::uint32_t begin, std::uint32_t end, int) {
                        for (std::uint32_t circle = begin; circle < end; ++circle)
                            pair_scale_[circle] = pair_scale(pool, circle);
                    });
    }
}

void CircleTies::gather_circle(std::size_t which, std::uint32_t position, std::vector<std::uint32_t>& others) const {
    const PositionPool& pool = pools_[which];
    const std::uint64_t key = pair_key_[which];
    const std::uint32_t place = position - pool.begin;
    const std::uint32_t oneself = occupants_[position];
    const std::uint32_t circle = pool.circle_of(position);
    const std::uint32_t begin = pool.begin_of(circle), end = pool.begin_of(circle + 1);
    const double scale = pair_scale_[circle];
    const std::size_t before = others.size();
    others.resize(before + (end - begin));
    std::uint32_t* out = others.data() + before;
    for (std::uint32_t at = begin; at < end; ++at) {
        const std::uint32_t other = occupants_[at];
        const double limit = scale * (stubs_in(oneself) * stubs_in(other));
        const std::uint32_t other_place = at - pool.begin;
        const std::uint64_t hash = view_word(key, std::min(place, other_place), std::max(place, other_place)) >> 32;
        // The person is written always and kept if tied, so that there is no branch to mispredict.
        *out = person_of(other);
        out += static_cast<double>(hash) < limit && person_of(other) != person_of(oneself) ? 1 : 0;
    }
    others.resize(static_cast<std::size_t>(out - others.data()));
}

void CircleTies::gather_random(std::uint32_t person, std::vector<std::uint32_t>& others) const {
    const std::uint32_t stubs = random_begin_.back(), at = person - bounds_[1];
    if (stubs == 0) return;
    const KeyedPermutation random_place(random_key_, 0, stubs);
    for (std::uint32_t stub = random_begin_[at]; stub < random_begin_[at + 1]; ++stub) {
        const std::uint32_t partner = random_place(stub) ^ 1u;
        if (partner < stubs && random_owner_[partner] != person) others.push_back(random_owner_[partner]);
    }
}

void CircleTies::others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const {
    others.clear();
    const std::uint32_t at = person - bounds_[1];
    const std::size_t segment = segment_of(person);
    if (stubs_in(occupants_[at]) > 0) gather_circle(segment, at, others);
    for (std::uint32_t further = further_begin_[at]; further < further_begin_[at + 1]; ++further) {
        const std::uint32_t position = further_positions_[further];
        const bool mixed = position >= pools_[kMixed].begin;
        gather_circle(mixed ? kMixed : kSegments + segment, position, others);
    }
    gather_random(person, others);
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
}

double CircleTies::made_per_wanted(std::size_t segment) const {
    constexpr std::uint32_t kSample = 2048;
    const std::uint32_t persons = bounds_[segment + 1] - bounds_[segment], sample = std::min(persons, kSample);
    double made = 0, wanted = 0;
    std::vector<std::uint32_t> others;
    for (std::uint32_t k = 0; k < sample; ++k) {
        const auto person = bounds_[segment] + static_cast<std::uint32_t>(std::uint64_t{k} * persons / sample);
        others_of(person, others);
        made += static_cast<double>(others.size());
        wanted += wanted_ties(person);
    }
    return wanted > 0 ? made / wanted : 1;
}

}  // namespace groundswell
