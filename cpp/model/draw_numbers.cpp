#include "model/draw_numbers.hpp"

#include <numeric>
#include <string>

#include "core/errors.hpp"

namespace groundswell {

void check_draw_numbers(std::span<const std::uint64_t> numbers, std::uint32_t employees) {
    if (numbers.empty()) return;
    const auto refuse = [&](std::uint32_t row, const std::string& rule) {
        throw InvalidInput("company.draw_numbers[" + std::to_string(row) + "] = " + std::to_string(numbers[row]) +
                           ": " + rule);
    };
    if (numbers.size() != employees)
        throw InvalidInput("company.draw_numbers has " + std::to_string(numbers.size()) +
                           " rows, must have one for each of " + std::to_string(employees) + " employees");
    for (std::uint32_t row = 0; row < employees; ++row)
        if (!is_employee_draw_number(numbers[row])) refuse(row, "must be below 2^24, or 2^63 or above");
    const std::vector<std::uint32_t> order = order_of(numbers);
    for (std::size_t k = 1; k < order.size(); ++k)
        if (numbers[order[k]] == numbers[order[k - 1]])
            refuse(order[k], "must be distinct, row " + std::to_string(order[k - 1]) + " has it too");
}

std::vector<std::uint64_t> draw_numbers_or_rows(const std::vector<std::uint64_t>& given, std::uint32_t employees) {
    if (!given.empty()) return given;
    std::vector<std::uint64_t> rows(employees);
    std::iota(rows.begin(), rows.end(), std::uint64_t{0});
    return rows;
}

std::vector<std::uint32_t> order_of(std::span<const std::uint64_t> numbers) {
    std::vector<std::uint32_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return numbers[a] < numbers[b]; });
    return order;
}

std::vector<std::uint32_t> viewer_numbers_of(std::span<const std::uint64_t> numbers) {
    const std::vector<std::uint32_t> order = order_of(numbers);
    std::vector<std::uint64_t> number_in_order;
    for (const std::uint32_t row : order) {
        const std::uint64_t wanted = numbers[row] >> 32 != 0 ? numbers[row] >> 32 : numbers[row];
        number_in_order.push_back(number_in_order.empty() ? wanted : std::max(wanted, number_in_order.back() + 1));
    }
    std::vector<std::uint32_t> viewers(numbers.size());
    std::uint64_t end = std::uint64_t{1} << 32;  // whoever was moved to it or beyond takes the highest free one
    for (std::size_t k = order.size(); k-- > 0;) {
        end = std::min(number_in_order[k], end - 1);
        viewers[order[k]] = static_cast<std::uint32_t>(end);
    }
    return viewers;
}

}  // namespace groundswell
