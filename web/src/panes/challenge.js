// The challenge: break the program by choosing who runs next. The choice stands here wherever the loop has one; keys 1 to
// 9 choose too, U takes the last choice back.

import {chip} from '../chip.js';
import {h, icon} from '../dom.js';

export function createChallenge({session, lesson}) {
    if (!lesson.challenge) return null;
    const {title, prose, schedule: winning} = lesson.challenge;
    const choices = h('div', {class: 'row-of', role: 'group', aria: {label: 'Who runs next'}});
    const note = h('p', {class: 'why'});
    const verdict = h('p', {class: 'verdict-line', role: 'status'});
    const undo = button('Take the last choice back', () => session.undoChoice());
    const reset = button('Start again', () => session.setSchedule('', 0));
    const show = button('Show me', () => session.setSchedule(winning, 0));
    const element = h('section', {class: 'box-of challenge'}, h('h3', {}, `Break it: ${title}`), h('p', {class: 'prose'}, prose),
                      verdict, note, choices, h('div', {class: 'row-of'}, undo, reset, show));
    let shown = '';
    return {element, show: (state) => {
        const found = session.choices();
        const key = JSON.stringify([found.map(({coroutine}) => coroutine), state.schedule, state.run?.broken, state.stale]);
        if (key === shown) return;
        shown = key;
        fill(found, state);
    }};

    function fill(found, {run, stale, schedule}) {
        const won = Boolean(run?.broken) && !stale;
        verdict.hidden = !won;
        verdict.classList.toggle('met', won);
        verdict.replaceChildren(icon('check'), 'Broken: your choices did it.');
        note.textContent = found.length > 0 ? 'Who runs next?' : 'Step on: where the loop has a choice, it stands here.';
        choices.replaceChildren(...found.map((one, index) => h('button', {class: 'button box', type: 'button',
            aria: {label: `${index + 1}: ${one.chip} ${one.name ?? ''}`}, onclick: () => session.choose(one)},
        h('kbd', {}, String(index + 1)), chip(one))));
        undo.hidden = !schedule;
        reset.hidden = !schedule;
    }
}

const button = (text, run) => h('button', {class: 'button box', type: 'button', onclick: run}, text);
