// One line to tell the person something, at the foot of the page; it stays until it is closed or its time is over.

import {h, icon} from './dom.js';

const shown = 10_000; // ms; what went wrong stays

export function showNotices({host, store}) {
    let timer = 0;
    store.on(['notice'], ({notice}) => {
        clearTimeout(timer);
        if (!notice) return host.replaceChildren();
        const close = () => store.set({notice: null});
        const actions = notice.actions.map(([text, run]) => h('button', {class: 'button box', type: 'button', onclick: () => {
            close();
            run();
        }}, text));
        host.replaceChildren(h('div', {class: 'notice'}, notice.kind === 'problem' && h('span', {class: 'mark'}, icon('cross')),
            h('span', {}, notice.text), ...actions,
            h('button', {class: 'button only', type: 'button', aria: {label: 'Close this message'}, onclick: close}, icon('cross'))));
        if (notice.kind === 'note' && actions.length === 0) timer = setTimeout(close, shown);
    });
}
