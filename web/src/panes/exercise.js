// The exercise: a change to make. Whether the run has reached its goal is the view's word; hints come one by one, the
// solution when it is reached, or when all hints are out.

import {h, icon} from '../dom.js';

export function createExercise({session, lesson}) {
    const {exercise, solution} = lesson;
    if (!exercise) return null;
    const verdict = h('p', {class: 'verdict-line', role: 'status'});
    const hints = h('ol', {class: 'hints', aria: {label: 'Hints'}});
    const more = h('button', {class: 'button box', type: 'button', onclick: hint});
    const reveal = h('button', {class: 'button box', type: 'button', aria: {expanded: 'false'}, onclick: unfold}, 'Show a solution');
    const text = h('pre', {class: 'solution', tabindex: 0, hidden: true, aria: {label: 'Solution'}}, solution ?? '');
    const element = h('section', {class: 'box-of exercise'}, h('h3', {}, 'Try it'), h('p', {class: 'prose'}, exercise.task),
                      verdict, hints, h('div', {class: 'row-of'}, more, reveal), text);
    return {element, show};

    function hint() {
        session.hinted(Math.min((session.progressOf(lesson.id).hints ?? 0) + 1, exercise.hints.length));
    }

    function unfold() {
        text.hidden = !text.hidden;
        reveal.setAttribute('aria-expanded', !text.hidden);
        reveal.textContent = text.hidden ? 'Show a solution' : 'Hide the solution';
    }

    function show({run, stale}) {
        const {met = false, hints: shown = 0} = session.progressOf(lesson.id);
        const now = run?.exercise;
        verdict.classList.toggle('met', Boolean(now?.met));
        verdict.replaceChildren(...sentence(now, met, stale));
        hints.replaceChildren(...exercise.hints.slice(0, shown).map((one) => h('li', {}, one)));
        more.hidden = shown >= exercise.hints.length;
        more.textContent = shown === 0 ? 'Hint' : `Next hint (${shown} of ${exercise.hints.length})`;
        reveal.hidden = !solution || !(met || shown >= exercise.hints.length);
        if (reveal.hidden) text.hidden = true;
    }
}

function sentence(now, metBefore, stale) {
    if (now?.met) return [icon('check'), 'Done: this run reaches the goal.'];
    if (now && !stale) return [metBefore ? 'Done before. ' : 'Not yet. ', now.why ?? ''];
    return metBefore ? ['Done before.'] : [];
}
