// What a run writes into the editor: the line that is now, the coroutines' chips in the gutter, errors under their line.

import {RangeSet, RangeSetBuilder, StateEffect, StateField} from '@codemirror/state';
import {Decoration, EditorView, GutterMarker, WidgetType, gutter, gutterLineClass} from '@codemirror/view';

import {chip, chipsByLine} from '../chip.js';
import {h} from '../dom.js';

/** {line, coroutines, selected, hovered, errors}; null: there is no run of this text. */
export const showMoment = StateEffect.define();

const nothing = {chips: RangeSet.empty, lines: Decoration.none, row: RangeSet.empty};

class NowRow extends GutterMarker {
    elementClass = 'now-gutter';
}
const nowRow = new NowRow();

const momentField = StateField.define({
    create: () => nothing,
    update(field, transaction) {
        for (const effect of transaction.effects) {
            if (effect.is(showMoment)) return effect.value ? build(effect.value, transaction.state.doc) : nothing;
        }
        if (!transaction.docChanged) return field;
        const {changes} = transaction;
        return {chips: field.chips.map(changes), lines: field.lines.map(changes), row: field.row.map(changes)};
    },
    provide: (field) => [EditorView.decorations.from(field, ({lines}) => lines),
                         gutterLineClass.from(field, ({row}) => row)],
});

function build(moment, doc) {
    const {line} = moment;
    const row = line > 0 && line <= doc.lines ? RangeSet.of([nowRow.range(doc.line(line).from)]) : RangeSet.empty;
    return {chips: chipMarks(moment, doc), lines: lineMarks(moment, doc), row};
}

class ChipMark extends GutterMarker {
    constructor(coroutines, moment) {
        super();
        this.coroutines = coroutines;
        this.moment = moment;
        const {selected, hovered} = moment;
        this.key = JSON.stringify(coroutines.map(({coroutine, chip: text, state}) =>
            [coroutine, text, state, coroutine === selected, coroutine === hovered]));
    }
    eq(other) {
        return this.key === other.key;
    }
    toDOM() {
        const [first, ...others] = this.coroutines;
        const {selected, hovered} = this.moment;
        const shown = chip(first, {selected: first.coroutine === selected, hovered: first.coroutine === hovered});
        const more = others.length > 0 && h('span', {class: 'more'}, `+${others.length}`);
        const why = this.coroutines.map((one) => `${one.chip} ${one.state_text}: ${one.why ?? ''}`).join('\n');
        return h('span', {class: 'chips', title: why, data: {coroutine: first.coroutine}}, shown, more);
    }
}

function chipMarks(moment, doc) {
    const builder = new RangeSetBuilder();
    for (const [line, coroutines] of chipsByLine(moment.coroutines)) {
        if (line > doc.lines) continue;
        const from = doc.line(line).from;
        builder.add(from, from, new ChipMark(coroutines, moment));
    }
    return builder.finish();
}

class Message extends WidgetType {
    constructor(error) {
        super();
        this.error = error;
    }
    eq(other) {
        return this.error.what === other.error.what && this.error.remedy === other.error.remedy;
    }
    toDOM() {
        const {what, remedy} = this.error;
        // Margins would not be measured: the space around it is the outer box's padding.
        return h('div', {class: 'error-space'}, h('div', {class: 'error-message', role: 'note'},
                 h('strong', {}, `Line ${this.error.line}: `), what, remedy && h('span', {class: 'remedy'}, ` ${remedy}`)));
    }
    ignoreEvent() {
        return true;
    }
}

function lineMarks({line, errors}, doc) {
    const marks = [];
    if (line > 0 && line <= doc.lines) marks.push(Decoration.line({class: 'now-line'}).range(doc.line(line).from));
    for (const error of errors) {
        if (error.line > doc.lines) continue;
        const {from, to, text} = doc.line(error.line);
        const start = from + (text.length - text.trimStart().length);
        if (start < to) marks.push(Decoration.mark({class: 'error-text'}).range(start, to));
        marks.push(Decoration.widget({widget: new Message(error), block: true, side: 1}).range(to));
    }
    return Decoration.set(marks, true);
}

/** `point(coroutine | null)`, `choose(coroutine)`: the mouse on a chip. */
export function momentMarks({point, choose}) {
    const coroutineOf = (event) => {
        const mark = event.target.closest?.('.chips');
        return mark ? Number(mark.dataset.coroutine) : null;
    };
    return [
        momentField,
        gutter({
            class: 'cm-chips',
            markers: (view) => view.state.field(momentField).chips,
            domEventHandlers: {
                mousemove: (view, line, event) => void point(coroutineOf(event)),
                mouseleave: () => void point(null),
                mousedown: (view, line, event) => {
                    const coroutine = coroutineOf(event);
                    if (coroutine !== null) choose(coroutine);
                    return coroutine !== null;
                },
            },
        }),
    ];
}
