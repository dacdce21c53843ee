// Errors that reach the user, each with its Python class in cpp/bindings/exceptions.
#pragma once

#include <stdexcept>
#include <string>

namespace groundswell {

// Bad input; the text names the parameter by its address, the value and the rule.
struct InvalidInput : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

// The run was asked to stop; what is finished is kept.
struct Cancelled : std::runtime_error {
    Cancelled() : std::runtime_error("cancelled") {}
};

// A mistake in this program: something that it relies on does not hold.
struct InternalError : std::logic_error {
    using std::logic_error::logic_error;
};

}  // namespace groundswell
