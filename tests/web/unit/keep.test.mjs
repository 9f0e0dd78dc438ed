import {strict as assert} from 'node:assert';
import test from 'node:test';

const stored = new Map();
let full = false;
globalThis.localStorage = {
    getItem: (name) => stored.get(name) ?? null,
    setItem(name, text) {
        if (full) throw new Error('the quota is exceeded');
        stored.set(name, text);
    },
    removeItem: (name) => stored.delete(name),
};
const {keep, kept} = await import('../../../web/src/keep.js');

test('what the browser keeps is gone when somebody clears it', () => {
    keep('drafts', {channels: 'print(1)'});
    assert.deepEqual(kept('drafts', {}), {channels: 'print(1)'});
    stored.clear();
    assert.deepEqual(kept('drafts', {}), {});
});

test('what a full browser does not keep lasts as long as the page, and is no older', () => {
    keep('drafts', 'old');
    full = true;
    keep('drafts', 'new');
    assert.equal(kept('drafts'), 'new');
    full = false;
    keep('drafts', 'newest');
    assert.equal(kept('drafts'), 'newest');
    assert.equal(stored.get('costudio.drafts'), '"newest"');
});
