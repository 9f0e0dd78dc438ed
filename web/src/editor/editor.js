// Editor: CodeMirror in a shadow root. There its styles are sheets of the shadow root's own, which the page's policy
// allows; in the page itself they would be inline styles, which it forbids.

import {defaultKeymap, history, historyKeymap, indentWithTab, redo} from '@codemirror/commands';
import {bracketMatching, indentOnInput, indentUnit} from '@codemirror/language';
import {EditorState} from '@codemirror/state';
import {EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers} from '@codemirror/view';

import {colours, cppLanguage, luaLanguage} from './languages.js';
import {momentMarks, showMoment} from './marks.js';
import {look} from './look.js';

export function createEditor({host, label, run, leave, edited, point, choose}) {
    const root = shadow(host);
    const extensions = [
        momentMarks({point, choose}),
        common,
        luaLanguage,
        history(),
        indentUnit.of('  '),
        indentOnInput(),
        drawSelection(),
        EditorView.contentAttributes.of({'aria-label': label, 'aria-description':
            'Control Enter runs. Escape, then Tab, leaves.', tabindex: '0', autocapitalize: 'off', spellcheck: 'false'}),
        keymap.of([
            {key: 'Mod-Enter', run: () => (run(), true)},
            {key: 'Mod-Shift-z', run: redo}, // on every system
            {key: 'Escape', run: () => (leave(), true)},
            ...defaultKeymap, ...historyKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.isUserEvent('set'))) {
                edited(update.state.doc.toString());
            }
        }),
    ];
    const view = new EditorView({root, parent: root, state: EditorState.create({extensions})});
    return {
        focus: () => view.focus(),
        text: () => view.state.doc.toString(),
        /** Another program: what was done to the one before can't be undone in this one. */
        open: (doc) => view.setState(EditorState.create({doc, extensions})),
        setText: (text) => setText(view, text),
        show: (moment) => view.dispatch({effects: showMoment.of(moment)}),
        goTo(line) {
            const {from} = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
            view.dispatch({effects: EditorView.scrollIntoView(from, {y: 'nearest', yMargin: 36})});
        },
        measure: () => view.requestMeasure(),
    };
}

/** For reading only: the C++ twin. */
export function createReader({host, label}) {
    const root = shadow(host);
    const view = new EditorView({
        root,
        parent: root,
        state: EditorState.create({extensions: [
            common, cppLanguage, EditorState.readOnly.of(true),
            EditorView.contentAttributes.of({'aria-label': label, 'aria-readonly': 'true', tabindex: '0'}),
        ]}),
    });
    return {setText: (text) => setText(view, text)};
}

const common = [lineNumbers(), highlightSpecialChars(), bracketMatching(), colours, look];

/** An edit like any other, so that it can be undone; but the person did not type it. */
function setText(view, text) {
    const before = view.state.doc.toString();
    if (before === text) return;
    view.dispatch({changes: {from: 0, to: before.length, insert: text}, userEvent: 'set', scrollIntoView: false,
                   selection: {anchor: 0}});
}

/** The glyphs' shapes are looked up in the tree that uses them, so the shadow root has its own. */
function shadow(host) {
    const root = host.attachShadow({mode: 'open'});
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.symbols { position: absolute } .cm-editor { height: 100% }');
    root.adoptedStyleSheets = [sheet];
    root.append(document.querySelector('svg.symbols').cloneNode(true));
    return root;
}
