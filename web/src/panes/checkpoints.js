// Checkpoints: moments worth a pause. Each names the step where it stands in this run, and goes there.

import {h, icon} from '../dom.js';
import {marked} from './prose.js';

export function createCheckpoints({session, lesson}) {
    if (lesson.checkpoints.length === 0) return null;
    const list = h('ol', {class: 'checkpoints', aria: {label: 'Checkpoints'}});
    let shown = '';
    return {element: list, show: (state) => {
        const facts = state.run?.checkpoints ?? lesson.checkpoints.map((one) => ({...one, step: null}));
        const now = state.moment?.step ?? 0;
        const current = facts.findLastIndex(({step}) => step !== null && step <= now && now > 0);
        const key = JSON.stringify([facts, current, Boolean(state.run)]);
        if (key === shown) return; // so that nobody loses the focus at each step
        shown = key;
        const focused = [...list.querySelectorAll('button')].indexOf(document.activeElement);
        list.replaceChildren(...facts.map((one, index) => entry(one, index === current, state.run)));
        if (focused >= 0) list.querySelectorAll('button')[focused]?.focus();
    }};

    function entry({title, prose, step}, isCurrent, run) {
        const at = !run ? '' : step === null ? 'not in this run' : `step ${step}`;
        return h('li', {},
                 h('button', {class: 'checkpoint', type: 'button', disabled: step === null,
                              aria: isCurrent ? {current: 'step'} : {}, onclick: () => session.seek(step)},
                   icon('flag', 14), h('span', {class: 'title'}, marked(title)), h('span', {class: 'at'}, at)),
                 isCurrent && prose && h('p', {class: 'checkpoint-prose'}, marked(prose)));
    }
}
