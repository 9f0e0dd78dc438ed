// The palette: every command and every lesson by a few letters of its name.

import {keyName} from '../commands.js';
import {h} from '../dom.js';
import {showDialog} from './dialog.js';

/** `text`: what is searched for at first. */
export function showPalette(session, groups, text = '') {
    showDialog('Find a command', (close) => {
        const all = [...groups.flatMap(({commands}) => commands).filter(({id}) => !['palette', 'choose'].includes(id)).map(
            ({text, keys, run}) => ({text, hint: keys[0] ? keyName(keys[0]).join(' ') : '', run: () => run()})),
        ...session.interferences().map((one) => ({text: `${one.label}, from here on`, hint: 'what if', run: () => session.interfere(one)})),
        ...session.library.lessons.map(({id, order}) => ({
            text: `${order} ${session.library.named(id, session.state.language).title}`, hint: 'lesson',
            run: () => session.open(id)}))];
        const list = h('div', {class: 'dialog-body', role: 'listbox', id: 'found', aria: {label: 'Commands'}});
        const input = h('input', {class: 'search', type: 'text', role: 'combobox', placeholder: 'Find a command or a lesson',
                                  autocomplete: 'off', autofocus: true, oninput: () => fill(input.value), onkeydown: key,
                                  aria: {label: 'Find a command or a lesson', controls: 'found', expanded: 'true', autocomplete: 'list'}});
        let [found, chosen] = [[], 0];
        input.value = text;
        fill(text);
        return [input, list];

        function fill(text) {
            const words = text.toLowerCase().split(/\s+/).filter(Boolean);
            found = all.filter((one) => words.every((word) => one.text.toLowerCase().includes(word)));
            chosen = 0;
            list.replaceChildren(...found.map((one, index) => h('div', {class: 'entry', role: 'option', id: `found-${index}`,
                aria: {selected: 'false'}, onclick: () => take(one)}, h('span', {class: 'title'}, one.text),
                h('span', {class: 'state'}, one.hint))));
            if (found.length === 0) list.append(h('p', {class: 'faint'}, 'Nothing is called so.'));
            choose(0);
        }
        function choose(index) {
            if (found.length === 0) return;
            list.children[chosen].setAttribute('aria-selected', 'false');
            chosen = (index + found.length) % found.length;
            list.children[chosen].setAttribute('aria-selected', 'true');
            list.children[chosen].scrollIntoView({block: 'nearest'});
            input.setAttribute('aria-activedescendant', `found-${chosen}`);
        }
        function take(one) {
            close();
            one.run();
        }
        function key(event) {
            const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
            if (by) choose(chosen + by);
            else if (event.key === 'Enter' && found[chosen]) take(found[chosen]);
            else return;
            event.preventDefault();
        }
    }, {bare: true});
}
