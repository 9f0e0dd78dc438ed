// The page, from the first byte to the first step: course, lesson, editor; then the modules, which take longest to load.

import {announceSteps} from './announce.js';
import {jsonOf} from './assets.js';
import {commandsOf} from './commands.js';
import {showFiles} from './dialogs/files.js';
import {showKeys} from './dialogs/help.js';
import {showLessons} from './dialogs/lessons.js';
import {showMore} from './dialogs/more.js';
import {showPalette} from './dialogs/palette.js';
import {showShare} from './dialogs/share.js';
import {byId, h} from './dom.js';
import {Runner} from './engine/runner.js';
import {Stage} from './engine/stage.js';
import {keep, kept} from './keep.js';
import {Library, languageNames} from './library.js';
import {listenToKeys} from './keys.js';
import {createLayout} from './layout.js';
import {showNotices} from './notices.js';
import {createBottom} from './panes/bottom.js';
import {createCode} from './panes/code.js';
import {createFoot} from './panes/foot.js';
import {createLesson} from './panes/lesson.js';
import {createSurfaces} from './panes/surfaces.js';
import {createToolbar} from './panes/toolbar.js';
import {createProgress} from './progress.js';
import {Session, storeFields} from './session.js';
import {ShareError, decode} from './share.js';
import {createStore} from './store.js';
import {followTheme, keptTheme} from './theme.js';
import {keepOffline} from './update.js';

const stillMotion = matchMedia('(prefers-reduced-motion: reduce)');
const question = new URLSearchParams(location.search);

start();

async function start() {
    document.body.toggleAttribute('data-embed', question.has('embed'));
    const store = createStore({...storeFields, themeChoice: keptTheme(), language: keptLanguage(), pane: question.has('embed') ? 'code' : 'lesson'});
    followTheme(store);
    const runner = new Runner();
    const session = new Session({store, library: new Library(await jsonOf('course.json'), jsonOf), runner, progress: createProgress()});
    const surfaces = build(session, store);
    await openFromAddress(session);
    followLesson(session, store);
    await openStage(session, store, surfaces);
    document.body.dataset.ready = '';
    if (!question.has('embed')) keepOffline(session);
}

function keptLanguage() {
    const language = kept('language', 'en');
    return Object.hasOwn(languageNames, language) ? language : 'en';
}

/** Every pane, and what goes across them. */
function build(session, store) {
    const editor = createCode({host: byId('code'), session, store});
    const bottom = createBottom({host: byId('bottom'), session, store});
    const ask = {
        lessons: () => showLessons(session),
        share: () => showShare(session),
        files: () => showFiles(session),
        more: () => showMore(session, store, ask),
        language: (language) => {
            keep('language', language);
            return session.speak(language);
        },
        theme: () => store.set({themeChoice: store.state.theme === 'dark' ? 'light' : 'dark'}),
        filter: bottom.filter,
        editor() {
            store.set({pane: 'code', codeTab: 'program'});
            editor.focus();
        },
        keys: () => showKeys(groups),
        palette: () => showPalette(session, groups),
        whatIf() {
            if (session.interferences().length > 0) return showPalette(session, groups, 'from here on ');
            return session.tell('Nothing can go wrong here: no process to kill, no message on its way, no second computer.');
        },
    };
    const groups = commandsOf(session, ask);
    listenToKeys(groups);
    createToolbar({host: byId('toolbar'), session, store, ask});
    createLesson({host: byId('lesson'), session, store, ask});
    createFoot({now: byId('now'), foot: byId('transport'), session, store});
    showNotices({host: byId('notices'), store});
    announceSteps({log: byId('log'), store});
    // For whoever drives the page from outside: where it is.
    store.on(['lesson', 'moment', 'run', 'runs', 'schedule'], ({lesson, moment, run, runs, schedule}) =>
        Object.assign(document.body.dataset, {lesson: lesson?.id ?? '', step: moment?.step ?? 0, runs, seed: run?.seed ?? '', schedule,
                                              choices: session.choices().length}));
    createLayout({tabsHost: byId('tabs'), panes: byId('panes'), store, editor});
    return createSurfaces({timeline: byId('timeline'), inspector: byId('inspector'), store});
}

async function openFromAddress(session) {
    try {
        const moment = await decode(location.hash);
        const first = session.library.lessons[0].id;
        const id = moment.lesson ?? question.get('lesson') ?? kept('lesson', first);
        const known = Boolean(session.library.entry(id));
        await session.open(known ? id : first, known ? moment : {});
        if (!known) session.tell(`There is no lesson called “${id}”. This is the first one.`, {kind: 'problem'});
    } catch (error) {
        if (!(error instanceof ShareError)) throw error;
        if (!session.state.lesson) await session.open(session.library.lessons[0].id);
        session.tell(`The link could not be opened: ${error.message}.`, {kind: 'problem'});
    }
}

/** The address names the lesson, so that Back goes to the one before. */
function followLesson(session, store) {
    let opening = false;
    window.addEventListener('hashchange', async () => {
        opening = true;
        await openFromAddress(session);
        opening = false;
    });
    let shown = store.state.lesson;
    store.on(['lesson'], ({lesson}) => {
        if (!lesson) return;
        keep('lesson', lesson.id);
        if (lesson.id !== shown?.id && !opening) history.pushState(null, '', `${location.pathname}${location.search}#${lesson.id}`);
        shown = lesson;
    });
}

async function openStage(session, store, surfaces) {
    const canvas = h('canvas', {class: 'stage', aria: {hidden: 'true'}});
    byId('panes').append(canvas);
    try {
        const stage = await Stage.open({canvas, theme: store.state.theme, motion: !stillMotion.matches,
                                        changed: () => session.look()});
        followPage(stage, store, surfaces);
        await session.attach(stage);
    } catch (error) {
        canvas.remove();
        session.tell(`Timeline and inspector cannot be shown: ${error.message}`, {kind: 'problem'});
    }
}

/** Theme, motion, speed and size are the page's; the stage follows. */
function followPage(stage, store, surfaces) {
    stage.show(surfaces);
    stage.act((view) => view.setSpeed(kept('speed', 1)));
    store.on(['theme'], ({theme}) => stage.act((view) => view.setTheme(theme)));
    store.on(['view'], ({view}) => view && keep('speed', view.speed));
    stillMotion.addEventListener('change', () => stage.act((view) => view.setMotion(!stillMotion.matches)));
    const fit = () => stage.fit();
    new ResizeObserver(fit).observe(byId('panes'));
    store.on(['pane', 'folded', 'run', 'codeTab'], () => {
        const height = stage.ask((view) => view.timelineHeight());
        document.documentElement.style.setProperty('--timeline', `${Math.round(height)}px`);
        requestAnimationFrame(fit);
    });
    watchDensity(fit);
}

/** Dragging a window to another screen changes how many pixels one is made of. */
function watchDensity(fit) {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
        fit();
        watchDensity(fit);
    }, {once: true});
}
