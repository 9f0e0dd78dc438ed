import {strict as assert} from 'node:assert';
import test from 'node:test';

import {createStore} from '../../../web/src/store.js';

test('a listener is told at once, and then only of what it asked for', () => {
    const store = createStore({step: 0, run: null});
    const told = [];
    store.on(['step'], ({step}) => told.push(step));
    store.set({run: 1});
    store.set({step: 1});
    store.set({step: 1});
    store.set({step: 2, run: 2});
    assert.deepEqual(told, [0, 1, 2]);
});

test('what a listener changes is told after the round, to all', () => {
    const store = createStore({step: 0, line: 0});
    const told = [];
    store.on(['step'], ({step}) => store.set({line: step * 10}));
    store.on(['step', 'line'], ({step, line}) => told.push([step, line]));
    store.set({step: 1});
    assert.deepEqual(told, [[0, 0], [1, 10], [1, 10]]);
});

test('a word that the store does not know is a mistake', () => {
    assert.throws(() => createStore({step: 0}).set({stpe: 1}), /"stpe"/);
});
