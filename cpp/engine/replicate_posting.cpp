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

}  // namespace

void Replicate::posting(std::int32_t day) {
    const Day& today = design_.calendar.days[static_cast<std::size_t>(day)];
    posts_of_day_begin_.push_back(next_post_);
    const auto cut = static_cast<std::int32_t>(std::ceil(design_.params.linkedin.view_cut_days)) + 1;
    if (day > cut) oldest_post_ = posts_of_day_begin_[static_cast<std::size_t>(day - cut)];
    if (today.window == Window::follow_up) return;

    const PostingParams& params = design_.params.posting;
    const double organic = params.organic_company_posts_per_month * kMonthlyToDaily * today.factor;
    const double other = params.other_posts_per_month * kMonthlyToDaily * today.factor;
    const bool program_on = design_.program.has_value() && today.window == Window::horizon;
    const double program = program_on ? design_.program->posts_per_week / 7.0 * today.factor : 0.0;
    const std::vector<double>& activity = world_.workforce[Attribute::social_activity];
    for (std::uint32_t author = 0; author < world_.employees; ++author) {
        const Block c = draw(counts_key_, author, static_cast<std::uint32_t>(day));
        const std::array<std::uint32_t, 4> counts = {
            world_.sharer[author] != 0 ? count_posts(unit(c[0]), organic, "posting.organic_company_posts_per_month")
                                       : 0,
            count_posts(unit(c[1]), other * activity[author], "posting.other_posts_per_month x social activity"),
            plan_.advocate[author] != 0 ? count_posts(unit(c[2]), program, "program.posts_per_week") : 0, 0};
        if ((counts[0] | counts[1] | counts[2]) != 0) write_posts(author, day, counts);
        program_posts_[author][static_cast<std::size_t>(day % 8)] =
            static_cast<std::uint16_t>(std::min<std::uint32_t>(counts[2], 0xFFFF));
    }
    const Block c = draw(counts_key_, world_.page(), static_cast<std::uint32_t>(day));
    const double page = design_.params.linkedin.page_posts_per_week / 7.0 * today.factor;
    write_posts(world_.page(), day, {0, 0, 0, count_posts(unit(c[0]), page, "platforms.linkedin.page_posts_per_week")});
}

void Replicate::write_posts(std::uint32_t author, std::int32_t day, const std::array<std::uint32_t, 4>& counts) {
    drafts_.clear();
    for (std::size_t process = 0; process < counts.size(); ++process)
        collect_drafts(author, day, static_cast<Process>(process), counts[process]);
    std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
        return std::tie(a.minute, a.process, a.slot) < std::tie(b.minute, b.process, b.slot);
    });
    for (std::size_t i = 0; i < drafts_.size(); ++i)
        deliver(author, day, drafts_[i], static_cast<std::uint32_t>(i) + 1);
}

void Replicate::collect_drafts(std::uint32_t author, std::int32_t day, Process process, std::uint32_t count) {
    for (std::uint32_t slot = 0; slot < count; ++slot) {
        const std::uint64_t identity = post_identity(author, static_cast<std::uint32_t>(day), process, slot);
        const Block p = draw(post_key_, identity);
        const bool company = process == Process::program ? unit(p[1]) < design_.program->company_content_fraction
                                                         : process != Process::organic_other;
        const Draft draft{.identity = identity,
                          .minute = 480 + static_cast<std::uint32_t>(600.0 * unit(p[0])),
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

std::uint64_t Replicate::program_item(std::int32_t day, double u) const {
    // Item o is offered on day begin + floor(7 o / rate); live on `day` are those offered in (day - life, day].
    const double rate = design_.params.content.items_per_week;
    const double life = design_.params.content.item_life_days;
    const double begin = design_.calendar.horizon_begin() - life;
    const auto offered_by = [&](double d) {  // number of items offered up to and including day d
        if (d < begin) return 0.0;
        auto o = std::floor((d - begin + 1.0) * rate / 7.0);
        while (begin + std::floor(7.0 * o / rate) <= d) o += 1.0;
        while (o > 0.0 && begin + std::floor(7.0 * (o - 1.0) / rate) > d) o -= 1.0;
        return o;
    };
    const double low = offered_by(day - life);
    const double high = offered_by(day);
    return static_cast<std::uint64_t>(low + std::floor(u * (high - low)));
}

Item Replicate::item_of(const Draft& draft, std::int32_t day, std::uint64_t& item_identity) const {
    const ContentParams& content = design_.params.content;
    item_identity =
        draft.process == Process::program ? program_item(day, unit(draft.draws[2])) : kOwnItem + draft.identity;
    return draw_item(item_key_, appeal_key_, item_identity,
                     draft.process == Process::page ? content.page_mix : content.program_mix, content);
}

void Replicate::deliver(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal) {
    const Source source = draft.process == Process::page      ? Source::page
                          : draft.process == Process::program ? Source::program
                                                              : Source::organic;
    if (trace_ != nullptr) {
        TracePost post{};
        post.author = author;
        post.day = static_cast<std::uint32_t>(day);
        post.minute = draft.minute;
        post.process = static_cast<std::uint32_t>(draft.process);
        post.slot = draft.slot;
        post.identity = draft.identity;
        post.kind = -1;
        post.ordinal = ordinal;
        post.credibility = author == world_.page() ? 1.0 : authors_[author].credibility.value();
        trace_->posts.push_back(post);
    }
    if (!draft.company) {
        recorder_.count_post(PostMeasure::other_posts, source);
        written_.push_back({author, false, false, 0.0});
        return;
    }
    std::uint64_t item_identity = 0;
    const Item item = item_of(draft, day, item_identity);
    const FeedParams& feed = design_.params.feed;
    const double same_day = ordinal == 1 ? 1.0 : ordinal == 2 ? feed.same_day_second : feed.same_day_third;
    double post_authenticity = 0;
    const Post post = make_post(author, draft, item, item_identity, same_day, post_authenticity);
    const auto connections = static_cast<std::int64_t>(world_.row_size(author));
    recorder_.count_post(PostMeasure::posts, source);
    recorder_.count_post(PostMeasure::potential_reach, source, connections);
    if (author != world_.page()) {
        if (counting_ != nullptr) counting_->count_post(author, connections);
        written_.push_back({author, true, item.promotional(), post_authenticity});
        AuthorState& state = authors_[author];
        const auto stamp = static_cast<std::uint16_t>(day + 1);
        if (state.last_day != stamp) recorder_.count_author(state.last_day, connections);
        state.last_day = stamp;
    }
    if (trace_ != nullptr) {
        TracePost& traced = trace_->posts.back();
        traced.item = item_identity;
        traced.kind = static_cast<std::int8_t>(item.kind);
        traced.company = true;
        traced.link = item.link;
        traced.deal = item.deal;
        traced.call_to_action = item.call_to_action;
        traced.own_words = (post.flags & Post::kOwnWords) != 0;
        traced.appeal_engage = item.appeal_engage;
        traced.appeal_reshare = item.appeal_reshare;
        trace_post_.push_back(static_cast<std::uint32_t>(trace_->posts.size()) - 1);
    }
    enqueue_views(post, store(post), day, draft.minute);
}

Post Replicate::make_post(std::uint32_t author, const Draft& draft, const Item& item, std::uint64_t item_identity,
                          double same_day, double& post_authenticity) const {
    const ContentParams& content = design_.params.content;
    const bool page = author == world_.page();
    const bool program = draft.process == Process::program;
    const double own_share = page ? 0.0 : program ? content.own_words : content.organic_own_words;
    const bool own_words = unit(draft.draws[3]) < own_share;
    post_authenticity = authenticity(item, own_words, content);

    const auto kind = static_cast<std::size_t>(item.kind);
    const double persuasion = page ? 1.0 : world_.workforce[Attribute::persuasion][author];
    const double author_part = page ? 1.0 : plan_.author_persuasion[author];
    const double credibility = page ? 1.0 : authors_[author].credibility.value();
    const double common = author_part * post_authenticity * credibility;
    const ReactionBases& base = page ? plan_.page_bases : plan_.person_bases;
    const double engage_kind = content.engage_multiplier.array()[kind] * (item.deal ? content.deal_engage : 1.0) *
                               (item.call_to_action ? content.call_to_action_engage : 1.0);
    const double click_kind = content.click_multiplier.array()[kind] * (item.deal ? content.deal_click : 1.0) *
                              (item.call_to_action ? content.call_to_action_click : 1.0);
    const double reshare_kind = content.reshare_multiplier.array()[kind] * (item.deal ? content.deal_reshare : 1.0);
    const Block k = draw(view_key_, draft.identity);
    return {.key = k[0] | (std::uint64_t{k[1]} << 32),
            .visibility = credibility * same_day,
            .engage = base.engage * engage_kind * common * item.appeal_engage,
            .click = base.click * click_kind * common * item.appeal_engage,
            .reshare = base.reshare * reshare_kind * common * item.appeal_reshare,
            .mute = base.mute * (item.promotional() ? design_.params.linkedin.mute_promotional : 1.0),
            .weight = persuasion * post_authenticity,
            .author = author,
            .item = program ? static_cast<std::uint16_t>(item_identity) : std::uint16_t{0},
            .source = page      ? Source::page
                      : program ? Source::program
                                : Source::organic,
            .flags = static_cast<std::uint8_t>((item.link ? Post::kLink : 0) | (program ? Post::kProgramItem : 0) |
                                               (program && !own_words ? Post::kVerbatim : 0) |
                                               (own_words ? Post::kOwnWords : 0))};
}

std::uint32_t Replicate::store(const Post& post) {
    std::vector<Post>& ring = work_.posts;
    if (next_post_ - oldest_post_ >= ring.size()) {
        std::vector<Post> larger(ring.size() * 2);
        for (std::uint32_t n = oldest_post_; n != next_post_; ++n) larger[n % larger.size()] = ring[n % ring.size()];
        ring = std::move(larger);
    }
    work_.post(next_post_) = post;
    return next_post_++;
}

void Replicate::enqueue_views(const Post& post, std::uint32_t number, std::int32_t day, std::uint32_t minute) {
    const bool page = post.source == Source::page;
    const auto& visibility = page ? plan_.page_visibility : plan_.person_visibility;
    const Thresholds thresholds = candidate_thresholds(visibility, post.visibility, page);

    const std::uint64_t begin = world_.row_begin[post.author];
    const std::size_t size = world_.row_size(post.author);
    if (work_.candidate_ties.size() < size + kFilterSlack) {
        work_.candidate_ties.resize(size + kFilterSlack);
        work_.candidate_hashes.resize(size + kFilterSlack);
    }
    const std::size_t candidates = filter_views(world_.ties.data() + begin, size, post.key, thresholds,
                                                work_.candidate_ties.data(), work_.candidate_hashes.data(), isa_);
    stats_.ties_filtered += size;
    stats_.candidates += candidates;
    for (std::size_t i = 0; i < candidates; ++i) {
        const TieWord tie = work_.candidate_ties[i];
        const std::uint64_t w0 = view_word(post.key, tie_person(tie), 0);
        const double u = unit(static_cast<std::uint32_t>(w0)) * plan_.delay_range;
        const auto delay = static_cast<std::uint32_t>(plan_.delay_scale * u / (1.0 - u));
        const std::uint32_t moment = minute + delay;
        const std::int32_t view_day = day + static_cast<std::int32_t>(moment / 1440);
        if (view_day < design_.calendar.day_count())
            work_.queue.push(view_day,
                             {.tie = tie, .hash = work_.candidate_hashes[i], .post = number, .minute = moment % 1440});
    }
}

}  // namespace groundswell
