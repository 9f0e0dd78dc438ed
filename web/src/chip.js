// Chip: one coroutine in a few pixels: a square in the colour of its state with the state's glyph, then its name.

import {h, icon} from './dom.js';

/** The view's words for states, as the styles and the glyphs call them. */
const short = {waiting_channel: 'channel', waiting_timer: 'timer', waiting_io: 'io'};
export const stateName = (state) => short[state] ?? state;

export function chip(coroutine, {selected = false, hovered = false} = {}) {
    const state = stateName(coroutine.state);
    const classes = ['chip', selected && 'selected', hovered && 'hovered'].filter(Boolean).join(' ');
    return h('span', {class: classes, data: {state}}, h('span', {class: 'glyph'}, icon(`g-${state}`, 12)),
             h('span', {class: 'name'}, coroutine.chip));
}

const isSomewhere = ({state, line}) => line > 0 && !['unborn', 'done', 'failed'].includes(state);
const order = ['running', 'ready', 'handed_off', 'channel', 'timer', 'io'];

/** [[line, coroutines]], by line; on a line the running one first. */
export function chipsByLine(coroutines) {
    const lines = new Map();
    for (const one of coroutines.filter(isSomewhere)) {
        if (!lines.has(one.line)) lines.set(one.line, []);
        lines.get(one.line).push(one);
    }
    for (const there of lines.values()) {
        there.sort((a, b) => order.indexOf(stateName(a.state)) - order.indexOf(stateName(b.state)));
    }
    return [...lines].sort(([a], [b]) => a - b);
}
