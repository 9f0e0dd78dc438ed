// Toolbar: lesson, Run, transport, speed, clock, seed; on a phone the title, Run and what is left behind "more".

import {h, icon, say} from '../dom.js';
import {toLesson} from '../commands.js';

export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16];

export function createToolbar({host, session, store, ask}) {
    const position = h('div', {class: 'position desk-only'});
    const run = runButton(session);
    host.append(
        ...phoneParts(store, ask),
        brand(), ...lessonParts(session, store, ask), run, h('div', {class: 'separator desk-only'}),
        transport(session, store, 'group desk-only', 'button only'), position,
        speedField(session, store), clockField(session, store), seedField(session, store),
        h('div', {class: 'spring desk-only'}),
        h('button', {class: 'button desk-only', type: 'button', onclick: ask.share}, 'Share'),
        h('button', {class: 'button desk-only', type: 'button', onclick: ask.files}, 'Export'),
        h('button', {class: 'button only desk-only', type: 'button', aria: {label: 'All keys'}, onclick: ask.keys},
          h('strong', {}, '?')),
        themeButton(store, ask), wholePage(store),
        h('button', {class: 'tap phone-only', type: 'button', aria: {label: 'More'}, onclick: ask.more}, icon('more', 18)),
    );
    store.on(['moment', 'run'], ({moment, run: facts}) => {
        position.replaceChildren(h('span', {class: 'faint'}, 'Step '), h('b', {}, String(moment?.step ?? 0)),
                                 h('span', {class: 'faint'}, ` of ${facts?.steps ?? 0}`));
    });
    store.on(['running'], ({running}) => run.setAttribute('aria-busy', running));
}

const runButton = (session) =>
    h('button', {class: 'button main', id: 'run', type: 'button', title: 'Run (Ctrl+Enter)', onclick: () => session.run()},
      icon('play', 12), 'Run');

function brand() {
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    mark.setAttribute('viewBox', '0 0 20 20');
    mark.setAttribute('width', 20);
    mark.setAttribute('height', 20);
    mark.setAttribute('aria-hidden', 'true');
    for (const [x, y, width] of [[1, 2, 12], [5, 8, 14], [3, 14, 9]]) {
        const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
        for (const [key, value] of Object.entries({x, y, width, height: 4, rx: 1})) bar.setAttribute(key, value);
        mark.append(bar);
    }
    return h('div', {class: 'brand desk-only'}, mark, h('span', {}, 'costudio'));
}

function lessonParts(session, store, ask) {
    const before = h('button', {class: 'button only desk-only', type: 'button', aria: {label: 'Lesson before'},
                                onclick: () => toLesson(session, -1)}, icon('back'));
    const next = h('button', {class: 'button only desk-only', type: 'button', aria: {label: 'Next lesson'},
                              onclick: () => toLesson(session, +1)}, icon('step'));
    const number = h('span', {class: 'faint'});
    const title = h('span', {class: 'title'});
    const name = h('button', {class: 'button box lesson-name desk-only', type: 'button', id: 'lesson-name',
                              aria: {haspopup: 'dialog'}, onclick: ask.lessons},
                   number, title, h('span', {class: 'spring'}), icon('down'));
    store.on(['lesson'], ({lesson}) => {
        say(number, String(lesson?.order ?? ''));
        say(title, lesson?.title ?? '');
        name.closest('.toolbar')?.classList.toggle('long-title', title.textContent.length > 19);  // others make room
        before.disabled = !session.neighbour(-1);
        next.disabled = !session.neighbour(+1);
    });
    return [before, name, next];
}

function phoneParts(store, ask) {
    const title = h('h1', {});
    const place = h('p', {});
    const both = h('div', {class: 'phone-title phone-only'}, title, place);
    store.on(['lesson'], ({lesson}) => {
        say(title, lesson?.title ?? 'costudio');
        const where = lesson ? `Lesson ${lesson.order} · ${lesson.chapter}` : '';
        say(place, where.length > 30 ? `Lesson ${lesson.order}` : where);  // a chapter is there in full or not at all
        both.classList.toggle('long', title.textContent.length > 22);  // it takes both lines
    });
    return [
        h('button', {class: 'tap phone-only', type: 'button', aria: {label: 'List of lessons', haspopup: 'dialog'},
                     onclick: ask.lessons}, icon('menu', 18)),
        both,
    ];
}

/** Out of somebody's page into the whole studio. */
function wholePage(store) {
    const link = h('a', {class: 'button embed-only', target: '_blank', rel: 'noopener'}, 'Open');
    store.on(['lesson'], ({lesson}) => { link.href = `./#${lesson?.id ?? ''}`; });
    return link;
}

/** First, back, play, step, last: in the toolbar, and at the foot of a phone. */
export function transport(session, store, group, button, size = 16) {
    const one = (name, label, shape) =>
        h('button', {class: button, type: 'button', data: {command: name}, aria: {label}, title: label,
                     onclick: () => session.perform(name)}, icon(shape, size));
    const play = h('button', {class: `${button} play`, type: 'button', data: {command: 'play'},
                              onclick: () => session.play()});
    store.on(['view', 'run'], ({view}) => {
        const playing = Boolean(view?.playing);
        const label = playing ? 'Pause' : 'Play';
        if (play.getAttribute('aria-label') === label) return;
        play.setAttribute('aria-label', label);
        play.title = `${label} (Space)`;
        play.replaceChildren(icon(playing ? 'pause' : 'play', size));
    });
    return h('div', {class: group, role: 'group', aria: {label: 'Transport'}},
             one('first', 'To the start', 'first'), one('back', 'One step back', 'back'), play,
             one('step', 'One step on', 'step'), one('last', 'To the end', 'last'));
}

export function speedField(session, store, where = 'desk-only') {
    const select = h('select', {aria: {label: 'Speed'}, onchange: () =>
        session.tune((view) => view.setSpeed(Number(select.value)))},
    speeds.map((speed) => h('option', {value: speed}, `${speed}×`)));
    store.on(['view'], ({view}) => { select.value = String(view?.speed ?? 1); });
    return h('label', {class: `field ${where}`}, select, icon('down'));
}

export function clockField(session, store, where = 'desk-only') {
    const choose = (clock, text) => h('button', {type: 'button', data: {clock}, onclick: () =>
        session.tune((view) => view.setClock(clock))}, text);
    const time = choose('virtual', 'virtual');
    const group = h('div', {class: `segments ${where}`, role: 'group', aria: {label: 'Clock'}}, choose('steps', 'steps'), time);
    store.on(['run'], ({run: facts}) => say(time, facts?.clock ?? 'virtual'));
    store.on(['view'], ({view}) => {
        const shown = (view?.clock ?? 'steps') === 'steps' ? 'steps' : 'virtual';
        for (const one of group.children) one.setAttribute('aria-pressed', one.dataset.clock === shown);
    });
    return group;
}

export function seedField(session, store, where = 'desk-only') {
    const input = h('input', {inputmode: 'numeric', pattern: '[0-9]*', maxlength: 20, aria: {label: 'Seed'},
                              autocomplete: 'off', onchange: () => {
        const text = input.value.trim();
        if (/^\d{1,20}$/.test(text) && BigInt(text) < 1n << 64n) return session.setSeed(BigInt(text));
        input.value = store.state.seed;
        session.tell('A seed is a whole number: 0, 1, 2, …', {kind: 'problem'});
    }});
    store.on(['seed'], ({seed}) => { input.value = seed; });
    return h('label', {class: `field ${where}`}, 'seed', input);
}

function themeButton(store, ask) {
    const button = h('button', {class: 'button only desk-only', type: 'button', id: 'theme', onclick: ask.theme});
    store.on(['theme'], ({theme}) => {
        const other = theme === 'dark' ? 'light' : 'dark';
        button.setAttribute('aria-label', `To the ${other} theme`);
        button.title = `To the ${other} theme`;
        button.replaceChildren(icon(theme === 'dark' ? 'sun' : 'moon'));
    });
    return button;
}
