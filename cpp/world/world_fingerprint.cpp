#include <bit>
#include <string_view>
#include <type_traits>

#include "world/world_file.hpp"

namespace groundswell {
namespace {

// Two chains of multiply and mix over the words of everything that is put in. The size of an array goes before it, so
// that entries cannot wander from one array to the next.
class Fingerprint {
public:
    void word(std::uint64_t x) {
        first_ = mix(first_ ^ x) + 0x9E3779B97F4A7C15ull;
        second_ = mix(second_ + std::rotl(x, 29)) ^ 0xD6E8FEB86659FD93ull;
    }
    void number(double x) { word(std::bit_cast<std::uint64_t>(x == 0 ? 0.0 : x)); }  // -0 builds the same world as 0
    void text(std::string_view x) {
        word(x.size());
        for (const char c : x) word(static_cast<unsigned char>(c));
    }
    template <class T>
    void array(const std::vector<T>& x) {
        word(x.size());
        for (const T entry : x) {
            if constexpr (std::is_floating_point_v<T>)
                number(entry);
            else
                word(static_cast<std::uint64_t>(entry));
        }
    }
    void edges(const std::vector<Edge>& x) {
        word(x.size());
        for (const Edge& edge : x) word((std::uint64_t{edge.source} << 32) | edge.target);
    }
    template <class Params>
    void fields(const Params& params) {
        Params::fields(params, [this](std::string_view name, const auto& field) {
            text(name);
            if constexpr (HasFields<std::remove_cvref_t<decltype(field)>>)
                fields(field);
            else
                number(field);
        });
    }

    std::string hex() const {
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::string digits;
        for (const std::uint64_t half : {mix(first_ + second_), mix(first_ ^ std::rotl(second_, 17))})
            for (int shift = 60; shift >= 0; shift -= 4) digits += kDigits[(half >> shift) & 15u];
        return digits;
    }

private:
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }

    std::uint64_t first_ = 0x243F6A8885A308D3ull, second_ = 0x13198A2E03707344ull;  // digits of pi
};

void add_table(Fingerprint& print, const WorkforceTable& table) {
    for (const std::uint32_t n : {table.employees, table.departments, table.regions}) print.word(n);
    print.array(draw_numbers_or_rows(table.draw_numbers, table.employees));
    for (const auto* column : {&table.department, &table.region, &table.seniority, &table.function})
        print.array(*column);
    for (const auto* shares : {&table.department_shares, &table.region_shares, &table.seniority_shares,
                               &table.recruiter_share, &table.sales_share})
        print.array(*shares);
    for (const auto& attribute : table.attributes) print.array(attribute);
}

void add_company(Fingerprint& print, const CompanyInput& company) {
    add_table(print, company.workforce);
    print.word(company.has_coworker_ties ? 1 : 0);
    print.edges(company.coworker_ties);
    print.edges(company.known_ties);
    print.number(company.tie_coverage.share);
    print.array(company.tie_coverage.complete);
    for (const std::int64_t followers : company.page_followers) print.word(static_cast<std::uint64_t>(followers));
    for (const auto& connections : company.connections) print.array(connections);
    print.word(company.audience.given ? 1 : 0);
    for (const std::uint32_t persons : company.audience.persons) print.word(persons);
    print.edges(company.audience.ties);
}

}  // namespace

std::string world_fingerprint(const CompanyInput& company, const WorldParams& params, std::uint64_t seed,
                              std::uint32_t index) {
    Fingerprint print;
    print.word(kWorldSchema);
    add_company(print, company);
    print.fields(params.workforce);
    print.fields(params.audience);
    for (const auto& platform : params.platforms) {
        print.word(platform ? 1 : 0);
        if (platform) print.fields(*platform);
    }
    print.word(seed);
    print.word(index);
    return print.hex();
}

}  // namespace groundswell
