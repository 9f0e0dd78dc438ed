// The editor's look, by the page's colours (styles/tokens.css): custom properties reach into a shadow root.

import {EditorView} from '@codemirror/view';

const token = (name) => ({color: `var(--${name})`});

export const look = EditorView.theme({
    '&': {height: '100%', color: 'var(--text-1)', backgroundColor: 'var(--panel)'},
    '&.cm-focused': {outline: 'none'}, // drawn around the whole editor: styles/panes.css
    '.cm-scroller': {fontFamily: 'var(--code)', fontSize: 'var(--code-size)', lineHeight: 'var(--row)',
                     fontVariantLigatures: 'none', overscrollBehavior: 'contain'},
    '.cm-content': {padding: '4px 0', caretColor: 'var(--now)'},
    '.cm-line': {padding: '0 12px 0 14px'},
    '.cm-cursor': {borderLeftColor: 'var(--now)', borderLeftWidth: '2px'},
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
        {background: 'var(--selection)'},
    '.cm-content ::selection': {backgroundColor: 'var(--selection)'},
    '.cm-gutters': {backgroundColor: 'var(--panel)', color: 'var(--text-3)', border: 'none'},
    '.cm-lineNumbers .cm-gutterElement': {fontSize: '12px', padding: '0 2px 0 6px', minWidth: '24px'},
    '.cm-chips': {minWidth: '68px'},
    '.cm-chips .cm-gutterElement': {paddingLeft: '12px', display: 'flex', alignItems: 'center'},
    '.now-line': {backgroundColor: 'var(--row-ground)'},
    '.cm-gutterElement.now-gutter': {backgroundColor: 'var(--row-ground)', color: 'var(--text-1)'},
    '.cm-chips .now-gutter': {boxShadow: 'inset 4px 0 var(--now)'},
    '.error-text': {textDecoration: 'underline wavy var(--failed-line)', textUnderlineOffset: '3px'},
    '.error-space': {padding: '2px 12px 4px 14px', width: 0, minWidth: '100%'}, // wraps, and makes no line longer
    '.error-message': {fontFamily: 'var(--ui)', fontSize: '12px', lineHeight: '18px', whiteSpace: 'normal',
                       padding: '6px 10px', borderRadius: '4px',
                       border: '1px solid var(--failed-line)', backgroundColor: 'var(--raised)', color: 'var(--text-1)'},
    '.error-message .remedy': {color: 'var(--text-2)'},
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket':
        {backgroundColor: 'transparent', outline: '1px solid var(--strong-border)', color: 'inherit'},
    '.tok-keyword': token('keyword'),
    '.tok-call': token('call'),
    '.tok-string': token('string'),
    '.tok-number': token('number'),
    '.tok-comment': {...token('text-3'), fontStyle: 'italic'},
    '.tok-punctuation': token('text-2'),
    '.chips': {display: 'inline-flex', alignItems: 'center', gap: '2px', cursor: 'pointer'},
    '.chips .more': {fontFamily: 'var(--ui)', fontSize: '11px', color: 'var(--text-3)'},
    '.chip': {display: 'inline-flex', height: '16px', borderRadius: '3px', backgroundColor: 'var(--row-ground)',
              fontSize: '11px', lineHeight: '16px', fontWeight: '500', overflow: 'hidden', color: 'var(--text-1)'},
    '.now-gutter .chip': {backgroundColor: 'var(--panel)'},
    '.chip .glyph': {width: '16px', height: '16px', padding: '2px', flex: 'none'},
    '.chip .icon': {display: 'block', fill: 'currentColor'},
    '.chip .name': {padding: '0 5px'},
    '.chip.selected': {outline: '1.5px solid var(--now)', outlineOffset: '1px'},
    '.chip.hovered': {outline: '1.5px solid var(--text-2)', outlineOffset: '1px'},
    ...Object.fromEntries(['running', 'ready', 'channel', 'timer', 'io', 'done', 'failed', 'handed_off'].map((state) => [
        `.chip[data-state="${state}"] .glyph`, {backgroundColor: `var(--${state})`, color: `var(--on-${state})`}])),
});
