import {strict as assert} from 'node:assert';
import test from 'node:test';

import {ShareError, decode, encode} from '../../../web/src/share.js';

const whole = {
    lesson: 'channels', code: 'print("Grüße, 世界 🍵")\n', world: '', seed: '18446744073709551615', clock: 'virtual',
    step: 20, selected: 2, answer: 1, schedule: '9:2 14:main,30:seed7',
};

test('everything that a link says comes back', async () => {
    assert.deepEqual(await decode(`#${await encode(whole)}`), whole);
});

test('a lesson alone stays readable', async () => {
    assert.equal(await encode({lesson: 'wait-group', code: undefined}), 'wait-group');
    assert.deepEqual(await decode('#wait-group'), {lesson: 'wait-group'});
});

test('an empty fragment says nothing', async () => {
    assert.deepEqual(await decode(''), {});
    assert.deepEqual(await decode('#'), {});
});

test('a link has only letters that every program passes on', async () => {
    assert.match(await encode(whole), /^[A-Za-z0-9._-]+$/);
});

test('repeated code takes little room', async () => {
    const link = await encode({lesson: 'channels', code: 'print("tea")\n'.repeat(200)});
    assert.ok(link.length < 200, `${link.length} characters`);
});

const rejects = (fragment, what) => assert.rejects(decode(fragment), (error) => error instanceof ShareError && what.test(error.message));

test('a link that was cut anywhere is refused', async () => {
    const link = await encode(whole);
    for (let length = 2; length < link.length; ++length) await rejects(link.slice(0, length), /cut off|damaged|kind/);
});

test('a link of another version is refused', () => rejects('9.abc', /kind/));
test('no base64 is refused', () => rejects('1.%%%', /damaged/));
test('no JSON is refused', async () => rejects(`1.${await pack('{"lesson"')}`, /damaged/));
test('no object is refused', async () => {
    await rejects(`1.${await pack('null')}`, /damaged/);
    await rejects(`1.${await pack('7')}`, /damaged/);
});

for (const [key, value] of [
    ['lesson', '../../etc'], ['lesson', 'Channels'], ['lesson', {}], ['code', 7], ['code', ['x']], ['seed', 0], ['seed', '-1'],
    ['seed', '1'.repeat(21)], ['clock', 'wall'], ['step', -1], ['step', 1.5], ['step', '20'], ['schedule', [1]], ['schedule', '<b>'], ['schedule', '9'],
]) {
    test(`${key} may not be ${JSON.stringify(value)}`, async () => {
        await rejects(`1.${await pack(JSON.stringify({[key]: value}))}`, new RegExp(`"${key}"`));
        await assert.rejects(encode({[key]: value}), ShareError);
    });
}

test('what a link should not say is not taken over', async () => {
    const moment = await decode(`1.${await pack('{"lesson":"channels","__proto__":{"step":9},"constructor":1,"themeChoice":"x"}')}`);
    assert.deepEqual(moment, {lesson: 'channels'});
    assert.equal(moment.step, undefined);
});

test('a few bytes that inflate to very many are refused early', async () => {
    await rejects(`1.${await pack(JSON.stringify({code: 'a'.repeat(50_000_000)}))}`, /too long|damaged/);
});

test('code longer than a link may hold is refused when the link is made', () =>
    assert.rejects(encode({lesson: 'channels', code: 'a'.repeat(200_001)}), ShareError));

async function pack(text) {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
    return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}
