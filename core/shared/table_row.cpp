// The columns of a table, and one row of it as bytes.
#include <co/table.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace co {
namespace {

using TextLength = std::uint32_t;  // stands before the bytes of a text

std::string_view name_of(ColumnType type) {
    switch (type) {
        case ColumnType::integer:
            return "an integer";
        case ColumnType::floating:
            return "a floating number";
        case ColumnType::text:
            return "a text";
    }
    return "unknown";
}

std::size_t bytes_of(const Column& column) {
    if (column.type != ColumnType::text) return sizeof(std::int64_t);
    constexpr std::size_t alignment = alignof(std::int64_t);
    return (sizeof(TextLength) + column.bytes + alignment - 1) / alignment * alignment;
}

template <typename Value>
Value load(const std::byte* from) {
    Value value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace

RowShape::RowShape(std::vector<Column> columns) {
    if (columns.empty()) throw std::invalid_argument("Table: it needs at least one column");
    for (Column& column : columns) {
        for (const Place& other : places_)
            if (other.column.name == column.name)
                throw std::invalid_argument("Table: two columns are called '" + column.name + "'");
        if (column.type == ColumnType::text && (column.bytes == 0 || column.bytes > UINT32_MAX / 2))
            throw std::invalid_argument("Table: the text column '" + column.name + "' needs a size of 1 byte to 2 GiB");
        std::size_t size = bytes_of(column);
        places_.push_back({std::move(column), bytes_});
        bytes_ += size;
    }
}

ColumnId RowShape::column(std::string_view name) const {
    for (std::size_t place = 0; place < places_.size(); ++place)
        if (places_[place].column.name == name) return static_cast<ColumnId>(place);
    throw std::invalid_argument("Table: there is no column '" + std::string(name) + "'");
}

const RowShape::Place& RowShape::place(ColumnId column) const {
    auto number = static_cast<std::size_t>(column);
    if (number >= places_.size()) throw std::invalid_argument("Table: a column of another table was used");
    return places_[number];
}

const RowShape::Place& RowShape::place(ColumnId column, ColumnType type) const {
    const Place& found = place(column);
    if (found.column.type != type)
        throw std::invalid_argument("Table: the column '" + found.column.name + "' holds " +
                                    std::string(name_of(found.column.type)) + ", not " + std::string(name_of(type)));
    return found;
}

std::int64_t RowEdit::integer(ColumnId column) const {
    return load<std::int64_t>(bytes_ + shape_->place(column, ColumnType::integer).offset);
}

double RowEdit::floating(ColumnId column) const {
    return load<double>(bytes_ + shape_->place(column, ColumnType::floating).offset);
}

std::string_view RowEdit::text(ColumnId column) const {
    const std::byte* place = bytes_ + shape_->place(column, ColumnType::text).offset;
    return {reinterpret_cast<const char*>(place + sizeof(TextLength)), load<TextLength>(place)};
}

void RowEdit::set(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell.value)) {
        std::memcpy(bytes_ + shape_->place(cell.column, ColumnType::integer).offset, integer, sizeof *integer);
    } else if (const auto* floating = std::get_if<double>(&cell.value)) {
        std::memcpy(bytes_ + shape_->place(cell.column, ColumnType::floating).offset, floating, sizeof *floating);
    } else {
        auto text = std::get<std::string_view>(cell.value);
        const RowShape::Place& place = shape_->place(cell.column, ColumnType::text);
        if (text.size() > place.column.bytes)
            throw std::invalid_argument("Table: the column '" + place.column.name + "' holds at most " +
                                        std::to_string(place.column.bytes) + " bytes, not " +
                                        std::to_string(text.size()));
        auto length = static_cast<TextLength>(text.size());
        std::memcpy(bytes_ + place.offset, &length, sizeof length);
        if (length > 0) std::memcpy(bytes_ + place.offset + sizeof length, text.data(), length);
    }
}

namespace {

/// Six digits behind the point at most. (std::to_chars for doubles is not in every library yet.)
std::string shown_double(double value) {
    std::string digits = std::to_string(value);
    if (digits.find('.') == std::string::npos) return digits;  // no number, or infinite
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
}

std::string shown_value(const CellValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* text = std::get_if<std::string_view>(&value)) return shown_text(*text);
    return shown_double(std::get<double>(value));
}

void add_value(std::string& text, const std::string& column, const CellValue& value) {
    text += (text.empty() ? "" : ", ") + column + " = " + shown_value(value);
}

}  // namespace

std::string shown_cells(const RowShape& shape, std::span<const Cell> cells) {
    std::string text;
    for (const Cell& cell : cells) add_value(text, shape.place(cell.column).column.name, cell.value);
    return text;
}

std::string shown_row(const RowShape& shape, const TableRow& row) {
    std::string text;
    for (std::size_t place = 0; place < shape.columns(); ++place) {
        const auto id = static_cast<ColumnId>(place);
        const Column& column = shape.place(id).column;
        const CellValue value = column.type == ColumnType::integer    ? CellValue(row.integer(id))
                                : column.type == ColumnType::floating ? CellValue(row.floating(id))
                                                                      : CellValue(row.text(id));
        add_value(text, column.name, value);
    }
    return text;
}

}  // namespace co
