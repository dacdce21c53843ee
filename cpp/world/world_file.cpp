#include "world/world_file.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>
#include <type_traits>

#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/system.hpp"
#include "world/world_content.hpp"

namespace groundswell {
namespace {

constexpr std::uint64_t kMagic = 0x31444C524F575347u;  // "GSWORLD1" where the lowest byte comes first
constexpr std::uint64_t kLeastWarningBytes = 3 * sizeof(std::uint64_t);
constexpr std::uint64_t kBlockBytes = std::uint64_t{1} << 26;  // a thread reads this much at once

[[noreturn]] void throw_system_error(const char* doing, const std::filesystem::path& path) {
    const int code = errno != 0 ? errno : EIO;
    throw std::system_error(code, std::generic_category(), std::string(doing) + " " + path.string());
}

// What a file holds of a world, in order. The one list writes and reads, so that the two cannot differ.
template <class Archive, class W>
void visit_world(Archive& archive, W& world) {
    archive.value(world.seed);
    archive.value(world.index);
    archive.value(world.employees);
    archive.value(world.segment_begin);
    archive.value(world.strength_value);
    archive.array(world.persons);
    for (auto& graph : world.graphs) {
        archive.array(graph.row_begin);
        archive.array(graph.ties);
        archive.value(graph.mean_degree);
    }
    archive.array(world.workforce.department);
    archive.array(world.workforce.region);
    archive.array(world.workforce.seniority);
    archive.array(world.workforce.function);
    for (auto& attribute : world.workforce.attributes) archive.array(attribute);
    archive.array(world.draw_numbers);
    archive.array(world.viewer_numbers);
    archive.array(world.sharer);
    archive.array(world.advocate_order);
    archive.warnings(world.warnings);
}

class Writer {
public:
    explicit Writer(const std::filesystem::path& path) : path_(path), file_(path, std::ios::binary) {
        if (!file_) throw_system_error("cannot create", path_);
    }

    template <class T>
    void value(const T& x) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes(&x, sizeof(T));
    }
    template <class Array>
    void array(const Array& x) {
        value(std::uint64_t{x.size()});
        bytes(x.data(), x.size() * sizeof(*x.data()));
    }
    void warnings(const std::vector<WorldWarning>& all) {
        value(std::uint64_t{all.size()});
        for (const WorldWarning& warning : all) {
            array(warning.code);
            array(warning.message);
            value(warning.count);
        }
    }
    void close() {
        file_.close();
        if (!file_) throw_system_error("cannot write", path_);
    }

private:
    void bytes(const void* data, std::uint64_t size) {
        errno = 0;
        if (size > 0 && !file_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size)))
            throw_system_error("cannot write", path_);
    }

    std::filesystem::path path_;
    std::ofstream file_;
};

// Thrown where the file ends before the world does.
struct FileTooShort {};

class Reader {
public:
    Reader(const std::filesystem::path& path, int threads)
        : path_(path), threads_(threads), size_(std::filesystem::file_size(path)), file_(path, std::ios::binary) {
        if (!file_) throw_system_error("cannot open", path_);
    }

    template <class T>
    void value(T& x) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes(&x, sizeof(T));
    }
    template <class T>
    void array(std::vector<T>& x) {
        x.resize(count(sizeof(T)));
        bytes(x.data(), x.size() * sizeof(T));
    }
    template <class T>
    void array(PageArray<T>& x) {
        x = PageArray<T>(count(sizeof(T)));
        bytes(x.data(), x.size() * sizeof(T));
    }
    void text(std::string& x) {
        x.resize(count(1));
        bytes(x.data(), x.size());
    }
    void warnings(std::vector<WorldWarning>& all) {
        all.resize(count(kLeastWarningBytes));
        for (WorldWarning& warning : all) {
            text(warning.code);
            text(warning.message);
            value(warning.count);
        }
    }
    bool at_end() const { return position_ == size_; }

private:
    std::size_t count(std::uint64_t size_of_one) {
        std::uint64_t n = 0;
        value(n);
        if (n > (size_ - position_) / size_of_one) throw FileTooShort();
        return n;
    }

    void bytes(void* data, std::uint64_t size) {
        if (size > size_ - position_) throw FileTooShort();
        if (size >= 2 * kBlockBytes) {
            read_in_blocks(static_cast<char*>(data), size);
        } else {
            read(file_, static_cast<char*>(data), position_, size);
        }
        position_ += size;
    }

    void read_in_blocks(char* data, std::uint64_t size) const {
        parallel_for((size + kBlockBytes - 1) / kBlockBytes, threads_, [&](std::size_t block, int) {
            std::ifstream file(path_, std::ios::binary);
            const std::uint64_t begin = block * kBlockBytes;
            read(file, data + begin, position_ + begin, std::min(kBlockBytes, size - begin));
        });
    }

    void read(std::ifstream& file, char* data, std::uint64_t at, std::uint64_t size) const {
        if (size == 0) return;
        errno = 0;
        file.seekg(static_cast<std::streamoff>(at));
        if (!file.read(data, static_cast<std::streamsize>(size))) throw_system_error("cannot read", path_);
    }

    std::filesystem::path path_;
    int threads_;
    std::uint64_t size_, position_ = 0;
    std::ifstream file_;
};

// A name that no other thread or process uses for this file.
std::filesystem::path part_name(const std::filesystem::path& path) {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    static std::atomic<std::uint32_t> serial{0};
    return path.string() + "." + std::to_string(now) + "-" + std::to_string(serial.fetch_add(1)) + ".part";
}

}  // namespace

void save_world(const World& world, const std::filesystem::path& path, const std::string& fingerprint) {
    for (const PlatformGraph& graph : world.graphs)
        if (graph.rows_as_needed) throw InternalError("save_world: only a world with all rows can be saved");
    const std::filesystem::path part = part_name(path);
    try {
        Writer writer(part);
        writer.value(kMagic);
        writer.value(kWorldSchema);
        writer.array(fingerprint);
        visit_world(writer, world);
        writer.close();
        std::filesystem::rename(part, path);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
}

std::optional<World> load_world(const std::filesystem::path& path, const std::string& fingerprint,
                                const CompanyInput& company, int threads) {
    if (!std::filesystem::exists(path)) return std::nullopt;
    try {
        Reader reader(path, threads);
        std::uint64_t magic = 0;
        std::uint32_t schema = 0;
        std::string fingerprint_of_file;
        reader.value(magic);
        reader.value(schema);
        if (magic != kMagic || schema != kWorldSchema) return std::nullopt;
        reader.text(fingerprint_of_file);
        if (fingerprint_of_file != fingerprint) return std::nullopt;
        std::optional<World> world(std::in_place);
        visit_world(reader, *world);
        if (!reader.at_end() || !is_sound(*world, company, threads)) return std::nullopt;
        return world;
    } catch (const FileTooShort&) {
        return std::nullopt;
    }
}

}  // namespace groundswell
