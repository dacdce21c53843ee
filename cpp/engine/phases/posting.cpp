#include "engine/phases/posting.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "engine/phases/acts.hpp"
#include "engine/phases/program_costs.hpp"

namespace groundswell::phases {

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

// Motivation and blocked access act on the program's rate alone.
double access(const ProgramSettings& settings, const ParticipationParams& params) {
    return 1.0 - (1.0 - params.access_blocked_posting) * settings.access_blocked;
}

void trace_content(TracePost& traced, const Content& content, const Post& post, const Origin& origin) {
    traced.item = content.identity;
    traced.kind = static_cast<std::int8_t>(content.item.kind);
    traced.company = true;
    traced.link = content.item.link;
    traced.deal = content.item.deal;
    traced.call_to_action = content.item.call_to_action;
    traced.own_words = content.own_words;
    traced.negative = post.is(Post::kNegative);
    traced.appeal_visibility = content.item.appeal_visibility;
    traced.appeal_engage = content.item.appeal_engage;
    traced.appeal_reshare = content.item.appeal_reshare;
    traced.authenticity = origin.authenticity;
}

void log_post(const NewPost& written, Origin& origin, Day& day) {
    if (day.trace != nullptr) origin.trace_post = static_cast<std::uint32_t>(day.trace->posts.size()) - 1;
    if (day.cascades != nullptr) {
        origin.cascade_post = static_cast<std::uint32_t>(day.cascades->posts.size());
        day.cascades->posts.push_back(
            {written.author.number(), written.source(), written.platform, static_cast<std::uint32_t>(day.index)});
        day.cascades->acts_of_post.push_back(0);
    }
}

}  // namespace

Posting::Posting(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, const Workforce& workforce,
                 const Participation& participation, const Authors& authors, Candidates& candidates,
                 Amplification& amplification)
    : tables_(tables),
      world_(tables.world),
      params_(tables.design.params),
      work_(workspace),
      workforce_(workforce),
      participation_(participation),
      authors_(authors),
      candidates_(candidates),
      amplification_(amplification),
      items_(tables.design),
      program_posts_(world_.employees) {
    const auto key = [&](Decision decision) { return stream_key(world_.seed, world_.index, replicate, decision); };
    counts_key_ = key(Decision::post_counts);
    post_key_ = key(Decision::post_attributes);
    item_key_ = key(Decision::item_attributes);
    appeal_key_ = key(Decision::item_appeal);
    view_key_ = key(Decision::views);
    negative_key_ = key(Decision::negative_posts);
    first_post_.reserve(tables.design.calendar.days.size());
}

void Posting::run(Day& day) {
    forget_old_posts(day);
    if (day.window == Window::follow_up) return;
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat)
        if (workforce_.is_employed(seat)) post_as_employee(workforce_.occupant(seat), day);
    post_as_page(day);
}

// Nobody waits any more for a view of a post that is older than the longest wait.
void Posting::forget_old_posts(const Day& day) {
    first_post_.push_back(work_.posts.next());
    if (day.index > tables_.longest_wait_days)
        work_.posts.forget_before(first_post_[static_cast<std::size_t>(day.index - tables_.longest_wait_days)]);
}

void Posting::post_as_employee(Author author, Day& day) {
    const std::uint32_t seat = author.seat();
    const double activity = world_.workforce[Attribute::social_activity][seat];
    const auto organic_shares = params_.posting.organic_platforms.array();
    const bool program_too = day.program != nullptr && participation_.posts(seat);
    const std::uint64_t number = draw_number(author, world_);
    std::uint32_t program_posts = 0;
    for (const Platform platform : tables_.on) {
        const auto p = static_cast<std::size_t>(platform);
        const double factor = day.calendar->factor[p];
        const double organic = kMonthlyToDaily * factor * organic_shares[p];
        const Block c = draw(counts_key_, number, static_cast<std::uint32_t>(day.index), static_cast<std::uint32_t>(p));
        std::array<std::uint32_t, 4> counts{};
        if (world_.sharer[seat] != 0)
            counts[0] = count_posts(unit(c[0]), params_.posting.organic_company_posts_per_month * organic,
                                    "posting.organic_company_posts_per_month");
        counts[1] = count_posts(unit(c[1]), params_.posting.other_posts_per_month * organic * activity,
                                "posting.other_posts_per_month x social activity");
        if (program_too)
            counts[2] = count_posts(unit(c[2]),
                                    day.program->posts_per_week / 7.0 * participation_.drive(seat) *
                                        access(*day.program, params_.participation) * factor *
                                        day.program->platforms.array()[p],
                                    "program.posts_per_week x motivation");
        if ((counts[0] | counts[1] | counts[2]) != 0) write_posts(author, platform, counts, day);
        program_posts += counts[2];
    }
    program_posts_[seat][static_cast<std::size_t>(day.index % 8)] =
        static_cast<std::uint16_t>(std::min<std::uint32_t>(program_posts, 0xFFFF));
}

void Posting::post_as_page(Day& day) {
    const Author page(world_.page());
    for (const Platform platform : tables_.on) {
        const auto p = static_cast<std::size_t>(platform);
        const Block c =
            draw(counts_key_, kPageDrawNumber, static_cast<std::uint32_t>(day.index), static_cast<std::uint32_t>(p));
        const double rate = params_.platforms[p]->page_posts_per_week / 7.0 * day.calendar->factor[p];
        write_posts(page, platform, {0, 0, 0, count_posts(unit(c[0]), rate, "platforms: page_posts_per_week")}, day);
    }
}

void Posting::write_posts(Author author, Platform platform, const std::array<std::uint32_t, 4>& counts, Day& day) {
    new_posts_.clear();
    for (std::size_t process = 0; process < counts.size(); ++process)
        collect_posts(author, platform, static_cast<Process>(process), counts[process], day);
    std::sort(new_posts_.begin(), new_posts_.end(), [](const NewPost& a, const NewPost& b) {
        return std::tie(a.minute, a.process, a.slot) < std::tie(b.minute, b.process, b.slot);
    });
    std::uint32_t ordinal = 0;
    for (NewPost& post : new_posts_) {
        post.ordinal = ++ordinal;
        deliver(post, day);
    }
}

void Posting::collect_posts(Author author, Platform platform, Process process, std::uint32_t count, Day& day) {
    if (count == 0) return;
    const std::uint64_t number = draw_number(author, world_);
    const double of_program = day.program != nullptr ? day.program->company_content_fraction : 0.0;
    for (std::uint32_t slot = 0; slot < count; ++slot) {
        const std::uint64_t identity =
            post_identity(number, static_cast<std::uint32_t>(day.index), platform, process, slot);
        const Block p = draw(post_key_, identity);
        const bool company = process == Process::program ? unit(p[1]) < of_program : process != Process::organic_other;
        const NewPost post{.author = author,
                           .identity = identity,
                           .minute = 480 + static_cast<std::uint32_t>(600.0 * unit(p[0])),
                           .platform = platform,
                           .process = process,
                           .slot = slot,
                           .company = company,
                           .draws = p};
        if (is_displaced(post, day.index))
            day.recorder.count_displaced();
        else
            new_posts_.push_back(post);
    }
}

bool Posting::is_displaced(const NewPost& post, std::int32_t day) const {
    if (post.process != Process::organic_company && post.process != Process::organic_other) return false;
    const auto& program_posts = program_posts_[post.author.seat()];
    double kept = 1.0;  // (1 - displacement)^(program posts of the seven days before)
    for (std::int32_t d = std::max(0, day - 7); d < day; ++d)
        for (std::uint32_t n = program_posts[static_cast<std::size_t>(d % 8)]; n > 0; --n)
            kept *= 1.0 - params_.posting.displacement;
    return unit(post.draws[1]) < 1.0 - kept;
}

Content Posting::content_of(const NewPost& post, const Day& day) const {
    const ContentParams& content = params_.content;
    const bool page = post.process == Process::page;
    const bool program = post.process == Process::program;
    const double program_share = program && day.program->own_words >= 0 ? day.program->own_words : content.own_words;
    const double trained_share = program ? trained_own_words(program_share, post.author) : 0.0;
    const double own_share = page ? 0.0 : program ? trained_share : content.organic_own_words;
    const std::uint64_t identity = program ? items_.pick(day.index, unit(post.draws[2])) : kOwnItem + post.identity;
    const KindValues& mix = page ? content.page_mix : program ? items_.mix_of(identity) : content.program_mix;
    return {.identity = identity,
            .item = draw_item(item_key_, appeal_key_, identity, mix, page, content),
            .own_words = unit(post.draws[3]) < own_share};
}

void Posting::deliver(const NewPost& written, Day& day) {
    if (day.trace != nullptr) trace_post(written, *day.trace, day);
    if (written.company) return publish(written, day);
    const bool program = written.source() == Source::program;
    day.recorder.count_post(MeasureId::other_posts, written.source(), written.platform);
    if (program) pay_minutes(day, params_.costs.minutes_other, params_.costs);
    day.written.push_back({written.author, written.platform, false, false, program, 0.0, 0});
}

// A post about the company: the only kind that anybody is shown.
void Posting::publish(const NewPost& written, Day& day) {
    const Content content = content_of(written, day);
    Origin origin = origin_of(written, content);
    const Post post = post_of(written, content, origin, day);
    count_published(written, content, origin, day);
    if (post.is(Post::kNegative)) day.recorder.add(MeasureId::negative_posts);
    log_post(written, origin, day);
    if (day.trace != nullptr) trace_content(day.trace->posts.back(), content, post, origin);

    const std::uint32_t number = work_.posts.add(post, origin);
    const PlatformTables& platform = tables_[written.platform];
    const std::uint32_t minute = day.minute_of_run(written.minute);
    candidates_.enqueue({.post = post,
                         .number = number,
                         .row = workforce_.ties(written.author, written.platform),
                         .visibility = platform.visibility[static_cast<std::size_t>(post.carried_by())],
                         .delay = platform.first_hop,
                         .minute = minute,
                         .earliest = minute},
                        day.work);
    if (written.process == Process::page) amplification_.schedule(number, written.identity, written.minute, day);
}

Origin Posting::origin_of(const NewPost& written, const Content& of_post) const {
    const ContentParams& content = params_.content;
    const Item& item = of_post.item;
    const auto kind = static_cast<std::size_t>(item.kind);
    Origin origin{};
    origin.identity = written.identity;
    origin.engage_kind = content.engage_multiplier.array()[kind] * (item.deal ? content.deal_engage : 1.0) *
                         (item.call_to_action ? content.call_to_action_engage : 1.0);
    origin.click_kind = content.click_multiplier.array()[kind] * (item.deal ? content.deal_click : 1.0) *
                        (item.call_to_action ? content.call_to_action_click : 1.0);
    origin.reshare_kind = content.reshare_multiplier.array()[kind] * (item.deal ? content.deal_reshare : 1.0);
    origin.appeal_engage = item.appeal_engage;
    origin.appeal_reshare = item.appeal_reshare;
    origin.authenticity = authenticity_of(written, of_post);
    origin.carrier = authors_.carrier_part(written.author);
    return origin;
}

// That of the content, and what training and coercion do to it.
double Posting::authenticity_of(const NewPost& written, const Content& content) const {
    const double of_content = authenticity(content.item, content.own_words, params_.content);
    if (written.process == Process::page) return of_content;
    const ParticipationParams& params = params_.participation;
    const Member& member = participation_.member(written.author.seat());
    const double trained = of_content + params.training_authenticity * training_level(member.trained_hours);
    return written.process == Process::program && member.coerced ? trained * params.coerced_authenticity : trained;
}

// Training gives people the authority to speak for themselves.
double Posting::trained_own_words(double share, Author author) const {
    const double hours = participation_.member(author.seat()).trained_hours;
    return std::min(1.0, share + params_.participation.training_own_words * training_level(hours));
}

// Whoever is made to post for the program may speak against the company, and without guidelines anybody may do so for
// want of taste. Either of the two makes a post negative.
bool Posting::is_negative(const NewPost& written, const ProgramSettings* settings) const {
    if (written.process != Process::program) return false;
    const ParticipationParams& params = params_.participation;
    const double coerced = participation_.is_coerced(written.author.seat()) ? params.negative_posts : 0.0;
    const double taste = params.negative_posts_without_guidelines * (1.0 - settings->guidelines);
    return unit(draw(negative_key_, written.identity)[0]) < coerced + (1.0 - coerced) * taste;
}

Post Posting::post_of(const NewPost& written, const Content& content, const Origin& origin, const Day& day) const {
    const FeedParams& feed = params_.feed;
    const bool program = written.process == Process::program;
    const double same_day = written.ordinal == 1   ? 1.0
                            : written.ordinal == 2 ? feed.same_day_second
                                                   : feed.same_day_third;
    const Block k = draw(view_key_, written.identity);
    Post post{};
    post.key = k[0] | (std::uint64_t{k[1]} << 32);
    post.visibility = origin.carrier.credibility * same_day * content.item.appeal_visibility;
    post.root = work_.posts.next();
    post.root_author = post.carrier = node_of(written.author, world_);
    post.item = program ? static_cast<std::uint16_t>(content.identity) : std::uint16_t{0};
    post.flags = static_cast<std::uint8_t>((content.item.link ? Post::kLink : 0) | (program ? Post::kProgramItem : 0) |
                                           (program && !content.own_words ? Post::kVerbatim : 0) |
                                           (content.item.promotional() ? Post::kPromotional : 0) |
                                           (written.process == Process::page ? Post::kPageCarrier : 0) |
                                           (is_negative(written, day.program) ? Post::kNegative : 0));
    post.place = place_of(written.source(), written.platform, 1);
    set_reaction_factors(post, origin, tables_);
    return post;
}

void Posting::count_published(const NewPost& written, const Content& content, const Origin& origin, Day& day) {
    const Source source = written.source();
    const auto connections = static_cast<std::int64_t>(workforce_.ties(written.author, written.platform).size());
    day.recorder.count_post(MeasureId::posts, source, written.platform);
    day.recorder.count_post(MeasureId::potential_reach, source, written.platform, connections);
    if (source == Source::page) return;
    const bool program = source == Source::program;
    day.written.push_back({written.author, written.platform, true, content.item.promotional(), program,
                           origin.authenticity, connections});
    if (!program) return;
    const CostParams& costs = params_.costs;
    pay_minutes(day, content.own_words ? costs.minutes_own_words : costs.minutes_supplied, costs);
    day.recorder.add(MeasureId::authenticity_points, origin.authenticity);
    day.recorder.add(MeasureId::credibility_points, origin.carrier.credibility);
}

void Posting::trace_post(const NewPost& written, Trace& trace, const Day& day) const {
    TracePost post{};
    post.author = written.author.number();
    post.platform = static_cast<std::uint32_t>(written.platform);
    post.day = static_cast<std::uint32_t>(day.index);
    post.minute = written.minute;
    post.process = static_cast<std::uint32_t>(written.process);
    post.slot = written.slot;
    post.identity = written.identity;
    post.kind = -1;
    post.ordinal = written.ordinal;
    post.credibility = authors_.carrier_part(written.author).credibility;
    trace.posts.push_back(post);
}

}  // namespace groundswell::phases
