// Parameters as named fields: a Params struct lists its members once, in fields(), and the bindings, the fingerprints
// of worlds and the contract tests walk that list.
#pragma once

#include <concepts>
#include <string_view>

namespace groundswell {

// A visitor that accepts every field, with which HasFields asks whether a type lists any.
struct IgnoreField {
    template <class T>
    void operator()(std::string_view, T&) const {}
};

template <class T>
concept HasFields = requires(T& value, IgnoreField visit) {
    T::fields(value, visit);
};

}  // namespace groundswell

// Inside a struct: GROUNDSWELL_FIELDS(visit("name", self.name); …)
#define GROUNDSWELL_FIELDS(...)                     \
    template <class Self, class Visit>              \
    static void fields(Self& self, Visit&& visit) { \
        __VA_ARGS__                                 \
    }
