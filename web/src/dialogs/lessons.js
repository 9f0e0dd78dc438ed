// The course, by chapter, with what has been done of it.

import {h, icon} from '../dom.js';
import {body, showDialog} from './dialog.js';

export function showLessons(session) {
    showDialog('Lessons', (close) => body(
        h('p', {class: 'faint'}, summary(session)),
        ...chapters(inLanguage(session)).map(([name, lessons]) => h('section', {class: 'chapter'}, h('h3', {}, name),
            h('ol', {}, lessons.map((lesson) => h('li', {}, entry(session, lesson, close))))))));
}

const inLanguage = ({library, state}) =>
    library.lessons.map((one) => ({...one, ...library.named(one.id, state.language)}));

function chapters(lessons) {
    const found = new Map();
    for (const lesson of lessons) {
        if (!found.has(lesson.chapter)) found.set(lesson.chapter, []);
        found.get(lesson.chapter).push(lesson);
    }
    return [...found];
}

function summary(session) {
    const {lessons} = session.library;
    const done = lessons.filter(({id}) => session.progressOf(id).done).length;
    return `${done} of ${lessons.length} done. Kept in this browser only.`;
}

function entry(session, lesson, close) {
    const isHere = lesson.id === session.state.lesson?.id;
    const {done, opened} = session.progressOf(lesson.id);
    const state = done ? [icon('check', 12), 'done'] : opened ? ['started'] : [];
    return h('a', {class: 'entry', href: `#${lesson.id}`, aria: isHere ? {current: 'page'} : {}, autofocus: isHere,
                   onclick: (event) => {
        event.preventDefault();
        close();
        session.open(lesson.id);
    }}, h('span', {class: 'number'}, String(lesson.order)), h('span', {class: 'title'}, lesson.title),
    h('span', {class: 'state'}, state));
}
