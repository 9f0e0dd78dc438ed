// Table: rows that all processes of a server share, found by key.
//
//     co::Table users(1024, {{"name", co::ColumnType::text, 32}, {"visits", co::ColumnType::integer}});
//     const co::ColumnId name = users.column("name"), visits = users.column("visits");
//     if (!users.set("ann", {{name, "Ann"}, {visits, 1}})) return;           // false: the table is full
//     users.add("ann", visits, 1);
//     if (auto row = users.get("ann")) fmt::print("{} {}\n", row->text(name), row->integer(visits));
//
// Made before the processes are started; each of them then uses it at any time, from any thread. Every row has a lock
// of its own, held for some nanoseconds, without a system call. A process that is killed while it holds one tears
// nothing: a row is written beside its old content and exchanged at once, and whoever finds a dead holder goes on in
// its place (docs/shared.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <co/kernel.h>
#include <co/shared_probe.h>

namespace co {

enum class ColumnType : std::uint8_t { integer, floating, text };

struct Column {
    std::string name;
    ColumnType type = ColumnType::integer;
    std::size_t bytes = 8;  // of a text at most; numbers are 64 bits wide
};

/// A column by its number, as Table::column() gives it.
enum class ColumnId : std::uint32_t {};

using CellValue = std::variant<std::int64_t, double, std::string_view>;

/// One value of a row.
struct Cell {
    ColumnId column;
    CellValue value;

    Cell(ColumnId its_column, std::int64_t integer) : column(its_column), value(integer) {}
    Cell(ColumnId its_column, int integer) : Cell(its_column, std::int64_t{integer}) {}
    Cell(ColumnId its_column, double floating) : column(its_column), value(floating) {}
    Cell(ColumnId its_column, std::string_view text) : column(its_column), value(text) {}
    Cell(ColumnId its_column, const char* text) : Cell(its_column, std::string_view(text)) {}
};

/// Where each column lies in a row.
class RowShape {
  public:
    struct Place {
        Column column;
        std::size_t offset;
    };
    explicit RowShape(std::vector<Column> columns);
    /// Throws std::invalid_argument for a name that no column has.
    ColumnId column(std::string_view name) const;
    const Place& place(ColumnId column) const;
    /// The same, of that type. Throws std::invalid_argument when the column is of another one.
    const Place& place(ColumnId column, ColumnType type) const;
    std::size_t columns() const { return places_.size(); }
    std::size_t bytes() const { return bytes_; }

  private:
    std::vector<Place> places_;
    std::size_t bytes_ = 0;
};

/// A row where it lies. Reading or writing a column as another type throws std::invalid_argument.
class RowEdit {
  public:
    RowEdit(const RowShape& shape, std::byte* bytes) : shape_(&shape), bytes_(bytes) {}

    std::int64_t integer(ColumnId column) const;
    double floating(ColumnId column) const;
    std::string_view text(ColumnId column) const;
    /// Throws std::invalid_argument, too, for a text that is longer than its column.
    void set(const Cell& cell);

  private:
    const RowShape* shape_;
    std::byte* bytes_;
};

/// A copy of a row, valid as long as its table.
class TableRow {
  public:
    explicit TableRow(const RowShape& shape) : shape_(&shape), bytes_(shape.bytes()) {}

    std::int64_t integer(ColumnId column) const { return edit().integer(column); }
    double floating(ColumnId column) const { return edit().floating(column); }
    /// Valid as long as this copy.
    std::string_view text(ColumnId column) const { return edit().text(column); }

  private:
    friend class Table;
    RowEdit edit() const { return {*shape_, bytes_.data()}; }

    const RowShape* shape_;
    mutable std::vector<std::byte> bytes_;
};

class Table {
  public:
    static constexpr std::size_t longest_key = 63;  // bytes (tutorial 7.1)

    /// Room for so many rows. Throws std::invalid_argument when there are no rows or columns, two columns of one name,
    /// or a text column of no bytes; std::system_error when there is no memory. From inside a coroutine, or with the
    /// kernel of the program. The name is for reports and the studio.
    Table(std::size_t rows, std::vector<Column> columns, std::string name = {});
    Table(Kernel& kernel, std::size_t rows, std::vector<Column> columns, std::string name = {});
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    /// The memory goes when no process has it any more.
    ~Table();
    /// What such a table takes of memory.
    static std::uint64_t bytes_of(std::size_t rows, const RowShape& shape);

    const RowShape& shape() const { return shape_; }
    ColumnId column(std::string_view name) const { return shape_.column(name); }

    // Keys are 1 to longest_key bytes, else std::invalid_argument is thrown.

    /// Changes these columns of the row, all at once; a new row has 0 and "" in the others. False: a new row found the
    /// table full.
    bool set(std::string_view key, std::span<const Cell> cells);
    bool set(std::string_view key, std::initializer_list<Cell> cells) {
        return set(key, std::span(cells.begin(), cells.size()));
    }
    /// Changes the row by what `change` makes of its copy, alone: nobody else sees or changes it meanwhile. `change`
    /// must be short, must not wait and must not use this table. False: as above.
    bool update(std::string_view key, const std::function<void(RowEdit&)>& change);
    std::optional<TableRow> get(std::string_view key) const;
    /// The same into a row that is there already. False: no such row.
    bool get(std::string_view key, TableRow& row) const;
    bool exists(std::string_view key) const;
    /// Whether it was there.
    bool erase(std::string_view key);
    /// Adds to a number and gives the sum; a new row begins at 0. Nothing: the table is full.
    std::optional<std::int64_t> add(std::string_view key, ColumnId column, std::int64_t by);
    std::optional<std::int64_t> add(std::string_view key, ColumnId column, int by = 1) {
        return add(key, column, std::int64_t{by});
    }
    std::optional<double> add(std::string_view key, ColumnId column, double by);

    std::size_t count() const;
    std::size_t capacity() const { return rows_; }
    /// Calls `visit` with a copy of each row, in an order of the table's own. Rows that come or go meanwhile may be
    /// among them or not.
    void each(const std::function<void(std::string_view key, const TableRow& row)>& visit) const;

  private:
    struct Head;
    struct Slot;
    class Held;

    static std::size_t slot_bytes_of(const RowShape& shape);
    Head& head() const;
    Slot& slot(std::size_t place) const;
    std::byte* copy_of(const Slot& slot, bool is_active) const;
    char* key_of(const Slot& slot) const;
    std::size_t after(std::size_t home, std::size_t distance) const { return (home + distance) & (slots_ - 1); }
    Slot* find(std::size_t home, std::string_view key) const;
    Slot* claim(std::size_t home, std::string_view key);
    void recover(std::size_t home) const;
    template <typename Change>
    bool change(std::string_view key, Change change);
    template <typename Number>
    std::optional<Number> add_number(std::string_view key, ColumnId column, Number by);
    void tell(trace::EventKind event, std::string_view call, std::string_view key, std::string_view what,
              std::size_t value) const;
    void tell_change(bool has_room, std::string_view call, std::string_view key, std::string_view what) const;

    Kernel& kernel_;
    RowShape shape_;
    std::size_t rows_;
    std::size_t slots_;  // a power of two, at least twice as many: so keys find a place close to their own
    std::size_t slot_bytes_;
    std::span<std::byte> memory_;
    SharedProbe probe_;
};

/// `left = 9, name = "Ann"`: values as the trace shows them.
std::string shown_cells(const RowShape& shape, std::span<const Cell> cells);
std::string shown_row(const RowShape& shape, const TableRow& row);

}  // namespace co
