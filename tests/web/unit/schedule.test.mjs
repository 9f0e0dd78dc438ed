import {strict as assert} from 'node:assert';
import test from 'node:test';

import {choicesOf, isSchedule, lastStep, withChoice, withInterference, withoutLast} from '../../../web/src/schedule.js';

test('a choice drops those of later steps', () => {
    assert.equal(withChoice('', 9, 2), '9:2');
    assert.equal(withChoice('9:2', 14, 3), '9:2 14:3');
    assert.equal(withChoice('9:2,14:3 22:0', 14, 1), '9:2 14:1');
});

test('of what goes wrong several may be chosen at one step, each once', () => {
    assert.equal(withInterference('9:2 14:kill5 20:3', '14:kill6'), '9:2 14:kill5 14:kill6');
    assert.equal(withInterference('14:kill5', '14:kill5'), '14:kill5');
    assert.equal(withInterference('', '54:drop'), '54:drop');
});

test('the last choice can be taken back', () => {
    assert.equal(withoutLast('9:2 14:3'), '9:2');
    assert.equal(withoutLast('9:2'), '');
    assert.equal(lastStep('9:2 14:3'), 14);
    assert.equal(lastStep(''), 0);
});

test('what is no schedule is not taken for one', () => {
    for (const text of ['', '9:2', '9:main 14:co#3', '30:seed7', '41:drop,41:delay50 52:kill6,52:cut1_2']) assert.ok(isSchedule(text), text);
    for (const text of ['9', 'x:1', '9:2;', '9:<b>', '9:tea', '9:kill', '9:cut1', '9:seed', '9:drop1', null, 7, '9:2 '.repeat(10_000)]) assert.ok(!isSchedule(text), String(text));
});

test('a long text that is no schedule is refused at once', () => {
    const begun = performance.now();
    assert.ok(!isSchedule(`${'1:1'.repeat(6_000)}!`));
    assert.ok(performance.now() - begun < 1000);
});

test('there is a choice where the loop takes one of several', () => {
    const coroutines = [{coroutine: 0}, {coroutine: 1}, {coroutine: 2}];
    assert.deepEqual(choicesOf({choices: [2, 1], coroutines}), [{coroutine: 2}, {coroutine: 1}]);
    assert.deepEqual(choicesOf({choices: [1], coroutines}), []);
    assert.deepEqual(choicesOf({choices: [], coroutines}), []);
    assert.deepEqual(choicesOf(null), []);
});
