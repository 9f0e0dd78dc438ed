// The run module for JavaScript (docs/web.md): a script in, a saved run out. Belongs into a worker.
//
//     const runner = await loadRun({ wasmBinary });
//     const saved = runner.run({ name: "main.lua", text: "print('hello')", seed: 0, limits: {} });
import createModule from "./costudio_run.js";

/** @param {{wasmBinary: ArrayBuffer}} parts */
export async function loadRun({ wasmBinary }) {
  return new Runner(await createModule({ wasmBinary, printErr: () => {} }));
}

class Runner {
  #module;

  constructor(module) {
    this.#module = module;
  }

  /** Runs a script to its end. Gives the bytes of a saved run, also for a script with a mistake in it. */
  run({ name = "main.lua", text, seed = 0, limits = {}, schedule = "", world }) {
    const module = this.#module;
    const texts = [name, text, String(seed), schedule, world ?? ""].map((one) => this.#copy(one));
    const [nameAt, textAt, seedAt, scheduleAt, worldAt] = texts.map((one) => one.address);
    try {
      const { lines, coroutines, horizon } = limits;
      module._costudio_run(nameAt, textAt, texts[1].bytes, seedAt, lines ?? 0, coroutines ?? 0, horizon ?? 0, scheduleAt,
        worldAt, texts[4].bytes);
      const start = module._costudio_saved();
      return module.HEAPU8.slice(start, start + module._costudio_saved_bytes());
    } finally {
      module._costudio_forget();
      texts.forEach((one) => module._free(one.address));
    }
  }

  #copy(text) {
    const bytes = new TextEncoder().encode(text);
    const address = this.#module._malloc(bytes.length + 1);
    this.#module.HEAPU8.set(bytes, address);
    this.#module.HEAPU8[address + bytes.length] = 0;
    return { address, bytes: bytes.length };
  }
}
