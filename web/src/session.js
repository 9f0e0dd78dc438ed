// Session: one sitting in the page: which lesson, whose code, its run, and where the person is in it. Everything that a
// person can do goes through here; the panes only show the store and call this.

import {drafts} from './progress.js';
import {choicesOf, lastStep, withChoice, withInterference, withoutLast} from './schedule.js';
import {createSearch} from './search.js';
import {encode} from './share.js';

export const storeFields = {
    lesson: null, // all of it, in words of the language (library.js)
    language: 'en', // of the lessons' words
    code: '', // as the editor has it
    origin: 'lesson', // whose code that is: the lesson's, a 'draft' of the person, or it came with a 'link' (or in a file)
    seed: '0',
    schedule: '', // who runs next, where somebody chose (schedule.js)
    stale: false, // edited since the run
    running: false,
    run: null, // facts of the run: what view.facts() returned; `steps` events, `lines` of output
    runs: 0, // how many there have been
    found: null, // {found: [event], done}: what the filter found; null: there is no filter
    moment: null, // view.state(): now
    view: null, // view.view(): where the person looks
    answer: null, // to the lesson's question
    progress: 0, // counts up when something was achieved
    pane: 'lesson', // of the phone
    bottomTab: 'output',
    codeTab: 'program',
    filter: '',
    folded: false, // the lesson's pane
    theme: 'dark',
    themeChoice: 'system',
    notice: null, // {text, kind, actions}
};

export class Session {
    #store;
    #stage = null;
    #runner;
    #progress;
    #saved = null;
    #arrival = null;
    #opening = 0;
    #looked = ''; // the view's own word of what the store has
    #search = createSearch({events: (from, count) => this.events(from, count), tell: (found) => this.#store.set({found})});

    constructor({store, library, runner, progress}) {
        this.#store = store;
        this.library = library;
        this.#runner = runner;
        this.#progress = progress;
    }

    get state() {
        return this.#store.state;
    }

    // -- lessons --------------------------------------------------------------------------------------------------------

    get place() {
        return this.library.lessons.findIndex((lesson) => lesson.id === this.state.lesson?.id);
    }

    /** Of the list, with its title in the language that is read. */
    neighbour(by) {
        const entry = this.library.lessons[this.place + by];
        return entry && {...entry, ...this.library.named(entry.id, this.state.language)};
    }

    progressOf(id) {
        return this.#progress.of(id);
    }

    /** `moment`: what a link says, beside the lesson. */
    async open(id, moment = {}) {
        const lesson = await this.#fetch(id);
        if (!lesson) return;
        const draft = drafts.of(id);
        const foreign = moment.code !== undefined && moment.code !== lesson.program.text && moment.code !== draft;
        this.#store.set({
            lesson,
            code: moment.code ?? draft ?? lesson.program.text,
            origin: foreign ? 'link' : (moment.code ?? draft ?? lesson.program.text) === lesson.program.text ? 'lesson' : 'draft',
            seed: String(moment.seed ?? lesson.seeds[0]),
            schedule: moment.schedule ?? '',
            answer: moment.answer ?? this.#progress.of(id).answer ?? null,
            run: null,
            moment: null,
            found: null,
            stale: false,
            codeTab: 'program',
            bottomTab: 'output',
            filter: '',
            notice: null,
        });
        this.#progress.note(id, {opened: true, asks: Boolean(lesson.predict)});
        this.#arrival = moment;
        if (await this.run({play: false})) this.#arrive();
    }

    /** Null where it can't be had, or where another was opened meanwhile. */
    async #fetch(id) {
        if (!this.library.entry(id)) {
            this.tell(`There is no lesson called "${id}".`, {kind: 'problem'});
            return null;
        }
        const opening = ++this.#opening;
        try {
            const lesson = await this.library.lesson(id, this.state.language);
            return opening === this.#opening ? lesson : null;
        } catch {
            this.tell('This lesson could not be loaded. Is the network there?', {kind: 'problem',
                actions: [['Try again', () => this.open(id)]]});
            return null;
        }
    }

    /** The same lesson and the same run in other words. */
    async speak(language) {
        this.#store.set({language});
        const lesson = await this.#fetch(this.state.lesson.id);
        if (!lesson) return;
        this.#store.set({lesson});
        if (this.#stage && this.#saved && this.state.run) {
            const run = await this.#stage.open(this.#saved, lesson);
            if (run === null) return;
            this.#store.set({run});
            this.#look();
        }
    }

    /** What a link said of where to look; as soon as there is a stage to show it on. */
    #arrive() {
        const {lesson} = this.state;
        if (!this.#stage || !this.#arrival || !this.state.run) return;
        const {clock, selected, step} = this.#arrival;
        this.#arrival = null;
        this.#stage.act((view) => {
            view.setInspectorTab(lesson.panels[0] ?? 'channels');
            view.setClock(clock ?? ownClock(lesson));
            view.select(selected ?? null);
            view.seek(step ?? 0);
        });
        this.#look();
    }

    // -- the program --------------------------------------------------------------------------------------------------

    edit(code) {
        const {lesson, origin} = this.state;
        if (code === this.state.code) return;
        const back = code === lesson.program.text;
        const now = origin === 'link' ? origin : back ? 'lesson' : 'draft';
        this.#store.set({code, stale: true, origin: now, schedule: ''}); // its steps would be others
        if (now === 'draft' || now === 'lesson') drafts.keep(lesson.id, back ? undefined : code);
    }

    /** The person's own code, or the lesson's: `whose` is 'draft' or 'lesson'. */
    restore(whose) {
        const {lesson} = this.state;
        const code = whose === 'draft' ? drafts.of(lesson.id) ?? lesson.program.text : lesson.program.text;
        if (whose === 'lesson') drafts.keep(lesson.id, undefined);
        this.#store.set({code, origin: code === lesson.program.text ? 'lesson' : 'draft', stale: true});
        return this.run({play: false});
    }

    /** True when this run is the one that is shown: another may have taken its place. */
    async run({play = true} = {}) {
        const {lesson, code, seed, schedule} = this.state;
        this.#store.set({running: true});
        try {
            const saved = await this.#runner.run({name: 'main.lua', text: code, seed, schedule, limits: lesson.limits, world: lesson.world});
            if (saved === null || !(await this.#show(saved, lesson, {stale: this.state.code !== code}))) return false;
            if (play) this.play({fromStart: true});
            return true;
        } catch (error) {
            this.tell(error.message, {kind: 'problem'});
            return false;
        } finally {
            this.#store.set({running: false});
        }
    }

    /** `changes`: what else is so as soon as this run is shown. False: another took its place meanwhile. */
    async #show(saved, lesson, changes = {}) {
        if (!this.#stage) {
            this.#saved = saved;
            return true;
        }
        const run = await this.#stage.open(saved, lesson);
        if (run === null) return false;
        this.#saved = saved;
        const broken = run.problems.some((problem) => problem.kind !== 'horizon' && !isMeant(lesson, problem));
        const {bottomTab} = this.state;
        this.#store.set({
            stale: false, ...changes, run, runs: this.state.runs + 1,
            bottomTab: broken ? 'problems' : bottomTab === 'problems' ? 'output' : bottomTab,
        });
        this.#noteTries(run);
        this.filter(this.state.filter);
        this.#look();
        return true;
    }

    // -- output and events ----------------------------------------------------------------------------------------------

    /** Of a run with very many only those that are looked at come out of the view. */
    lines(from, count) {
        return this.#stage.ask((view) => view.output(from, count));
    }

    /** Events of the steps from `from` on. */
    events(from, count) {
        return this.#stage.ask((view) => view.events(from, count));
    }

    filter(filter) {
        this.#search.stop();
        const {run} = this.state;
        const wanted = filter.trim() !== '' && run;
        this.#store.set({filter, found: wanted ? {found: [], done: false} : null});
        if (wanted) this.#search.start(filter, run.steps);
    }

    #noteTries({tries = [], broken}) {
        tries.forEach(({met}, index) => met && this.noteTry(index, {met: true}));
        if (broken) this.#progress.note(this.state.lesson.id, {broken: true});
        this.#store.set({progress: this.state.progress + 1});
    }

    #achieved() {
        this.#store.set({progress: this.state.progress + 1});
        const next = this.neighbour(+1);
        this.tell(`Lesson done: ${this.state.lesson.title}.`, {
            actions: next && [[`Next: ${next.title}`, () => this.open(next.id)]],
        });
    }

    // -- time -----------------------------------------------------------------------------------------------------------

    /** The stage comes late: its module is the largest thing to load. */
    async attach(stage) {
        this.#stage = stage;
        const {lesson} = this.state;
        if (this.#saved && lesson) await this.#show(this.#saved, lesson);
        this.#arrive();
    }

    perform(command) {
        this.#stage?.act((view) => view.perform(command));
        this.#look();
    }

    seek(step) {
        this.#stage?.act((view) => view.seek(step));
        this.#look();
    }

    play({fromStart = false} = {}) {
        if (!this.#stage || !this.state.run?.steps) return;
        if (fromStart) this.#stage.act((view) => view.seek(0));
        this.perform('play');
    }

    select(coroutine) {
        const same = this.state.view?.selected === coroutine;
        this.#stage?.act((view) => view.select(same ? null : coroutine));
        this.#look();
    }

    hover(coroutine) {
        this.#stage?.act((view) => view.hover(coroutine));
    }

    tune(what) {
        this.#stage?.act(what);
        this.#look();
    }

    key(name, keys) {
        const used = this.#stage?.act((view) => view.key(name, keys)) ?? false;
        this.#look();
        return used;
    }

    setSeed(seed) {
        this.#store.set({seed: String(seed)});
        return this.run({play: false});
    }

    /** What the stage says has changed: by playing on, or by a hand on the canvas. */
    look() {
        if (this.#stage && JSON.stringify(this.#stage.ask((view) => view.view())) === this.#looked) return;
        this.#look();
    }

    #look() {
        if (!this.#stage || !this.state.run) return;
        const view = this.#stage.ask((one) => one.view());
        const moment = this.#stage.ask((one) => one.state());
        this.#looked = JSON.stringify(view);
        this.#store.set({moment, view});
        if (moment.step > 0 && moment.step === this.state.run.steps) this.#reachedEnd();
    }

    #reachedEnd() {
        if (this.#progress.of(this.state.lesson.id).ended) return;
        if (this.#progress.note(this.state.lesson.id, {ended: true})) this.#achieved();
    }

    // -- the lesson's questions -----------------------------------------------------------------------------------------

    predict(answer) {
        const {lesson} = this.state;
        const {right} = lesson.predict.choices[answer];
        this.#store.set({answer});
        const done = this.#progress.note(lesson.id, {answer, right: right || this.#progress.of(lesson.id).right});
        if (done) this.#achieved();
        else this.#store.set({progress: this.state.progress + 1});
    }

    tried(index) {
        return this.#progress.of(this.state.lesson.id).tries?.[index] ?? {};
    }

    noteTry(index, facts) {
        const {tries = {}} = this.#progress.of(this.state.lesson.id);
        this.#progress.note(this.state.lesson.id, {tries: {...tries, [index]: {...tries[index], ...facts}}});
        this.#store.set({progress: this.state.progress + 1});
    }

    // -- who runs next --------------------------------------------------------------------------------------------------

    choices() {
        return this.state.stale ? [] : choicesOf(this.state.moment);
    }

    choose({number}) {
        const next = this.state.moment.step + 1;
        return this.setSchedule(withChoice(this.state.schedule, next, number), next);
    }

    /** What can be made to go wrong at this moment: [{label, choice}]. */
    interferences() {
        return this.state.stale ? [] : this.state.moment?.interferences ?? [];
    }

    interfere({label, choice}) {
        this.tell(`${label}: from here on the run is another one. U takes it back.`);
        return this.setSchedule(withInterference(this.state.schedule, choice), this.state.moment.step);
    }

    undoChoice() {
        const {schedule} = this.state;
        return this.setSchedule(withoutLast(schedule), Math.max(lastStep(schedule) - 1, 0));
    }

    async setSchedule(schedule, step) {
        this.#store.set({schedule});
        if (await this.run({play: false})) this.seek(step);
    }

    // -- links and files ------------------------------------------------------------------------------------------------

    async link({code = true} = {}) {
        const {lesson, view, answer, seed, schedule} = this.state;
        const edited = this.state.code !== lesson.program.text;
        const fragment = await encode({
            lesson: lesson.id,
            code: code && edited ? this.state.code : undefined,
            seed: seed === String(lesson.seeds[0]) ? undefined : seed,
            clock: view && view.clock !== ownClock(lesson) ? view.clock : undefined,
            step: view?.cursor || undefined,
            selected: view?.selected ?? undefined,
            answer: answer ?? undefined,
            schedule: schedule || undefined,
        });
        return new URL(`${location.pathname}#${fragment}`, location.href).href; // without a query such as ?embed=1
    }

    chromeTrace() {
        return this.#stage.ask((view) => view.chromeTrace());
    }

    savedRun() {
        return this.#saved;
    }

    /** A run that somebody saved, with its program (run_file.js). */
    async import({lesson: id, code, seed, schedule, saved}) {
        const lesson = this.library.entry(id) ? await this.library.lesson(id, this.state.language) : this.state.lesson;
        const origin = code === lesson.program.text ? 'lesson' : 'link';
        if (await this.#show(saved, lesson, {lesson, code, seed, schedule, origin, answer: null})) this.perform('first');
    }

    // -- talking --------------------------------------------------------------------------------------------------------

    tell(text, {kind = 'note', actions = []} = {}) {
        this.#store.set({notice: {text, kind, actions: actions || []}});
    }

    hush() {
        this.#store.set({notice: null});
    }
}

/** A lesson may end with the error that it is about. */
export const isMeant = ({expected_error: text}, {kind, what}) =>
    kind === 'uncaught_error' && Boolean(text) && what.includes(text);

const ownClock = (lesson) => (lesson.clock === 'virtual' ? 'virtual' : 'steps');
