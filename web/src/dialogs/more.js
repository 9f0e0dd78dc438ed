// What a phone's toolbar has no room for.

import {clockField, seedField} from '../panes/toolbar.js';
import {languageField} from '../panes/language.js';
import {h} from '../dom.js';
import {body, showDialog} from './dialog.js';

export function showMore(session, store, ask) {
    showDialog('More', (close) => {
        const entry = (text, run) => h('button', {class: 'entry', type: 'button', onclick: () => {
            close();
            run();
        }}, text);
        return body(
            h('div', {class: 'row-of'}, clockField(session, store, ''), seedField(session, store, ''), languageField(session, store, ask, '')),
            entry('Share a link', ask.share),
            entry('Export and import', ask.files),
            entry(store.state.theme === 'dark' ? 'To the light theme' : 'To the dark theme', ask.theme),
            store.state.themeChoice !== 'system' && entry('As the system: dark or light', () => store.set({themeChoice: 'system'})),
            entry('Find a command', ask.palette),
            entry('All keys', ask.keys));
    });
}
