// Timeline and inspector: where the canvas shows, and the keys for it. What it shows is said again as text for screen
// readers, because a canvas says nothing to them.

import {h} from '../dom.js';

const most = 60; // coroutines that are told of: nobody listens to a thousand

export function createSurfaces({timeline, inspector, store}) {
    const lanes = surface('lanes', 'Timeline. Arrow keys step and change the lane, W and S zoom, A and D move.');
    const boxes = surface('boxes', 'Inspector');
    const told = h('div', {class: 'unseen', id: 'told', role: 'region', aria: {label: 'Coroutines now'}});
    boxes.setAttribute('aria-describedby', 'told');
    timeline.append(lanes);
    inspector.append(boxes, told);
    store.on(['moment'], ({moment}) => {
        const all = (moment?.coroutines ?? []).filter(({state}) => state !== 'unborn');
        const [gone, there] = [true, false].map((wanted) => all.filter(({state}) => ['done', 'failed'].includes(state) === wanted));
        const shown = [...there, ...gone].slice(0, most);
        told.replaceChildren(...shown.map((one) =>
            h('p', {}, `${one.who} ${one.name ?? ''} ${one.state_text}${one.why ? `: ${one.why}` : ''}`)),
        ...(all.length > most ? [h('p', {}, `And ${all.length - most} more; the events name them all.`)] : []));
    });
    return [{panel: 'timeline', element: lanes}, {panel: 'inspector', element: boxes}];
}

const surface = (id, label) => h('div', {class: 'surface', id, tabindex: 0, role: 'img', aria: {label}});
