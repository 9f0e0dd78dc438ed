// The program in its editor, and its C++ twin beside it.

import {createEditor, createReader} from '../editor/editor.js';
import {h, tabs} from '../dom.js';

const inTheText = new Set(['syntax_error', 'uncaught_error', 'budget', 'limit', 'deadlock']);

export function createCode({host, session, store}) {
    const pages = tabs({label: 'Program', chosen: 'program', names: [['program', 'main.lua'], ['twin', 'C++ twin']],
                        controls: (id) => `page-${id}`, choose: (codeTab) => store.set({codeTab})});
    const line = h('span', {class: 'line-now'});
    const note = h('div', {class: 'code-note', hidden: true});
    const program = h('div', {class: 'editor', id: 'page-program', role: 'tabpanel', aria: {labelledby: 'tab-program'}});
    const twin = h('div', {class: 'editor', id: 'page-twin', role: 'tabpanel', aria: {labelledby: 'tab-twin'}, hidden: true});
    // Where Escape puts the focus: behind the editor, so that the studio's keys work and Tab goes on instead of back in.
    const behind = h('div', {class: 'behind-editor', tabindex: -1, role: 'group', aria: {label: 'Out of the editor'}});
    host.append(h('div', {class: 'head'}, pages.list, h('span', {class: 'spring'}), line), note, program, twin, behind);

    const editor = createEditor({
        host: program, label: 'Program, Lua', run: () => session.run(), leave: () => behind.focus(),
        edited: (text) => session.edit(text), point: (one) => session.hover(one), choose: (one) => session.select(one),
    });
    const reader = createReader({host: twin, label: 'The same program in C++'});

    let opened;
    store.on(['lesson'], ({lesson, code}) => {
        if (opened !== undefined && lesson?.id === opened) return; // the same in other words
        opened = lesson?.id;
        editor.open(code);
        reader.setText(lesson?.cpp ?? '');
        pages.tab('twin').hidden = !lesson?.cpp;
    });
    store.on(['code'], ({code}) => editor.setText(code));
    store.on(['codeTab'], ({codeTab}) => {
        pages.show(codeTab);
        program.hidden = codeTab !== 'program';
        twin.hidden = codeTab !== 'twin';
    });
    store.on(['moment', 'run', 'stale', 'view'], (state) => show(editor, line, state));
    store.on(['origin', 'stale', 'lesson'], (state) => showNote(note, session, state));
    return editor;
}

function show(editor, line, {moment, run, stale, view}) {
    line.textContent = stale ? 'edited, not run yet' : moment?.line ? `line ${moment.line}` : '';
    if (stale || !moment || !run) return editor.show(null);
    const errors = run.problems.filter(({kind, line: at}) => at > 0 && inTheText.has(kind));
    editor.show({line: moment.line ?? 0, coroutines: moment.coroutines, selected: view?.selected, hovered: view?.hovered, errors});
    if (errors.length > 0 && moment.step === 0) editor.goTo(errors[0].line);
    else if (moment.line) editor.goTo(moment.line);
}

function showNote(note, session, {origin, lesson}) {
    note.hidden = origin === 'lesson' || !lesson;
    if (note.hidden) return;
    const button = (text, run) => h('button', {class: 'button', type: 'button', onclick: run}, text);
    if (origin === 'link') {
        return note.replaceChildren('This code came with a link. Yours is kept.',
                                    button('Back to mine', () => session.restore('draft')));
    }
    note.replaceChildren('You changed this program.', button('Back to the lesson’s', () => confirmReset(note, session)));
}

/** Nobody's code is thrown away on one click. */
function confirmReset(note, session) {
    const yes = h('button', {class: 'button', type: 'button', onclick: () => session.restore('lesson')}, 'Discard');
    const no = h('button', {class: 'button', type: 'button', onclick: () => showNote(note, session, session.state)}, 'Keep');
    note.replaceChildren('Discard your changes? Ctrl+Z brings them back.', yes, no);
    no.focus();
}
