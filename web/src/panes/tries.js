// Exercises: changes to make. Whether a run has reached the goal is the view's word; hints come one by one, the solution
// when the goal was reached, or when all hints are out.

import {h, icon} from '../dom.js';
import {marked} from './prose.js';

export function createTries({session, lesson}) {
    if (!lesson.tries?.length) return null;
    const made = lesson.tries.map((one, index) => createTry(session, lesson, one, index));
    return {element: h('div', {class: 'tries'}, made.map(({element}) => element)),
            show: (state) => made.forEach(({show}) => show(state))};
}

function createTry(session, lesson, exercise, index) {
    const verdict = h('p', {class: 'verdict-line', role: 'status'});
    const hints = h('ol', {class: 'hints', aria: {label: 'Hints'}});
    const more = h('button', {class: 'button box', type: 'button', onclick: hint});
    const {element: solution, reveal, show: showSolution} = createSolution(exercise.solution);
    const element = h('section', {class: 'box-of try'}, h('h3', {}, `Try: ${exercise.title}`), h('p', {class: 'prose'}, marked(exercise.prose)),
                      verdict, hints, h('div', {class: 'row-of'}, more, reveal), solution);
    return {element, show};

    function hint() {
        session.noteTry(index, {hints: Math.min((session.tried(index).hints ?? 0) + 1, exercise.hints.length)});
    }

    function show({run, stale}) {
        const {met = false, hints: shown = 0} = session.tried(index);
        const now = run?.tries?.[index];
        verdict.hidden = !(met || now);
        verdict.classList.toggle('met', Boolean(now?.met && !stale));
        verdict.replaceChildren(...sentence(now, met, stale));
        hints.replaceChildren(...exercise.hints.slice(0, shown).map((one) => h('li', {}, marked(one))));
        more.hidden = shown >= exercise.hints.length;
        more.textContent = shown === 0 ? 'Hint' : `Next hint (${shown} of ${exercise.hints.length})`;
        showSolution(met || shown >= exercise.hints.length);
    }
}

function sentence(now, metBefore, stale) {
    if (stale || !now) return [metBefore ? 'Reached before.' : 'Run it to see.'];
    if (now.met) return [icon('check'), 'Reached: this run does it.'];
    return [`${metBefore ? 'Reached before. ' : ''}Not yet${now.missing ? `. Still missing: ${now.missing}` : ''}`];
}

function createSolution(text) {
    const element = h('pre', {class: 'solution', tabindex: 0, hidden: true, aria: {label: 'Solution'}}, text ?? '');
    const reveal = h('button', {class: 'button box', type: 'button', aria: {expanded: 'false'}, onclick: () => fold(!element.hidden)},
                     'Show a solution');
    function fold(hidden) {
        element.hidden = hidden;
        reveal.setAttribute('aria-expanded', !hidden);
        reveal.textContent = hidden ? 'Show a solution' : 'Hide the solution';
    }
    return {element, reveal, show(allowed) {
        reveal.hidden = !text || !allowed;
        if (reveal.hidden) fold(true);
    }};
}
