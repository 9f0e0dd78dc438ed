// The rows of output, problems and events. Rows are made when the run changes; a step of the playhead only marks them.

import {h, icon} from '../dom.js';
import {isMeant} from '../session.js';

const most = 400; // rows in the page at once: of more, those around the playhead

const seconds = (time) => `${(time / 1e9).toFixed(3)} s`;
const cell = (name, text) => h('span', {class: name}, text);

const rowTo = (session, step, ...cells) =>
    h('button', {class: 'row', type: 'button', tabindex: -1, data: {step}, onclick: () => session.seek(step)}, ...cells);

function panel(kind) {
    const element = h('div', {class: `rows ${kind}`, id: `rows-${kind}`, role: 'tabpanel', tabindex: 0, hidden: true,
                              aria: {labelledby: `tab-${kind}`}});
    // While it is hidden, as behind another pane of a phone, nothing in it can be scrolled to.
    new ResizeObserver(() => bring(element, element.querySelector('.latest'))).observe(element);
    return element;
}

/** Makes rows only where the list or the window around `at` are others than last time. `list`: {key, length, part(from, count)}. */
function windowed(element, makeRow, emptyText) {
    let [key, first] = [null, 0];
    return (list, at) => {
        const quarter = most / 4;
        const from = list.length <= most ? 0 : Math.max(0, Math.floor((at - most / 2) / quarter) * quarter);
        if (list.key !== key || from !== first || element.childElementCount === 0) {
            [key, first] = [list.key, from];
            if (list.length === 0) element.replaceChildren(h('p', {class: 'empty'}, emptyText()));
            else element.replaceChildren(...list.part(first, Math.min(most, list.length - first)).map(makeRow));
        }
        return first;
    };
}

function bring(element, row) {
    if (!row || element.clientHeight === 0) return;
    const top = row.offsetTop - element.offsetTop;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + row.offsetHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + row.offsetHeight - element.clientHeight;
    }
}

// -- output -----------------------------------------------------------------------------------------------------------

export function outputRows(session) {
    const element = panel('output');
    const rows = windowed(element, (line) => rowTo(session, line.step,
        cell('time', seconds(line.time)), cell('step', `step ${line.step}`), cell('who', line.who),
        h('span', {class: 'text'}, line.text, h('span', {class: 'note'}))), () => 'Nothing is printed.');
    return {element, show({run, moment, lesson, answer, stale}) {
        element.classList.toggle('several', (run?.processes ?? 1) > 1);
        const past = moment?.output_lines ?? 0;
        const first = rows({key: run, length: run?.lines ?? 0, part: (from, count) => session.lines(from, count)}, past);
        // While the lesson's question is open, what comes later is not given away.
        const secret = Boolean(lesson?.predict) && answer === null && !stale;
        [...element.querySelectorAll('.row')].forEach((row, index) => markLine(row, first + index - past, secret));
        const latest = element.querySelector('.latest');
        if (latest) bring(element, latest);
        else element.scrollTop = 0;
        return secret ? `${past} ${past === 1 ? 'line' : 'lines'} so far` : `${past} of ${run?.lines ?? 0} lines`;
    }};
}

/** `after`: how many lines after the playhead; -1 is the latest. */
function markLine(row, after, secret) {
    const kind = after === -1 ? 'latest' : after >= 0 ? 'future' : 'past';
    row.hidden = secret && after >= 0;
    if (row.dataset.kind === kind) return;
    row.dataset.kind = kind;
    row.classList.toggle('latest', kind === 'latest');
    row.classList.toggle('future', kind === 'future');
    const note = row.querySelector('.note');
    note.className = kind === 'latest' ? 'note tag' : 'note after';
    note.textContent = kind === 'latest' ? 'latest' : kind === 'future' ? 'after the playhead' : '';
}

// -- problems ---------------------------------------------------------------------------------------------------------

export function problemRows(session) {
    const element = panel('problems');
    let shown;
    return {element, show({run, stale, lesson}) {
        if (run !== shown) {
            shown = run;
            const problems = run?.problems ?? [];
            element.replaceChildren(...problems.map((problem) => problemBlock(session, problem, isMeant(lesson, problem))));
            if (problems.length === 0) element.append(h('p', {class: 'empty'}, 'No problems in this run.'));
        }
        return stale ? 'of the run before your edit' : '';
    }};
}

const problemBlock = (session, {step, line, what, remedy, details}, meant) => h('div', {class: 'problem'},
    h('p', {class: 'what'}, icon('cross', 14), line > 0 ? `Line ${line}: ${what}` : what),
    (details ?? []).map((detail) => h('p', {class: 'detail'}, detail)),
    meant && h('p', {class: 'remedy'}, 'This is how the lesson’s program ends, on purpose.'),
    !meant && remedy && h('p', {class: 'remedy'}, remedy),
    step > 0 && h('button', {class: 'button', type: 'button', onclick: () => session.seek(step)}, `Go to step ${step}`));

// -- events -----------------------------------------------------------------------------------------------------------

export function eventRows(session) {
    const element = panel('events');
    let [filter, done] = ['', true];
    const rows = windowed(element, ({step, time, who, what}) => rowTo(session, step,
        cell('step', `step ${step}`), cell('time', seconds(time)), cell('who', who ?? ''),
        cell('text', what)), () => (filter && !done ? 'Searching…' : filter ? `No event has “${filter}” in it.` : 'No events.'));
    return {element, show(state) {
        filter = state.filter.trim();
        element.classList.toggle('several', (state.run?.processes ?? 1) > 1);
        const now = state.moment?.step ?? 0;
        const steps = state.run?.steps ?? 0;
        const {found} = state.found ?? {};
        done = state.found?.done ?? true;
        if (found) rows({key: found, length: found.length, part: (from, count) => found.slice(from, from + count)},
                        found.findLastIndex(({step}) => step <= now));
        else rows({key: state.run, length: steps, part: (from, count) => session.events(from + 1, count)}, now - 1);
        element.querySelector('.latest')?.classList.remove('latest');
        const row = element.querySelector(`[data-step="${now}"]`);
        row?.classList.add('latest');
        bring(element, row);
        return found ? `${found.length}${done ? '' : ' so far'} of ${steps} events` : `${steps} events`;
    }};
}
