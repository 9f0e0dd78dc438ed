// Everything a person can do, with its keys: for the keyboard, the palette and the list of keys alike.

import {languageNames} from './library.js';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** `keys`: as KeyboardEvent.key, with Shift+ and Alt+ before it. `for`: which list of keys names it. */
export function commandsOf(session, ask) {
    const perform = (name) => () => session.perform(name);
    return [
        group('Run and play', [
            ['run', 'Run the program', ['Ctrl+Enter'], () => session.run()],
            ['play', 'Play or pause', [' ', 'F5'], () => session.play()],
            ['step', 'One step on', ['ArrowRight', 'F10'], perform('step')],
            ['back', 'One step back', ['ArrowLeft', 'Shift+F10'], perform('back')],
            ['next_switch', 'To the next switch', ['Shift+ArrowRight'], perform('next_switch')],
            ['previous_switch', 'To the switch before', ['Shift+ArrowLeft'], perform('previous_switch')],
            ['next_of_selected', 'Next event of the selected coroutine', ['Alt+ArrowRight'], perform('next_of_selected')],
            ['previous_of_selected', 'Its event before', ['Alt+ArrowLeft'], perform('previous_of_selected')],
            ['first', 'To the start', ['Home'], perform('first')],
            ['last', 'To the end', ['End'], perform('last')],
            ['checkpoint', 'To the next checkpoint', ['c'], () => toCheckpoint(session)],
            ['slower', 'Slower', ['['], perform('slower')],
            ['faster', 'Faster', [']'], perform('faster')],
        ]),
        group('Look', [
            ['lane_up', 'Select the lane above', ['ArrowUp'], perform('lane_up')],
            ['lane_down', 'Select the lane below', ['ArrowDown'], perform('lane_down')],
            ['zoom_in', 'Zoom in', ['w'], perform('zoom_in')],
            ['zoom_out', 'Zoom out', ['s'], perform('zoom_out')],
            ['pan_left', 'Timeline to the left', ['a'], perform('pan_left')],
            ['pan_right', 'Timeline to the right', ['d'], perform('pan_right')],
            ['focus', 'Bring the playhead into sight', ['f'], perform('focus')],
            ['follow_request', 'Follow a request through all processes', ['r'], perform('follow_request')],
            ['clock', 'Clock: steps or virtual time', ['t'], () => otherClock(session)],
            ...['channels', 'timers', 'reactor', 'processes', 'stack', 'waits'].map((tab) => [
                `inspect_${tab}`, `Inspector: ${tab}`, [], () => session.tune((view) => view.setInspectorTab(tab))]),
            ...session.library.languages.map((language) => [`speak_${language}`, `Lessons in ${languageNames[language]}`, [],
                                                            () => ask.language(language)]),
            ['filter', 'Filter the events', ['/'], ask.filter],
            ['theme', 'Dark or light', [], ask.theme],
        ]),
        group('Another future', [
            ['choose', 'Choose who runs next', digits, (key) => chooseNumber(session, Number(key))],
            ['what_if', 'Let something go wrong here', ['g'], ask.whatIf],
            ['undo_choice', 'Take the last choice back', ['u'], () => session.state.schedule && session.undoChoice()],
        ]),
        group('Lessons and links', [
            ['previous_lesson', 'Lesson before', ['PageUp'], () => toLesson(session, -1)],
            ['next_lesson', 'Next lesson', ['PageDown'], () => toLesson(session, +1)],
            ['lessons', 'List of lessons', ['l'], ask.lessons],
            ['share', 'Share a link', [], ask.share],
            ['export', 'Export and import', [], ask.files],
            ['editor', 'Into the editor', ['e'], ask.editor],
            ['palette', 'Find a command', ['Ctrl+k'], ask.palette],
            ['keys', 'All keys', ['?'], ask.keys],
        ]),
    ];
}

const group = (title, rows) => ({
    title,
    commands: rows.map(([id, text, keys, run]) => ({id, text, keys, run})),
});

function otherClock(session) {
    const clock = session.state.view?.clock === 'steps' ? 'virtual' : 'steps';
    session.tune((view) => view.setClock(clock));
}

function chooseNumber(session, number) {
    const one = session.choices()[number - 1];
    if (one) session.choose(one);
}

function toCheckpoint(session) {
    const {run, moment} = session.state;
    const next = run?.checkpoints.find(({step}) => step !== null && step > (moment?.step ?? 0));
    if (next) session.seek(next.step);
}

export function toLesson(session, by) {
    const lesson = session.neighbour(by);
    if (lesson) session.open(lesson.id);
}

/** "Shift+ArrowRight", as people write it. */
export function keyName(key) {
    const names = {' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓', PageUp: 'Page up', PageDown: 'Page down'};
    return key.split('+').map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
