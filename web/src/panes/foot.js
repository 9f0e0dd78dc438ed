// The foot of a phone's screen: the two lines that say what just happened and never leave, the strip that shows where
// one is, the transport.

import {h, say} from '../dom.js';
import {speeds, transport} from './toolbar.js';

const svg = 'http://www.w3.org/2000/svg';

export function createFoot({now, foot, session, store}) {
    const [first, second] = [h('p'), h('p')];
    now.append(first, second);
    const strip = document.createElementNS(svg, 'svg');
    strip.setAttribute('class', 'strip');
    strip.setAttribute('width', '100%');
    strip.setAttribute('height', '12');
    strip.setAttribute('aria-hidden', 'true');
    const where = h('span', {class: 'where'});
    const speed = h('button', {class: 'speed', type: 'button', onclick: () => nextSpeed(session, store)});
    const row = transport(session, store, 'row', 'tap', 20);
    row.append(where, speed);
    foot.append(strip, row);
    store.on(['moment', 'run', 'view', 'lesson'], ({moment, run, view}) => {
        const [call, why] = sentences(moment, run);
        say(first, call);
        say(second, why);
        say(where, `${moment?.step ?? 0} of ${run?.steps ?? 0}`);
        say(speed, `${view?.speed ?? 1}×`);
        speed.setAttribute('aria-label', `Speed: ${view?.speed ?? 1} times`);
        drawStrip(strip, moment?.step ?? 0, run);
    });
}

/** What a person reads at this moment, in two lines. */
export function sentences(moment, run) {
    if (!run) return ['The program is loading.', ''];
    if (run.steps === 0) return [run.problems[0]?.what ?? 'Nothing happened in this run.', run.problems[0]?.remedy ?? ''];
    if (!moment || moment.step === 0) return ['Before the first step.', `${run.steps} steps. Play, or step on.`];
    const [call, why] = moment.now;
    return [`${moment.who ?? ''} ${call}`.trim(), why ?? ''];
}

function nextSpeed(session, store) {
    const here = speeds.indexOf(store.state.view?.speed ?? 1);
    session.tune((view) => view.setSpeed(speeds[(here + 1) % speeds.length]));
}

function drawStrip(strip, step, run) {
    const steps = Math.max(run?.steps ?? 1, 1);
    const at = (one) => `${3.3 + (one / steps) * 93.4}%`;
    const line = (name, x1, x2, y1 = 6, y2 = 6) => shape('line', {class: name, x1, x2, y1, y2});
    const marks = (run?.checkpoints ?? []).filter((one) => one.step !== null)
        .map((one) => line('mark', at(one.step), at(one.step), 2, 10));
    strip.replaceChildren(line('track', at(0), at(steps)), line('past', at(0), at(step)), ...marks,
                          shape('circle', {cx: at(step), cy: 6, r: 5}));
}

function shape(tag, attributes) {
    const element = document.createElementNS(svg, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
}
