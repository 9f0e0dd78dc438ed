// The first load has a limit, because pages only ever grow: 1 MB by Brotli, which every browser takes and `./costudio web`
// serves. What a host makes of it that knows gzip only has one too.

import {strict as assert} from 'node:assert';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'node:test';
import {brotliDecompressSync, gzipSync} from 'node:zlib';

const folder = process.env.COSTUDIO_PAGE ?? new URL('../../build/web', import.meta.url).pathname;
const limits = {br: 1_000_000, gzip: 1_290_000}; // bytes
// What a first visit does not wait for: the same page as one file, the service worker, and all lessons but one.
const later = new Set(['costudio.html', 'service_worker.js']);
const isLesson = (name) => /^lessons-.*\.json$/.test(name);

/** Of the lessons, a first visit loads one: the largest counts. */
function firstLoad(sizeOf) {
    const files = readdirSync(folder).filter((name) => !later.has(name) && !name.endsWith('.br'))
        .map((name) => ({name, size: sizeOf(name)}));
    const lessons = files.filter(({name}) => isLesson(name));
    assert.ok(lessons.length > 0);
    const parts = [...files.filter(({name}) => !isLesson(name)), lessons.reduce((one, other) => (other.size > one.size ? other : one))];
    return {total: parts.reduce((sum, {size}) => sum + size, 0),
            table: parts.sort((a, b) => b.size - a.size).map(({name, size}) => `${size}\t${name}`).join('\n')};
}

const measures = {
    br: (name) => readFileSync(join(folder, `${name}.br`)).length,
    gzip: (name) => gzipSync(readFileSync(join(folder, name)), {level: 9}).length,
};
for (const [encoding, limit] of Object.entries(limits)) {
    test(`the first load is under its limit: ${encoding}`, () => {
        const {total, table} = firstLoad(measures[encoding]);
        console.log(`# ${total} bytes by ${encoding}\n${table.replace(/^/gm, '# ')}`);
        assert.ok(total < limit, `${total} bytes:\n${table}`);
    });
}

test('what is compressed beside a file is that file', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.br'));
    for (const name of names) {
        assert.deepEqual(brotliDecompressSync(readFileSync(join(folder, name))), readFileSync(join(folder, name.slice(0, -3))), name);
    }
});
