// What the browser's run module takes for each lesson, beside the same program natively: a table for docs/web.md.
//
//     node tools/measure.mjs --modules ../build/wasm/modules --native ../build/release/costudio
//
// Best of many, because the machine has other things to do. A native run is a whole process, `costudio sim`.

import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';

const {values: options} = parseArgs({options: {modules: {type: 'string'}, native: {type: 'string'}}});
const rounds = 15;

// The loader takes a node for what it is not, a page: it is made for browsers and workers.
delete globalThis.fetch;
const {loadRun} = await import(pathToFileURL(resolve(options.modules, 'run.js')));
const runner = await loadRun({wasmBinary: readFileSync(join(options.modules, 'costudio_run.wasm'))});
const {lessons} = JSON.parse(execFileSync(options.native, ['lessons', '--json'], {maxBuffer: 1e9}));

console.log('| lesson | natively, a whole process | in the browser |\n|---|---|---|');
for (const {id, order, title, program: {text}, limits, world, seeds: [seed]} of lessons) {
    const there = best(() => native(id, seed));
    const here = best(() => runner.run({name: 'main.lua', text, seed, limits, world}));
    console.log(`| ${order} ${title} | ${there.toFixed(1)} ms | ${here.toFixed(1)} ms |`);
}

function native(id, seed) {
    try {
        execFileSync(options.native, ['sim', id, '--seed', seed], {stdio: 'ignore'});
    } catch { /* a lesson may end in an error, on purpose */ }
}

function best(run) {
    let least = Infinity;
    for (let round = 0; round < rounds; ++round) {
        const begun = performance.now();
        run();
        least = Math.min(least, performance.now() - begun);
    }
    return least;
}
