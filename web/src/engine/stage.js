// Stage: the view module and its canvas. Every call that may change what is seen goes through act(), which paints when the
// browser next does, and then tells what has changed.
//
//     const stage = await Stage.open({canvas, theme: 'dark', motion: true, changed});
//     stage.act((view) => view.perform('step'));

import {openView} from 'costudio-view';
import {bytesOf, namesOf} from '../assets.js';
import {inSlices, nextTurn} from '../slices.js';

export class Stage {
    #view;
    #canvas;
    #changed;
    #frame = 0;
    #timer = 0;
    #surfaces = [];
    #openings = 0;
    #opening = false;

    static async open({canvas, theme, motion, changed}) {
        const names = namesOf('fonts/');
        const [wasmBinary, ...fonts] = await Promise.all(['costudio_view.wasm', ...names].map(bytesOf));
        const faces = names.map((name, index) => [name.replace(/^fonts\/|\.\w+$/g, ''), fonts[index]]);
        const view = await openView({wasmBinary, canvas, fonts: Object.fromEntries(faces), theme, motion});
        return new Stage(view, canvas, changed);
    }

    constructor(view, canvas, changed) {
        this.#view = view;
        this.#canvas = canvas;
        this.#changed = changed;
    }

    act(what) {
        const result = what(this.#view);
        this.#wake();
        return result;
    }

    /** For looking only: nothing is painted. */
    ask(what) {
        return what(this.#view);
    }

    /** The facts of the run, once it is shown; null: another was to be shown meanwhile. Throws for bytes that are no run. */
    async open(saved, lesson) {
        const own = ++this.#openings;
        this.#view.bring(saved);
        await nextTurn(); // taking a long run's bytes is a slice of its own
        if (own !== this.#openings) return null;
        const whole = await inSlices(() => this.#view.read(250), () => own !== this.#openings);
        if (!whole) return null;
        this.#opening = true; // until whoever is told of changes knows which run it is
        try {
            this.act((view) => view.open(lesson));
            await nextTurn();
            return own === this.#openings ? this.#view.facts() : null;
        } finally {
            this.#opening = false;
        }
    }

    // -- the canvas -------------------------------------------------------------------------------------------------

    /** `surfaces`: [{panel, element}], elements over the canvas that a person points at. Those that are hidden are left out. */
    show(surfaces) {
        this.#surfaces = surfaces;
        for (const surface of surfaces) this.#listen(surface);
        this.fit();
    }

    fit() {
        const frame = this.#canvas.parentElement.getBoundingClientRect();
        const panels = [];
        for (const {panel, element} of this.#surfaces) {
            const {left, top, width, height} = element.getBoundingClientRect();
            if (width < 1 || height < 1) continue;
            panels.push({panel, x: left - frame.left, y: top - frame.top, w: width, h: height});
        }
        this.act((view) => view.layout({width: Math.round(frame.width), height: Math.round(frame.height),
                                        scale: window.devicePixelRatio, panels}));
    }

    #listen({element}) {
        const at = (event) => {
            const frame = this.#canvas.getBoundingClientRect();
            return [event.clientX - frame.left, event.clientY - frame.top];
        };
        const keys = (event) => ({shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey});
        const point = (type) => (event) => {
            if (type === 'down') element.setPointerCapture(event.pointerId);
            this.act((view) => view.pointer(type, ...at(event), {button: Math.max(event.button, 0), ...keys(event)}));
            element.style.cursor = cursors[this.#view.view().pointer] ?? '';
        };
        element.addEventListener('pointermove', point('move'));
        element.addEventListener('pointerdown', point('down'));
        element.addEventListener('pointerup', point('up'));
        element.addEventListener('pointercancel', point('up'));
        element.addEventListener('pointerleave', point('leave'));
        element.addEventListener('wheel', (event) => {
            event.preventDefault();
            const notch = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 3 : 100;
            this.act((view) => view.wheel(...at(event), event.deltaX / notch, -event.deltaY / notch, keys(event)));
        }, {passive: false});
    }

    // -- frames -----------------------------------------------------------------------------------------------------

    #wake() {
        clearTimeout(this.#timer);
        this.#frame ||= requestAnimationFrame((now) => this.#paint(now));
    }

    #paint(now) {
        this.#frame = 0;
        const {changed, next} = this.#view.paint(now);
        if (next !== null) this.#timer = setTimeout(() => this.#wake(), next < 17 ? 0 : next);
        if (changed && !this.#opening) this.#changed();
    }
}

const cursors = {arrow: 'default', hand: 'pointer', sideways: 'ew-resize'};
