// The lesson: its prose, the question, the checkpoints, the exercise, and the way on.

import {h, icon} from '../dom.js';
import {createChallenge} from './challenge.js';
import {createCheckpoints} from './checkpoints.js';
import {createPredict} from './predict.js';
import {prose} from './prose.js';
import {createTries} from './tries.js';
import {languageField, languageNote} from './language.js';

export function createLesson({host, session, store, ask}) {
    const place = h('span', {});
    const chapter = h('p', {class: 'chapter-name desk-only'});
    const fold = h('button', {class: 'fold', type: 'button', aria: {label: 'Fold the lesson', expanded: 'true'},
                              onclick: () => store.set({folded: !store.state.folded})}, icon('back'));
    const body = h('div', {class: 'lesson-body', tabindex: 0, role: 'region', aria: {label: 'Lesson text'}});
    const rail = h('div', {class: 'rail', aria: {hidden: 'true'}});
    host.append(h('div', {class: 'head'}, place, h('span', {class: 'spring'}), languageField(session, store, ask), fold), rail, body);

    let shown;
    store.on(['lesson'], ({lesson}) => {
        if (!lesson) return;
        document.title = `${lesson.title} · costudio`;
        chapter.textContent = lesson.chapter;
        place.textContent = `Lesson ${lesson.order}`;
        body.lang = lesson.language;
        rail.replaceChildren(h('b', {}, String(lesson.order)));
        const sameId = lesson.id === shown;
        shown = lesson.id;
        body.replaceChildren(chapter, h('h2', {}, lesson.title), languageNote(lesson, store.state.language), prose(lesson.blocks),
                             ...parts({session, store, lesson}));
        if (!sameId) body.scrollTop = 0;
    });
    store.on(['folded'], ({folded}) => {
        document.body.classList.toggle('folded', folded);
        fold.setAttribute('aria-expanded', !folded);
        fold.setAttribute('aria-label', folded ? 'Unfold the lesson' : 'Fold the lesson');
        body.hidden = folded;
    });
    const watched = [];
    store.on(['lesson', 'answer', 'run', 'moment', 'progress', 'stale', 'schedule'], () => watched.forEach((show) => show(store.state)));

    function parts(context) {
        watched.length = 0;
        const made = [createPredict, createCheckpoints, createTries, createChallenge].map((make) => make(context)).filter(Boolean);
        for (const part of made) watched.push(part.show);
        return [...made.map(({element}) => element), onwards(session)];
    }
}

function onwards(session) {
    const next = session.neighbour(+1);
    return h('div', {class: 'onwards'}, next && h('button', {class: 'button box', type: 'button',
        onclick: () => session.open(next.id)}, h('span', {}, `Next: ${next.title}`), icon('step')));
}
