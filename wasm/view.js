// The view module for JavaScript: shows a saved run, and tells the page's DOM what it shows. docs/web.md says what each
// call does.
//
//     const view = await openView({ wasmBinary, canvas, fonts, theme: "dark", motion: true });
//     view.bring(saved);
//     while (!view.read(2000)) await breathe();
//     view.open(lesson);
//     const {steps} = view.facts();
import createModule from "./costudio_view.js";

const faces = ["Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold",
  "JetBrainsMono-Regular", "JetBrainsMono-Medium", "JetBrainsMono-SemiBold"];
const tabs = ["channels", "timers", "reactor", "processes", "stack", "waits"];
const pointerTypes = { move: 0, down: 1, up: 2, leave: 3 };
const pointers = ["arrow", "hand", "sideways"];
const nobody = 0xffffffff;

const modifierBits = ({ shift, ctrl, alt } = {}) => (shift ? 1 : 0) | (ctrl ? 2 : 0) | (alt ? 4 : 0);

/** @param {{wasmBinary: ArrayBuffer, canvas: HTMLCanvasElement, fonts: Object<string, ArrayBuffer>}} parts */
export async function openView({ wasmBinary, canvas, fonts = {}, theme = "dark", motion = true }) {
  const module = await createModule({ wasmBinary, canvas });
  module.canvas = canvas;
  const view = new View(module);
  view.start(fonts, theme, motion);
  return view;
}

class View {
  #module;

  constructor(module) {
    this.#module = module;
  }

  start(fonts, theme, motion) {
    faces.forEach((face, index) => {
      if (fonts[face]) this.#withBytes(new Uint8Array(fonts[face]), (at, count) => this.#module._costudio_font(index, at, count));
    });
    this.#json(this.#module._costudio_create(theme === "dark" ? 1 : 0));
    this.setMotion(motion);
  }

  close() { this.#module._costudio_close(); }

  // -- a run ---------------------------------------------------------------------------------------------------------

  bring(saved) {
    this.#withBytes(new Uint8Array(saved), (at, count) => this.#json(this.#module._costudio_bring(at, count)));
  }
  read(steps) { return this.#module._costudio_read(steps) !== 0; }
  open(lesson) {
    return this.#withText(lesson ? JSON.stringify(lesson) : "", (text) => this.#json(this.#module._costudio_open(text)));
  }

  facts() { return this.#json(this.#module._costudio_facts()); }
  state(step = -1) { return this.#json(this.#module._costudio_state(step)); }
  output(from = 0, count = nobody) { return this.#json(this.#module._costudio_output(from, count)); }
  events(from = 1, count = nobody) { return this.#json(this.#module._costudio_events(from, count)); }
  card(coroutine) { return this.#json(this.#module._costudio_card(coroutine)); }
  inspector() { return this.#json(this.#module._costudio_inspector()); }
  find(condition, after = 0) {
    return this.#withText(condition, (text) => this.#json(this.#module._costudio_find(text, after)));
  }
  chromeTrace() { return new TextDecoder().decode(this.#answer(this.#module._costudio_chrome_trace())); }
  savedRun() { return this.#answer(this.#module._costudio_saved()).slice(); }

  // -- what a person does --------------------------------------------------------------------------------------------

  perform(command) {
    if (!this.#withText(command, (text) => this.#module._costudio_perform(text))) {
      throw new Error(`The view has no command "${command}"; docs/web.md lists them.`);
    }
  }
  seek(step) { this.#module._costudio_seek(step); }
  select(coroutine) { this.#module._costudio_select(coroutine ?? nobody); }
  hover(coroutine) { this.#module._costudio_hover(coroutine ?? nobody); }
  setSpeed(factor) { this.#module._costudio_set_speed(factor); }
  setClock(clock) { this.#module._costudio_set_clock(clock === "steps" ? 1 : 0); }
  setTheme(theme) { this.#module._costudio_set_theme(theme === "dark" ? 1 : 0); }
  setMotion(motion) { this.#module._costudio_set_motion(motion ? 1 : 0); }
  setInspectorTab(name) {
    if (!tabs.includes(name)) throw new Error(`The inspector has no tab "${name}", but ${tabs.join(", ")}.`);
    this.#module._costudio_set_tab(tabs.indexOf(name));
  }
  view() {
    return { ...this.#json(this.#module._costudio_view()), pointer: pointers[this.#module.canvasPointer ?? 0] };
  }

  // -- the canvas ----------------------------------------------------------------------------------------------------

  layout({ width, height, scale = 1, panels }) {
    const module = this.#module;
    module.canvas.width = Math.max(1, Math.round(width * scale));
    module.canvas.height = Math.max(1, Math.round(height * scale));
    module.canvasScale = scale;
    module._costudio_clear_places();
    for (const { panel, x, y, w, h } of panels) module._costudio_put(panel === "timeline" ? 1 : 0, x, y, w, h);
  }
  timelineHeight() { return this.#module._costudio_timeline_height(); }

  pointer(type, x = 0, y = 0, { button = 0 } = {}) { this.#module._costudio_pointer(pointerTypes[type], x, y, button); }
  wheel(x, y, across, up, modifiers) { this.#module._costudio_wheel(x, y, across, up, modifierBits(modifiers)); }
  key(name, modifiers) {
    return this.#withText(name, (text) => this.#module._costudio_key(text, modifierBits(modifiers))) !== 0;
  }

  paint(now) {
    const changed = this.#module._costudio_paint(now) !== 0;
    const next = this.#module._costudio_next_paint(now);
    return { changed, next: next < 0 ? null : next };
  }

  // -- bytes in and out ----------------------------------------------------------------------------------------------

  #answer(address) {
    return this.#module.HEAPU8.subarray(address, address + this.#module._costudio_answer_bytes());
  }

  #json(address) {
    const value = JSON.parse(new TextDecoder().decode(this.#answer(address)));
    if (value && value.error) throw new Error(value.error);
    return value;
  }

  #withBytes(bytes, use) {
    const address = this.#module._malloc(bytes.length + 1);
    this.#module.HEAPU8.set(bytes, address);
    this.#module.HEAPU8[address + bytes.length] = 0;
    try {
      return use(address, bytes.length);
    } finally {
      this.#module._free(address);
    }
  }

  #withText(text, use) { return this.#withBytes(new TextEncoder().encode(text), use); }
}
