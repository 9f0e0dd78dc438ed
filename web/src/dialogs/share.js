// Share: one link with everything in it. It is made here and goes nowhere by itself.

import {h} from '../dom.js';
import {body, showDialog} from './dialog.js';

export async function showShare(session) {
    const text = h('textarea', {class: 'link-text', readonly: true, rows: 4, aria: {label: 'Link'}, onfocus: () => text.select()});
    const said = h('p', {class: 'faint', role: 'status'});
    const copy = h('button', {class: 'button main', type: 'button', onclick: () => copyText(text, said)}, 'Copy');
    const edited = session.state.code !== session.state.lesson.program.text;
    const withCode = h('input', {type: 'checkbox', checked: true, onchange: fill});
    showDialog('Share', () => body(
        h('p', {}, 'The link holds the lesson, your code, seed, clock and the step where you are. All of it stands after the #, ',
          'which a browser sends to nobody.'),
        edited && h('label', {class: 'check'}, withCode, 'with my changes to the program'),
        h('div', {class: 'row-of'}, text), h('div', {class: 'row-of'}, copy, said)));
    await fill();
    copy.focus();

    async function fill() {
        try {
            text.value = await session.link({code: withCode.checked});
        } catch {
            text.value = '';
            said.textContent = 'The program is too long for a link. Export the run instead.';
        }
    }
}

async function copyText(text, said) {
    try {
        await navigator.clipboard.writeText(text.value);
        said.textContent = 'Copied.';
    } catch {
        text.select();
        said.textContent = 'This browser does not let the page copy: press Ctrl+C.';
    }
}
