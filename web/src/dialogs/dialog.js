// A dialog of the browser's own: it keeps the focus inside, closes on Escape and gives the focus back.

import {h, icon} from '../dom.js';

/** `fill(close)` makes what is in it, each time afresh. */
export function showDialog(title, fill, {bare = false} = {}) {
    const close = () => {
        element.close();
        element.remove(); // the event "close" may come late
    };
    const heading = `dialog-${Math.random().toString(36).slice(2)}`;
    const head = h('div', {class: 'dialog-head'}, h('h2', {id: heading}, title),
                   h('button', {class: 'button only', type: 'button', aria: {label: 'Close'}, onclick: close}, icon('cross')));
    const element = h('dialog', {aria: bare ? {label: title} : {labelledby: heading}});
    element.append(...(bare ? [] : [head]), ...[fill(close)].flat());
    element.addEventListener('close', () => element.remove());
    element.addEventListener('click', (event) => {
        if (event.target === element) close(); // beside it
    });
    document.body.append(element);
    element.showModal();
    return element;
}

/** Scrolls where it is too high, so the keyboard must be able to reach it. */
export const body = (...children) => h('div', {class: 'dialog-body', tabindex: 0}, ...children);
