#include "model/workforce.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "model/draw_numbers.hpp"

namespace groundswell {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, kAttributes, kAttributes>;
using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, kAttributes, 1>;

constexpr double kLargestZ = 4;  // a given value beyond four standard deviations counts as one at four

std::size_t index(Attribute a) { return static_cast<std::size_t>(a); }

// ---- Categories -----------------------------------------------------------------------------------------------------

std::string cell(std::string_view column, std::size_t row) {
    return "company." + std::string(column) + "[" + std::to_string(row) + "]";
}

void check_shares(std::string_view name, const std::vector<double>& shares, std::size_t groups) {
    const std::string address = "company." + std::string(name);
    if (shares.size() != groups)
        throw InvalidInput(address + " has " + std::to_string(shares.size()) + " entries, must have " +
                           std::to_string(groups));
    for (const double share : shares) require_probability(address, share);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (std::abs(sum - 1) > 1e-6) throw InvalidInput(address + " sums to " + format_number(sum) + ", must sum to 1");
}

// Checks codes; -1 is allowed, but then `shares` must be the law to draw from.
void check_codes(std::string_view column, const std::vector<std::int32_t>& codes, std::uint32_t employees,
                 std::uint32_t groups) {
    if (codes.size() != employees)
        throw InvalidInput("company." + std::string(column) + " has " + std::to_string(codes.size()) +
                           " rows, must have one for each of " + std::to_string(employees) + " employees");
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (codes[i] < -1 || codes[i] >= static_cast<std::int32_t>(groups))
            reject(cell(column, i), codes[i], "a code from 0 to " + std::to_string(groups - 1) + ", or -1 if missing");
}

bool any_missing(const std::vector<std::int32_t>& codes) {
    return std::find(codes.begin(), codes.end(), -1) != codes.end();
}

void check_functions(const WorkforceTable& table) {
    if (!any_missing(table.function)) return;
    if (table.sales_share.size() != table.departments || table.recruiter_share.size() != table.departments)
        throw InvalidInput("company.sales_share and company.recruiter_share must have one entry for each of " +
                           std::to_string(table.departments) + " departments, as functions are missing");
    for (std::size_t d = 0; d < table.departments; ++d) {
        require_probability("company.sales_share", table.sales_share[d]);
        require_probability("company.recruiter_share", table.recruiter_share[d]);
        require_probability("company.sales_share + company.recruiter_share",
                            table.sales_share[d] + table.recruiter_share[d]);
    }
}

void check_categories(const WorkforceTable& table) {
    if (table.employees == 0) throw InvalidInput("company.employees = 0: must be at least 1");
    if (table.departments == 0 || table.regions == 0)
        throw InvalidInput("company.departments and company.regions must be at least 1");
    check_codes("department", table.department, table.employees, table.departments);
    check_codes("region", table.region, table.employees, table.regions);
    check_codes("seniority", table.seniority, table.employees, kSeniorities);
    check_codes("function", table.function, table.employees, 3);
    if (any_missing(table.department)) check_shares("department_shares", table.department_shares, table.departments);
    if (any_missing(table.region)) check_shares("region_shares", table.region_shares, table.regions);
    if (any_missing(table.seniority)) check_shares("seniority_shares", table.seniority_shares, kSeniorities);
    check_functions(table);
}

// Inversion: the smallest code whose cumulated share is above u.
std::int32_t invert_shares(const std::vector<double>& shares, double u) {
    std::int32_t last = 0;
    double below = 0;
    for (std::size_t code = 0; code < shares.size(); ++code) {
        if (shares[code] <= 0) continue;
        last = static_cast<std::int32_t>(code);
        below += shares[code];
        if (u < below) break;
    }
    return last;
}

std::int32_t draw_function(double recruiter_share, double sales_share, double u) {
    if (u < recruiter_share) return static_cast<std::int32_t>(JobFunction::recruiter);
    if (u < recruiter_share + sales_share) return static_cast<std::int32_t>(JobFunction::sales);
    return static_cast<std::int32_t>(JobFunction::other);
}

Workforce complete_categories(const WorkforceTable& table, std::span<const std::uint64_t> numbers, StreamKey key) {
    Workforce done{table.department, table.region, table.seniority, table.function, table.attributes};
    for (std::size_t i = 0; i < table.employees; ++i) {
        const Block words = draw(key, numbers[i]);
        if (done.department[i] < 0) done.department[i] = invert_shares(table.department_shares, unit(words[0]));
        if (done.region[i] < 0) done.region[i] = invert_shares(table.region_shares, unit(words[1]));
        if (done.seniority[i] < 0) done.seniority[i] = invert_shares(table.seniority_shares, unit(words[2]));
        const auto d = static_cast<std::size_t>(done.department[i]);
        if (done.function[i] < 0)
            done.function[i] = draw_function(table.recruiter_share[d], table.sales_share[d], unit(words[3]));
    }
    return done;
}

// ---- Marginals ------------------------------------------------------------------------------------------------------

// Normal score to value and back, by attribute. Lognormals are given by the log of their median and their log-sd.
class Marginals {
public:
    Marginals(const Workforce& workforce, const WorkforceParams& params, double connections_mean,
              double connections_log_sd)
        : log_median_(workforce.department.size()) {
        log_sd_ = {connections_log_sd, params.social_activity_log_sd, params.persuasion_log_sd,
                   params.susceptibility_log_sd};
        const auto by_seniority = params.seniority_multiplier.array();
        const std::array<double, 3> by_function = {1, params.sales_multiplier, params.recruiter_multiplier};
        double sum = 0;
        for (std::size_t i = 0; i < log_median_.size(); ++i) {
            log_median_[i] = by_seniority[static_cast<std::size_t>(workforce.seniority[i])] *
                             by_function[static_cast<std::size_t>(workforce.function[i])];
            sum += log_median_[i];
        }
        const double scale = connections_mean * static_cast<double>(log_median_.size()) / sum;
        for (double& m : log_median_) m = ieee::log(m * scale) - log_sd_[0] * log_sd_[0] / 2;
    }

    double value(std::size_t attribute, std::size_t employee, double z) const {
        if (attribute >= kLognormals) return beta_quantile(0.5 * std::erfc(-z / std::sqrt(2.0)));
        const double x = ieee::exp(log_median(attribute, employee) + log_sd_[attribute] * z);
        return attribute == index(Attribute::connections) ? std::max(1.0, std::floor(x + 0.5)) : x;
    }

    double score(std::size_t attribute, std::size_t employee, double x) const {
        if (attribute >= kLognormals) {
            const double lowest = 0.5 * std::erfc(kLargestZ / std::sqrt(2.0));
            return normal_quantile(std::clamp(x * x * (3 - 2 * x), lowest, 1 - lowest));
        }
        const double z = (ieee::log(std::max(x, 1e-300)) - log_median(attribute, employee)) / log_sd_[attribute];
        return std::clamp(z, -kLargestZ, kLargestZ);
    }

    // A given value of an attribute that does not vary says nothing about the others.
    bool varies(std::size_t attribute) const { return attribute >= kLognormals || log_sd_[attribute] > 0; }

private:
    static constexpr std::size_t kLognormals = 4;  // the first four attributes; the other five are Beta(2, 2)

    // Beta(2, 2) has distribution 3x^2 - 2x^3; with x = 1/2 - sin t it is (1 - sin 3t) / 2.
    static double beta_quantile(double p) { return 0.5 - std::sin(std::asin(1 - 2 * p) / 3); }

    double log_median(std::size_t attribute, std::size_t employee) const {
        return attribute == index(Attribute::connections) ? log_median_[employee]
                                                          : -log_sd_[attribute] * log_sd_[attribute] / 2;
    }

    std::array<double, kLognormals> log_sd_{};
    std::vector<double> log_median_;
};

void check_attributes(const WorkforceTable& table) {
    for (std::size_t a = 0; a < kAttributes; ++a) {
        const auto& column = table.attributes[a];
        if (column.size() != table.employees)
            throw InvalidInput("company.attributes." + std::string(kAttributeNames[a]) + " has " +
                               std::to_string(column.size()) + " rows, must have one for each of " +
                               std::to_string(table.employees) + " employees");
        for (std::size_t i = 0; i < column.size(); ++i) {
            if (std::isnan(column[i])) continue;
            const std::string address = cell("attributes." + std::string(kAttributeNames[a]), i);
            if (a == index(Attribute::connections))
                require_whole(address, column[i], 0, 1e9);
            else if (a < index(Attribute::satisfaction))
                require_not_negative(address, column[i]);
            else
                require_probability(address, column[i]);
        }
    }
}

void check_params(const WorkforceParams& p) {
    require_between("workforce.social_activity_log_sd", p.social_activity_log_sd, 0, 5);
    require_between("workforce.persuasion_log_sd", p.persuasion_log_sd, 0, 5);
    require_between("workforce.susceptibility_log_sd", p.susceptibility_log_sd, 0, 5);
    require_positive("workforce.sales_multiplier", p.sales_multiplier);
    require_positive("workforce.recruiter_multiplier", p.recruiter_multiplier);
    const auto check = [](std::string_view name, double value) {
        require_positive("workforce.seniority_multiplier." + std::string(name), value);
    };
    SeniorityValues::fields(p.seniority_multiplier, check);
}

// ---- Copula ---------------------------------------------------------------------------------------------------------

Matrix correlations(const WorkforceParams& p) {
    Matrix r = Matrix::Identity(kAttributes, kAttributes);
    const auto set = [&r](const char* name, Attribute a, Attribute b, double value) {
        require_between("workforce." + std::string(name), value, -1, 1);
        const auto row = static_cast<Eigen::Index>(a), column = static_cast<Eigen::Index>(b);
        r(row, column) = r(column, row) = value;
    };
    set("corr_connections_activity", Attribute::connections, Attribute::social_activity, p.corr_connections_activity);
    set("corr_connections_persuasion", Attribute::connections, Attribute::persuasion, p.corr_connections_persuasion);
    set("corr_activity_persuasion", Attribute::social_activity, Attribute::persuasion, p.corr_activity_persuasion);
    set("corr_persuasion_susceptibility", Attribute::persuasion, Attribute::susceptibility,
        p.corr_persuasion_susceptibility);
    set("corr_skill_activity", Attribute::sales_skill, Attribute::social_activity, p.corr_skill_activity);
    set("corr_satisfaction_belief", Attribute::satisfaction, Attribute::product_belief, p.corr_satisfaction_belief);
    set("corr_satisfaction_willingness", Attribute::satisfaction, Attribute::willingness,
        p.corr_satisfaction_willingness);
    const Eigen::SelfAdjointEigenSolver<Matrix> spectrum(r, Eigen::EigenvaluesOnly);
    if (!(spectrum.eigenvalues().minCoeff() > 1e-9)) {
        std::string text = "workforce.corr_* is no correlation matrix (not positive definite):";
        WorkforceParams::fields(p, [&text](std::string_view name, const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, double>)
                if (name.starts_with("corr_") && value != 0)
                    text += " workforce." + std::string(name) + " = " + format_number(value);
        });
        throw InvalidInput(text + "; bring the largest ones closer to 0");
    }
    return r;
}

// The law of the missing scores given the others, for one pattern of what is given (bit a: attribute a is given).
struct Conditional {
    std::vector<Eigen::Index> given, missing;
    Matrix weights;  // missing x given: the conditional mean is weights * given scores
    Matrix factor;   // lower Cholesky factor of the conditional covariance

    Conditional(const Matrix& r, unsigned pattern) {
        for (int a = 0; a < kAttributes; ++a) ((pattern >> a) & 1u ? given : missing).push_back(a);
        Matrix covariance = r(missing, missing);
        if (!given.empty() && !missing.empty()) {
            const Matrix across = r(given, missing);
            const Matrix among = r(given, given);
            weights = among.llt().solve(across).transpose();
            covariance -= weights * across;
        }
        if (!missing.empty()) factor = covariance.llt().matrixL();
    }
};

// Nine normals of an employee, always all nine, each for its own attribute: a value that becomes known for one
// employee shifts that employee's other attributes by their correlation, and nobody else's.
Vector draw_scores(StreamKey key, std::uint64_t draw_number) {
    PhiloxEngine engine(key, draw_number);
    boost::random::normal_distribution<double> normal;
    Vector scores(kAttributes);
    for (auto& z : scores) z = normal(engine);
    return scores;
}

void complete_attributes(Workforce& done, std::span<const std::uint64_t> numbers, const Marginals& marginals,
                         const Matrix& r, StreamKey key) {
    std::map<unsigned, Conditional> laws;
    for (std::size_t i = 0; i < done.department.size(); ++i) {
        unsigned pattern = 0;
        bool complete = true;
        Vector given_scores(kAttributes);
        for (std::size_t a = 0; a < kAttributes; ++a) {
            const double x = done.attributes[a][i];
            complete = complete && !std::isnan(x);
            if (std::isnan(x) || !marginals.varies(a)) continue;
            pattern |= 1u << a;
            given_scores[static_cast<Eigen::Index>(a)] = marginals.score(a, i, x);
        }
        if (complete) continue;
        const Conditional& law = laws.try_emplace(pattern, r, pattern).first->second;
        const Vector noise = draw_scores(key, numbers[i]);
        Vector scores = law.factor.triangularView<Eigen::Lower>() * noise(law.missing);
        if (!law.given.empty()) scores += law.weights * given_scores(law.given);
        for (std::size_t m = 0; m < law.missing.size(); ++m) {
            const auto a = static_cast<std::size_t>(law.missing[m]);
            double& x = done.attributes[a][i];
            if (std::isnan(x)) x = marginals.value(a, i, scores[static_cast<Eigen::Index>(m)]);
        }
    }
}

}  // namespace

Workforce complete_workforce(const WorkforceTable& table, const WorkforceParams& params, double connections_mean,
                             double connections_log_sd, std::uint64_t seed, std::uint32_t world) {
    check_params(params);
    check_categories(table);
    check_attributes(table);
    check_draw_numbers(table.draw_numbers, table.employees);
    const Matrix r = correlations(params);
    const std::vector<std::uint64_t> numbers = draw_numbers_or_rows(table.draw_numbers, table.employees);
    Workforce done = complete_categories(table, numbers, world_key(seed, world, Decision::employee_categories));
    complete_attributes(done, numbers, Marginals(done, params, connections_mean, connections_log_sd), r,
                        world_key(seed, world, Decision::employee_traits));
    return done;
}

}  // namespace groundswell
