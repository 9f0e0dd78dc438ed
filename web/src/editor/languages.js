// Lua and C++ in colours. Pale, so that they never read as the state of a coroutine (design: "Colour belongs to states").

import {HighlightStyle, StreamLanguage, syntaxHighlighting} from '@codemirror/language';
import {cpp} from '@codemirror/legacy-modes/mode/clike';
import {lua} from '@codemirror/legacy-modes/mode/lua';
import {tags} from '@lezer/highlight';

/** A name that is called is a call, whichever library it comes from. */
function withCalls(mode) {
    return {
        ...mode,
        token(stream, state) {
            const style = mode.token(stream, state);
            const isName = /^(variable|builtin|def)/.test(style ?? 'variable') && /^[A-Za-z_]\w*$/.test(stream.current());
            return isName && stream.match(/^\s*[({"']/, false) ? 'variableName.function' : style;
        },
    };
}

export const luaLanguage = StreamLanguage.define({
    ...withCalls(lua),
    languageData: {commentTokens: {line: '--'}, closeBrackets: {brackets: ['(', '[', '{', '"']}},
});
export const cppLanguage = StreamLanguage.define(withCalls(cpp));

export const colours = syntaxHighlighting(HighlightStyle.define([
    {tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.modifier, tags.meta], class: 'tok-keyword'},
    {tag: [tags.function(tags.variableName)], class: 'tok-call'},
    {tag: [tags.string, tags.special(tags.string)], class: 'tok-string'},
    {tag: [tags.number, tags.atom, tags.bool], class: 'tok-number'},
    {tag: tags.comment, class: 'tok-comment'},
    {tag: [tags.operator, tags.punctuation, tags.bracket], class: 'tok-punctuation'},
]));
