// The language of the lessons' words: a choice where the course has any, and a word where a lesson has not been translated.

import {h, icon} from '../dom.js';
import {languageNames} from '../library.js';

export function languageField(session, store, ask, where = 'desk-only') {
    const {languages} = session.library;
    if (languages.length < 2) return null;
    const select = h('select', {aria: {label: 'Language of the lessons'}, onchange: () => ask.language(select.value)},
                     languages.map((one) => h('option', {value: one, lang: one}, languageNames[one] ?? one)));
    store.on(['language'], ({language}) => { select.value = language; });
    return h('label', {class: `field language ${where}`}, select, icon('down'));
}

export const languageNote = (lesson, wanted) =>
    (lesson.language === wanted ? '' : h('p', {class: 'why', lang: 'en'},
                                         `Not translated into ${languageNames[wanted]} yet: this is the original.`));
