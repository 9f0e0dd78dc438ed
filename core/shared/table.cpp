// A hash table in shared memory. A key's home is the slot that its hash names; its row lies there or in a slot soon
// after. Who holds the lock of a home is alone with all keys that live there:
//
//     slot 5: lock (of home 5) · state: used by home 5 · reach 2 · two copies of the row · key
//     slot 6: lock (of home 6) · state: used by home 5 …
//
// A slot is taken by an atomic exchange of its state, free to "claimed by home h"; its key and row are then written,
// and it counts once it says "used by home h". Nobody but the holder of h's lock looks further into it.
#include <co/table.h>

#include <bit>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>

#include <co/scheduler.h>

#include "shared_word.h"

namespace co {

using trace::EventKind;

namespace {

constexpr std::uint32_t free_slot = 0;
constexpr std::uint32_t claimed_by(std::size_t home) { return static_cast<std::uint32_t>(2 * home + 2); }
constexpr std::uint32_t used_by(std::size_t home) { return static_cast<std::uint32_t>(2 * home + 3); }
constexpr std::size_t home_in(std::uint32_t state) { return state / 2 - 1; }
constexpr bool is_used(std::uint32_t state) { return state != free_slot && state % 2 == 1; }
constexpr std::size_t most_rows = std::size_t{1} << 29;  // so that a state fits into 32 bits

std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 32)) * 0xD6E8FEB86659FD93ull;
    return bits ^ (bits >> 32);
}

template <typename Word>
Word load(const char* from) {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// The last bytes of a key, 8 at most, in one word: loads of a fixed size, which may overlap, instead of a loop.
std::uint64_t tail_of(const char* key, std::size_t bytes) {
    if (bytes >= 8) return load<std::uint64_t>(key + bytes - 8);
    if (bytes >= 4) return std::uint64_t{load<std::uint32_t>(key)} << 32 | load<std::uint32_t>(key + bytes - 4);
    auto letter = [key](std::size_t place) { return std::uint64_t{static_cast<unsigned char>(key[place])}; };
    return letter(0) << 16 | letter(bytes / 2) << 8 | letter(bytes - 1);
}

std::uint64_t hash_of(std::string_view key) {
    std::uint64_t hash = key.size();
    for (std::size_t place = 0; place + 8 < key.size(); place += 8)
        hash = mixed(hash ^ load<std::uint64_t>(key.data() + place)) * 31;
    return mixed(hash ^ tail_of(key.data(), key.size()));
}

bool are_equal(const char* one, const char* other, std::size_t bytes) {
    for (std::size_t place = 0; place + 8 < bytes; place += 8)
        if (load<std::uint64_t>(one + place) != load<std::uint64_t>(other + place)) return false;
    return tail_of(one, bytes) == tail_of(other, bytes);
}

/// Rows are whole words, most of them few.
void copy_row(std::byte* to, const std::byte* from, std::size_t bytes) {
    for (std::size_t place = 0; place < bytes; place += 8) std::memcpy(to + place, from + place, 8);
}

void check(std::string_view key) {
    if (key.empty() || key.size() > Table::longest_key)
        throw std::invalid_argument("Table: a key has 1 to " + std::to_string(Table::longest_key) + " bytes, not " +
                                    std::to_string(key.size()));
}

}  // namespace

struct alignas(64) Table::Head {
    std::atomic<std::uint32_t> count;
};

struct Table::Slot {
    SharedWord lock;                   // of the home
    std::atomic<std::uint32_t> state;  // of the slot
    std::uint32_t reach;               // of the home: its rows lie closer than that
    bool is_counting;                  // of the home: its holder is about to change the count
    std::uint8_t key_bytes;
    std::atomic<std::uint8_t> active;  // which copy of the row counts
};

/// The lock of a home. What its last holder left undone is put in order first.
class Table::Held {
  public:
    Held(const Table& table, std::size_t home)
        : kernel_(kernel_here(table.kernel_)), word_(table.slot(home).lock), process_(kernel_.process_id()) {
        if (word_.lock(kernel_, process_)) table.recover(home);
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() { word_.unlock(process_); }

  private:
    Kernel& kernel_;
    SharedWord& word_;
    ProcessId process_;
};

std::size_t Table::slot_bytes_of(const RowShape& shape) {
    return (sizeof(Slot) + 2 * shape.bytes() + longest_key + 15) / 16 * 16;
}

std::uint64_t Table::bytes_of(std::size_t rows, const RowShape& shape) {
    return sizeof(Head) + std::bit_ceil(2 * std::uint64_t{rows}) * slot_bytes_of(shape);
}

Table::Table(std::size_t rows, std::vector<Column> columns, std::string name)
    : Table(Scheduler::current().kernel(), rows, std::move(columns), std::move(name)) {}

Table::Table(Kernel& kernel, std::size_t rows, std::vector<Column> columns, std::string name)
    : kernel_(kernel),
      shape_(std::move(columns)),
      rows_(rows),
      slots_(std::bit_ceil(2 * rows)),
      probe_(SharedKind::table, std::move(name), static_cast<std::int64_t>(rows)) {
    if (rows == 0 || rows > most_rows)
        throw std::invalid_argument("Table: it holds 1 to " + std::to_string(most_rows) + " rows, not " +
                                    std::to_string(rows));
    static_assert(sizeof(Slot) % 8 == 0, "rows are aligned");
    slot_bytes_ = slot_bytes_of(shape_);
    const std::uint64_t bytes = bytes_of(rows, shape_);
    auto memory = bytes > SIZE_MAX / 2 ? Result<std::span<std::byte>>(std::errc::not_enough_memory)
                                       : kernel.map_shared(static_cast<std::size_t>(bytes));
    if (!memory) throw std::system_error(memory.error(), "memory for a Table");
    memory_ = *memory;  // zeros: an empty table
}

Table::~Table() { static_cast<void>(kernel_here(kernel_).unmap_shared(memory_)); }

// -- where things lie ------------------------------------------------------------------------------------------------

Table::Head& Table::head() const { return *std::launder(reinterpret_cast<Head*>(memory_.data())); }

Table::Slot& Table::slot(std::size_t place) const {
    return *std::launder(reinterpret_cast<Slot*>(memory_.data() + sizeof(Head) + place * slot_bytes_));
}

std::byte* Table::copy_of(const Slot& slot, bool is_active) const {
    bool second = slot.active.load(std::memory_order_relaxed) == is_active;
    auto* rows = const_cast<std::byte*>(reinterpret_cast<const std::byte*>(&slot + 1));
    return rows + (second ? shape_.bytes() : 0);
}

char* Table::key_of(const Slot& slot) const {
    return const_cast<char*>(reinterpret_cast<const char*>(&slot + 1)) + 2 * shape_.bytes();
}

Table::Slot* Table::find(std::size_t home, std::string_view key) const {
    const std::uint32_t ours = used_by(home);
    const std::uint32_t reach = slot(home).reach;
    for (std::size_t distance = 0; distance < reach; ++distance) {
        Slot& candidate = slot(after(home, distance));
        if (candidate.state.load(std::memory_order_acquire) != ours || candidate.key_bytes != key.size()) continue;
        if (are_equal(key_of(candidate), key.data(), key.size())) return &candidate;
    }
    return nullptr;
}

/// A slot for a new row, with zeros in its copy that does not count yet; null when the table is full.
Table::Slot* Table::claim(std::size_t home, std::string_view key) {
    Slot& here = slot(home);
    here.is_counting = true;
    bool has_room = head().count.fetch_add(1) < rows_;
    if (!has_room) head().count.fetch_sub(1);
    here.is_counting = has_room;
    if (!has_room) return nullptr;
    for (std::size_t distance = 0;; ++distance) {
        Slot& candidate = slot(after(home, distance));
        if (distance >= here.reach) here.reach = static_cast<std::uint32_t>(distance + 1);
        std::uint32_t expected = free_slot;
        if (!candidate.state.compare_exchange_strong(expected, claimed_by(home), std::memory_order_acquire)) continue;
        candidate.key_bytes = static_cast<std::uint8_t>(key.size());
        std::memcpy(key_of(candidate), key.data(), key.size());
        std::memset(copy_of(candidate, true), 0, shape_.bytes());
        return &candidate;
    }
}

/// The last holder of this home's lock died: a row that it had begun is free again, one that it changed is as before.
void Table::recover(std::size_t home) const {
    Slot& here = slot(home);
    for (std::size_t distance = 0; distance < here.reach; ++distance) {
        std::uint32_t begun = claimed_by(home);
        slot(after(home, distance)).state.compare_exchange_strong(begun, free_slot);
    }
    if (std::exchange(here.is_counting, false)) head().count.fetch_sub(1);
}

// -- rows ------------------------------------------------------------------------------------------------------------

template <typename Change>
bool Table::change(std::string_view key, Change change) {
    check(key);
    const std::size_t home = hash_of(key) & (slots_ - 1);
    const Held held(*this, home);
    Slot* row = find(home, key);
    const bool is_new = !row;
    if (is_new) row = claim(home, key);
    if (!row) return false;
    RowEdit copy(shape_, copy_of(*row, false));
    copy_row(copy_of(*row, false), copy_of(*row, true), shape_.bytes());
    try {
        change(copy);
    } catch (...) {
        if (is_new) recover(home);
        throw;
    }
    row->active.store(1 - row->active.load(std::memory_order_relaxed), std::memory_order_release);
    if (is_new) {
        row->state.store(used_by(home), std::memory_order_release);
        slot(home).is_counting = false;
    }
    return true;
}

bool Table::set(std::string_view key, std::span<const Cell> cells) {
    const bool has_room = change(key, [cells](RowEdit& row) {
        for (const Cell& cell : cells) row.set(cell);
    });
    if (SharedProbe::traces()) tell_change(has_room, "set", key, shown_cells(shape_, cells));
    return has_room;
}

bool Table::update(std::string_view key, const std::function<void(RowEdit&)>& edit) {
    const bool has_room = change(key, edit);
    if (SharedProbe::traces()) tell_change(has_room, "update", key, "");
    return has_room;
}

bool Table::get(std::string_view key, TableRow& row) const {
    check(key);
    const std::size_t home = hash_of(key) & (slots_ - 1);
    bool is_there = false;
    {
        const Held held(*this, home);
        const Slot* found = find(home, key);
        is_there = found != nullptr;
        if (found) copy_row(row.bytes_.data(), copy_of(*found, true), shape_.bytes());
    }
    if (SharedProbe::traces())
        tell(EventKind::shared_read, "get", key, is_there ? shown_row(shape_, row) : "unknown", is_there);
    return is_there;
}

std::optional<TableRow> Table::get(std::string_view key) const {
    std::optional<TableRow> row(std::in_place, shape_);
    if (!get(key, *row)) row.reset();
    return row;
}

bool Table::exists(std::string_view key) const {
    check(key);
    const std::size_t home = hash_of(key) & (slots_ - 1);
    bool is_there = false;
    {
        const Held held(*this, home);
        is_there = find(home, key) != nullptr;
    }
    if (SharedProbe::traces()) tell(EventKind::shared_read, "exists", key, is_there ? "yes" : "no", is_there);
    return is_there;
}

bool Table::erase(std::string_view key) {
    check(key);
    const std::size_t home = hash_of(key) & (slots_ - 1);
    bool was_there = false;
    {
        const Held held(*this, home);
        Slot* found = find(home, key);
        was_there = found != nullptr;
        if (found) {
            slot(home).is_counting = true;
            found->state.store(free_slot, std::memory_order_release);
            head().count.fetch_sub(1);
            slot(home).is_counting = false;
        }
    }
    if (SharedProbe::traces())
        tell(was_there ? EventKind::shared_write : EventKind::shared_refused, "del", key, was_there ? "" : "unknown",
             head().count.load());
    return was_there;
}

template <typename Number>
std::optional<Number> Table::add_number(std::string_view key, ColumnId column, Number by) {
    Number sum{};
    bool has_room = change(key, [&](RowEdit& row) {
        if constexpr (std::is_same_v<Number, double>)
            sum = row.floating(column) + by;
        else  // it wraps around, as the counters of a machine do
            sum = static_cast<std::int64_t>(static_cast<std::uint64_t>(row.integer(column)) +
                                            static_cast<std::uint64_t>(by));
        row.set({column, sum});
    });
    if (SharedProbe::traces()) {
        const Cell now(column, sum);
        tell_change(has_room, by < 0 ? "decr" : "incr", key, shown_cells(shape_, {&now, 1}));
    }
    return has_room ? std::optional(sum) : std::nullopt;
}

// -- what the trace is told
// --------------------------------------------------------------------------------------------

/// `incr("tea") left = 9`; who calls asks before whether there is a trace: making words costs.
void Table::tell(EventKind event, std::string_view call, std::string_view key, std::string_view what,
                 std::size_t value) const {
    std::string text(call);
    text += '(' + shown_text(key) + ')';
    if (!what.empty()) text += ' ' + std::string(what);
    probe_.tell(event, {.value = static_cast<std::int64_t>(value), .text = text});
}

void Table::tell_change(bool has_room, std::string_view call, std::string_view key, std::string_view what) const {
    const std::size_t rows = head().count.load();
    if (has_room) return tell(EventKind::shared_write, call, key, what, rows);
    tell(EventKind::shared_refused, call, key, "full", rows);
}

std::optional<std::int64_t> Table::add(std::string_view key, ColumnId column, std::int64_t by) {
    return add_number(key, column, by);
}

std::optional<double> Table::add(std::string_view key, ColumnId column, double by) {
    return add_number(key, column, by);
}

std::size_t Table::count() const {
    const std::size_t count = head().count.load(std::memory_order_relaxed);
    if (SharedProbe::traces())
        probe_.tell(EventKind::shared_read, {.value = static_cast<std::int64_t>(count), .text = "count()"});
    return count;
}

void Table::each(const std::function<void(std::string_view key, const TableRow& row)>& visit) const {
    TableRow row(shape_);
    std::string key;
    if (SharedProbe::traces()) probe_.tell(EventKind::shared_read, {.value = head().count.load(), .text = "each()"});
    for (std::size_t place = 0; place < slots_; ++place) {
        const Slot& here = slot(place);
        const std::uint32_t state = here.state.load(std::memory_order_acquire);
        if (!is_used(state)) continue;
        {
            const Held held(*this, home_in(state));
            if (here.state.load(std::memory_order_acquire) != state) continue;
            key.assign(key_of(here), here.key_bytes);
            copy_row(row.bytes_.data(), copy_of(here, true), shape_.bytes());
        }
        visit(key, row);
    }
}

}  // namespace co
