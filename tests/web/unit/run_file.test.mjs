import {strict as assert} from 'node:assert';
import test from 'node:test';

import {RunFileError, readRun, writeRun} from '../../../web/src/run_file.js';

const run = {lesson: 'channels', seed: '7', schedule: '14:3,52:kill6', code: 'print("世界")', saved: Uint8Array.from({length: 70_000}, (_, i) => i % 256)};

test('a run comes back from its file', () => assert.deepEqual(readRun(writeRun(run)), run));

test('a file without choices has none', () =>
    assert.equal(readRun(JSON.stringify({...JSON.parse(writeRun(run)), schedule: undefined})).schedule, ''));

for (const [name, text] of [
    ['an empty file', ''], ['another JSON', '{"traceEvents":[]}'], ['no object', 'null'],
    ['a missing part', JSON.stringify({...JSON.parse(writeRun(run)), code: undefined})],
    ['a part of another type', JSON.stringify({...JSON.parse(writeRun(run)), seed: 7.5})],
    ['choices that are none', JSON.stringify({...JSON.parse(writeRun(run)), schedule: '<b>'})],
    ['damaged bytes', JSON.stringify({...JSON.parse(writeRun(run)), saved: '%'})],
]) {
    test(`${name} is refused with a reason`, () => assert.throws(() => readRun(text), RunFileError));
}
