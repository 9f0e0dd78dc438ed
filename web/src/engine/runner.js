// Runner: runs a script in a worker, so that the page goes on whatever the script does.
//
//     const saved = await runner.run({name: 'main.lua', text, seed, limits});   // null: another run took its place
//
// A run ends by its own limits in well under a second. Should one not, the worker is ended and a fresh one started.

import {bytesOf, scriptOf} from '../assets.js';
import {trustedScript} from '../trusted.js';

const patience = 10_000; // ms

export class Runner {
    #wasm = bytesOf('costudio_run.wasm');
    #script = scriptOf('worker.js');
    #worker = null;
    #waiting = null;
    #id = 0;

    constructor() {
        this.#start();
    }

    async run(request) {
        if (this.#waiting) this.#restart(null);
        const id = ++this.#id;
        const worker = await this.#worker;
        if (id !== this.#id) return null;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => this.#restart(new Error(
                `The run was stopped: it took more than ${patience / 1000} s. ` +
                'Make it shorter, or let it wait now and then.')), patience);
            this.#waiting = {id, resolve, reject, timer};
            worker.postMessage({id, request});
        });
    }

    #start() {
        this.#worker = this.#create();
        this.#worker.catch(() => {}); // told to whoever runs something
    }

    async #create() {
        const worker = new Worker(trustedScript(await this.#script), {name: 'costudio run'});
        const ready = new Promise((resolve, reject) => {
            worker.onerror = (event) => reject(new Error(event.message ?? 'The worker could not be started.'));
            worker.onmessage = ({data}) => {
                if (data.ready) resolve(worker);
                else if (data.id === undefined) reject(new Error(data.error));
                else this.#answer(data);
            };
        });
        worker.postMessage({wasm: await this.#wasm});
        return ready;
    }

    #answer({id, saved, error}) {
        if (this.#waiting?.id !== id) return;
        const {resolve, reject, timer} = this.#waiting;
        clearTimeout(timer);
        this.#waiting = null;
        if (error) reject(new Error(error));
        else resolve(saved);
    }

    #restart(error) {
        const {resolve, reject, timer} = this.#waiting;
        clearTimeout(timer);
        this.#waiting = null;
        this.#worker.then((worker) => worker.terminate());
        this.#start();
        if (error) reject(error);
        else resolve(null);
    }
}
