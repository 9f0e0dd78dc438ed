// All keys, from the list of commands itself.

import {keyName} from '../commands.js';
import {h} from '../dom.js';
import {body, showDialog} from './dialog.js';

const inTheEditor = [
    ['Esc', 'Leave the editor'],
    ['Ctrl+Z', 'Undo'],
    ['Ctrl+Shift+Z', 'Redo'],
    ['Tab', 'Indent (after Esc: to the next control)'],
];

export function showKeys(groups) {
    showDialog('Keys', () => body(
        ...groups.map(({title, commands}) => section(title, commands.filter(({keys}) => keys.length > 0)
            .map(({id, keys, text}) => [id === 'choose' ? ['1 to 9'] : keys, text]))),
        section('In the editor', inTheEditor.map(([key, text]) => [[key], text]))));
}

const section = (title, rows) => h('section', {class: 'chapter'}, h('h3', {}, title), h('dl', {class: 'keys'},
    rows.map(([keys, text]) => [
        h('dt', {}, keys.flatMap((key, index) => [index > 0 && ' ', ...keyName(key).map((part) => h('kbd', {}, part))])
            .filter(Boolean)),
        h('dd', {}, text)]).flat()));
