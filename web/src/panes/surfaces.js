// Timeline and inspector: where the canvas shows, and the keys for it. What it shows is said again as text for screen
// readers, because a canvas says nothing to them.

import {h} from '../dom.js';


export function createSurfaces({timeline, inspector, store}) {
    const lanes = surface('lanes', 'Timeline. Arrow keys step and change the lane, W and S zoom, A and D move.');
    const boxes = surface('boxes', 'Inspector');
    const told = h('div', {class: 'unseen', id: 'told', role: 'region', aria: {label: 'Coroutines now'}});
    boxes.setAttribute('aria-describedby', 'told');
    timeline.append(lanes);
    inspector.append(boxes, told);
    store.on(['moment'], ({moment}) => {
        told.replaceChildren(...(moment?.coroutines ?? []).filter(({state}) => state !== 'unborn').map(
            (one) => h('p', {}, `${one.chip} ${one.name ?? ''} ${one.state_text}${one.why ? `: ${one.why}` : ''}`)));
    });
    return [{panel: 'timeline', element: lanes}, {panel: 'inspector', element: boxes}];
}

const surface = (id, label) => h('div', {class: 'surface', id, tabindex: 0, role: 'img', aria: {label}});
