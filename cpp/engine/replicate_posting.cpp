// The posting phase: who posts today, which item in whose words, and which ties are candidates for a view.
#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "engine/replicate.hpp"

namespace groundswell {

namespace {

constexpr double kMonthlyToDaily = 12.0 / 365.25;
constexpr std::uint64_t kOwnItem = std::uint64_t{1} << 63;  // identities of items that only one post carries

// Fewer than kMaxSlots for any rate that is let through.
std::uint32_t count_posts(double u, double rate, const char* address) {
    if (u < 1.0 - rate) return 0;  // 1 - rate <= exp(-rate): most days end here, without an exponential
    if (!(rate <= kMostPostsADay))
        throw InvalidInput(std::string(address) + ": asks for " + format_number(rate) +
                           " posts of one author on one day, must be at most " + format_number(kMostPostsADay));
    return poisson_quantile(u, rate);
}

Source source_of(const Draft& draft) {
    return draft.process == Process::page      ? Source::page
           : draft.process == Process::program ? Source::program
                                               : Source::organic;
}

}  // namespace

void Replicate::posting(std::int32_t day) {
    const Day& today = design_.calendar.days[static_cast<std::size_t>(day)];
    posts_of_day_begin_.push_back(work_.posts.next());
    if (day > longest_wait_)
        work_.posts.forget_before(posts_of_day_begin_[static_cast<std::size_t>(day - longest_wait_)]);
    team_.begin_day(day);
    if (today.window == Window::follow_up) return;

    for (std::uint32_t author = 0; author < world_.employees; ++author)
        if (team_.is_here(author)) post_as_employee(author, day);
    post_as_page(day);
}

void Replicate::post_as_employee(std::uint32_t author, std::int32_t day) {
    const PostingParams& params = design_.params.posting;
    const Day& today = design_.calendar.days[static_cast<std::size_t>(day)];
    const double activity = world_.workforce[Attribute::social_activity][author];
    const auto organic_shares = params.organic_platforms.array();
    const bool program_too = settings_ != nullptr && team_.posts(author);
    std::uint32_t program_posts = 0;
    for (const Platform platform : plan_.on) {
        const auto p = static_cast<std::size_t>(platform);
        const double organic = kMonthlyToDaily * today.factor[p] * organic_shares[p];
        const Block c = draw(counts_key_, author, static_cast<std::uint32_t>(day), static_cast<std::uint32_t>(p));
        std::array<std::uint32_t, 4> counts{};
        if (world_.sharer[author] != 0)
            counts[0] = count_posts(unit(c[0]), params.organic_company_posts_per_month * organic,
                                    "posting.organic_company_posts_per_month");
        counts[1] = count_posts(unit(c[1]), params.other_posts_per_month * organic * activity,
                                "posting.other_posts_per_month x social activity");
        if (program_too)
            counts[2] = count_posts(unit(c[2]),
                                    settings_->posts_per_week / 7.0 * team_.motivation(author) * access_ *
                                        today.factor[p] * settings_->platforms.array()[p],
                                    "program.posts_per_week x motivation");
        if ((counts[0] | counts[1] | counts[2]) != 0) write_posts(author, day, platform, counts);
        program_posts += counts[2];
    }
    program_posts_[author][static_cast<std::size_t>(day % 8)] =
        static_cast<std::uint16_t>(std::min<std::uint32_t>(program_posts, 0xFFFF));
}

void Replicate::post_as_page(std::int32_t day) {
    const Day& today = design_.calendar.days[static_cast<std::size_t>(day)];
    for (const Platform platform : plan_.on) {
        const auto p = static_cast<std::size_t>(platform);
        const Block c =
            draw(counts_key_, world_.page(), static_cast<std::uint32_t>(day), static_cast<std::uint32_t>(p));
        const double rate = design_.params.platforms[p]->page_posts_per_week / 7.0 * today.factor[p];
        write_posts(world_.page(), day, platform,
                    {0, 0, 0, count_posts(unit(c[0]), rate, "platforms: page_posts_per_week")});
    }
}

void Replicate::write_posts(std::uint32_t author, std::int32_t day, Platform platform,
                            const std::array<std::uint32_t, 4>& counts) {
    drafts_.clear();
    for (std::size_t process = 0; process < counts.size(); ++process)
        collect_drafts(author, day, platform, static_cast<Process>(process), counts[process]);
    std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
        return std::tie(a.minute, a.process, a.slot) < std::tie(b.minute, b.process, b.slot);
    });
    for (std::size_t i = 0; i < drafts_.size(); ++i)
        deliver(author, day, drafts_[i], static_cast<std::uint32_t>(i) + 1);
}

void Replicate::collect_drafts(std::uint32_t author, std::int32_t day, Platform platform, Process process,
                               std::uint32_t count) {
    for (std::uint32_t slot = 0; slot < count; ++slot) {
        const std::uint64_t identity = post_identity(author, static_cast<std::uint32_t>(day), platform, process, slot);
        const Block p = draw(post_key_, identity);
        const bool company = process == Process::program ? unit(p[1]) < settings_->company_content_fraction
                                                         : process != Process::organic_other;
        const Draft draft{.identity = identity,
                          .minute = 480 + static_cast<std::uint32_t>(600.0 * unit(p[0])),
                          .platform = platform,
                          .process = process,
                          .slot = slot,
                          .company = company,
                          .draws = p};
        if (displaced(author, day, draft))
            recorder_.count_displaced();
        else
            drafts_.push_back(draft);
    }
}

bool Replicate::displaced(std::uint32_t author, std::int32_t day, const Draft& draft) const {
    if (draft.process != Process::organic_company && draft.process != Process::organic_other) return false;
    double kept = 1.0;  // (1 - displacement)^(program posts of the seven days before)
    for (std::int32_t d = std::max(0, day - 7); d < day; ++d)
        for (std::uint32_t n = program_posts_[author][static_cast<std::size_t>(d % 8)]; n > 0; --n)
            kept *= 1.0 - design_.params.posting.displacement;
    return unit(draft.draws[1]) < 1.0 - kept;
}

// Number of items of the stream offered up to and including a day. Item o is offered on day begin + floor(7 o / rate).
double Replicate::items_offered_by(double day) const {
    const double rate = design_.params.content.items_per_week;
    const double begin = design_.calendar.horizon_begin() - design_.params.content.item_life_days;
    if (day < begin) return 0.0;
    auto o = std::floor((day - begin + 1.0) * rate / 7.0);
    while (begin + std::floor(7.0 * o / rate) <= day) o += 1.0;
    while (o > 0.0 && begin + std::floor(7.0 * (o - 1.0) / rate) > day) o -= 1.0;
    return o;
}

// Live on a day are the items offered in (day - life, day].
std::uint64_t Replicate::program_item(std::int32_t day, double u) const {
    const double low = items_offered_by(day - design_.params.content.item_life_days);
    const double high = items_offered_by(day);
    return static_cast<std::uint64_t>(low + std::floor(u * (high - low)));
}

// The mix of kinds on the day on which an item of the stream is offered; before the horizon that of its first day.
const KindValues& Replicate::program_mix(std::uint64_t item) const {
    const ContentParams& content = design_.params.content;
    const double offered =
        std::floor(7.0 * static_cast<double>(item) / content.items_per_week) - content.item_life_days;
    const ProgramSettings& settings = design_.program->on(std::max(0, static_cast<std::int32_t>(std::ceil(offered))));
    return settings.has_mix() ? settings.mix : content.program_mix;
}

DraftItem Replicate::item_of(const Draft& draft, std::int32_t day) const {
    const ContentParams& content = design_.params.content;
    const bool page = draft.process == Process::page;
    const bool program = draft.process == Process::program;
    const double program_share = program && settings_->own_words >= 0 ? settings_->own_words : content.own_words;
    const double own_share = page ? 0.0 : program ? program_share : content.organic_own_words;
    const std::uint64_t identity = program ? program_item(day, unit(draft.draws[2])) : kOwnItem + draft.identity;
    const KindValues& mix = page ? content.page_mix : program ? program_mix(identity) : content.program_mix;
    return {.identity = identity,
            .item = draw_item(item_key_, appeal_key_, identity, mix, content),
            .own_words = unit(draft.draws[3]) < own_share};
}

void Replicate::deliver(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal) {
    const Source source = source_of(draft);
    const bool program = source == Source::program;
    if (records_.trace != nullptr) trace_post(author, day, draft, ordinal);
    if (program) count_participant(author, day);
    if (!draft.company) {
        recorder_.count_post(PostMeasure::other_posts, source, draft.platform);
        if (program) spend_minutes(design_.params.costs.minutes_other);
        written_.push_back({author, false, false, program, 0.0});
        return;
    }
    const DraftItem item = item_of(draft, day);
    Origin origin = make_origin(author, draft, item);
    count_delivered(author, day, draft, source);
    if (source != Source::page)
        written_.push_back({author, true, item.item.promotional(), program, origin.authenticity});
    Post post = make_post(author, draft, ordinal, item, origin);
    if (program) count_program_post(item, origin);
    if (program && negative(author, draft)) {
        post.flags |= Post::kNegative;
        recorder_.add(Amount::negative_posts);
    }
    log_post(author, day, draft, item, origin);
    if (records_.trace != nullptr) records_.trace->posts.back().negative = post.is(Post::kNegative);

    const std::uint32_t number = work_.posts.add(post, origin);
    const PlatformPlan& platform = plan_[draft.platform];
    const std::uint32_t minute = static_cast<std::uint32_t>(day) * 1440 + draft.minute;
    wait(post, number, world_.graph(draft.platform).row(post.carrier),
         platform.visibility[static_cast<std::size_t>(post.carried_by())], platform.first_hop, minute, minute);
    if (source == Source::page) amplify(number, draft, day);
}

Post Replicate::make_post(std::uint32_t author, const Draft& draft, std::uint32_t ordinal, const DraftItem& item,
                          const Origin& origin) const {
    const FeedParams& feed = design_.params.feed;
    const Source source = source_of(draft);
    const bool program = source == Source::program;
    const double same_day = ordinal == 1 ? 1.0 : ordinal == 2 ? feed.same_day_second : feed.same_day_third;
    const Block k = draw(view_key_, draft.identity);
    Post post{};
    post.key = k[0] | (std::uint64_t{k[1]} << 32);
    post.visibility = origin.carrier.credibility * same_day;
    post.root = work_.posts.next();
    post.root_author = post.carrier = world_.node(author);
    post.item = program ? static_cast<std::uint16_t>(item.identity) : std::uint16_t{0};
    post.flags = static_cast<std::uint8_t>((item.item.link ? Post::kLink : 0) | (program ? Post::kProgramItem : 0) |
                                           (program && !item.own_words ? Post::kVerbatim : 0) |
                                           (item.item.promotional() ? Post::kPromotional : 0) |
                                           (source == Source::page ? Post::kPageCarrier : 0));
    post.place = place_of(source, draft.platform, 1);
    react(post, origin);
    return post;
}

void Replicate::log_post(std::uint32_t author, std::int32_t day, const Draft& draft, const DraftItem& item,
                         Origin& origin) {
    if (records_.trace != nullptr) {
        origin.trace_post = static_cast<std::uint32_t>(records_.trace->posts.size()) - 1;
        TracePost& traced = records_.trace->posts.back();
        traced.item = item.identity;
        traced.kind = static_cast<std::int8_t>(item.item.kind);
        traced.company = true;
        traced.link = item.item.link;
        traced.deal = item.item.deal;
        traced.call_to_action = item.item.call_to_action;
        traced.own_words = item.own_words;
        traced.appeal_engage = item.item.appeal_engage;
        traced.appeal_reshare = item.item.appeal_reshare;
        traced.authenticity = origin.authenticity;
    }
    if (records_.cascades != nullptr) {
        origin.cascade_post = static_cast<std::uint32_t>(records_.cascades->posts.size());
        records_.cascades->posts.push_back({author, source_of(draft), draft.platform, static_cast<std::uint32_t>(day)});
        records_.cascades->acts_of_post.push_back(0);
    }
}

void Replicate::count_delivered(std::uint32_t author, std::int32_t day, const Draft& draft, Source source) {
    const auto connections = static_cast<std::int64_t>(world_.graph(draft.platform).row(world_.node(author)).size());
    recorder_.count_post(PostMeasure::posts, source, draft.platform);
    recorder_.count_post(PostMeasure::potential_reach, source, draft.platform, connections);
    if (source == Source::page) return;
    if (counting_ != nullptr) counting_->count_post(author, connections);
    team_.count_post(author, draft.platform);
    AuthorState& state = authors_[author];
    const auto stamp = static_cast<std::uint16_t>(day + 1);
    std::uint16_t& last_here = state.last_day_on[static_cast<std::size_t>(draft.platform)];
    if (state.last_day != stamp) recorder_.count_author(state.last_day);
    if (last_here != stamp) recorder_.count_author(draft.platform, last_here, connections);
    state.last_day = last_here = stamp;
}

Origin Replicate::make_origin(std::uint32_t author, const Draft& draft, const DraftItem& drafted) const {
    const ContentParams& content = design_.params.content;
    const Item& item = drafted.item;
    const auto kind = static_cast<std::size_t>(item.kind);
    Origin origin{};
    origin.identity = draft.identity;
    origin.engage_kind = content.engage_multiplier.array()[kind] * (item.deal ? content.deal_engage : 1.0) *
                         (item.call_to_action ? content.call_to_action_engage : 1.0);
    origin.click_kind = content.click_multiplier.array()[kind] * (item.deal ? content.deal_click : 1.0) *
                        (item.call_to_action ? content.call_to_action_click : 1.0);
    origin.reshare_kind = content.reshare_multiplier.array()[kind] * (item.deal ? content.deal_reshare : 1.0);
    origin.appeal_engage = item.appeal_engage;
    origin.appeal_reshare = item.appeal_reshare;
    origin.authenticity = authenticity_by_author(author, draft, authenticity(item, drafted.own_words, content));
    origin.carrier = carrier_part(world_.node(author));
    return origin;
}

void Replicate::trace_post(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal) {
    TracePost post{};
    post.author = author;
    post.platform = static_cast<std::uint32_t>(draft.platform);
    post.day = static_cast<std::uint32_t>(day);
    post.minute = draft.minute;
    post.process = static_cast<std::uint32_t>(draft.process);
    post.slot = draft.slot;
    post.identity = draft.identity;
    post.kind = -1;
    post.ordinal = ordinal;
    post.credibility = carrier_part(world_.node(author)).credibility;
    records_.trace->posts.push_back(post);
}

}  // namespace groundswell
