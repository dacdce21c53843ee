// A world in a file, so that it need not be built again. A fingerprint of everything that a world follows from
// (docs/MODEL.md 2, docs/RANDOMNESS.md) says which world a file holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "world/world.hpp"

namespace groundswell {

// Raised with every change of the file's layout or of how a world is built from the same input.
inline constexpr std::uint32_t kWorldSchema = 2;

// 32 hexadecimal digits of (schema, company, params, seed, index). They are equal if all of these are, and otherwise
// different but for an accident of one in 2^128.
std::string world_fingerprint(const CompanyInput& company, const WorldParams& params, std::uint64_t seed,
                              std::uint32_t index);

// Writes beside `path` and renames, so that a reader finds a whole file or none. Throws std::system_error (a full disk
// among them); then nothing is left behind.
void save_world(const World& world, const std::filesystem::path& path, const std::string& fingerprint);

// A world of this company that a run can trust: nothing if there is no file, or one with another fingerprint, schema or
// byte order, or one that is not whole or not sound (world_content.hpp). Throws std::system_error where the file cannot
// be read.
std::optional<World> load_world(const std::filesystem::path& path, const std::string& fingerprint,
                                const CompanyInput& company, int threads);

}  // namespace groundswell
