import {strict as assert} from 'node:assert';
import test from 'node:test';

import {Library, translated} from '../../../web/src/library.js';

const list = {lessons: [
    {id: 'tea', order: 1, title: 'Tea', chapter: 'Drinks', words: {fr: {title: 'Le thé', chapter: 'Boissons'}}},
    {id: 'milk', order: 2, title: 'Milk', chapter: 'Drinks', words: {}},
]};
const parts = {
    'lessons/tea.json': {id: 'tea', title: 'Tea', program: {text: 'print(1)'}, tries: [{goal: 'g', title: 'Cake', solution: 's'}],
                         challenge: {title: 'Break', schedule: '1:2'}},
    'lessons/tea.fr.json': {title: 'Le thé', tries: [{title: 'Gâteau'}], challenge: {title: 'Casser'}},
    'lessons/milk.json': {id: 'milk', title: 'Milk', tries: [], challenge: null},
};

function library() {
    const asked = [];
    return {asked, library: new Library(list, async (name) => {
        asked.push(name);
        if (!parts[name]) throw new Error('not there');
        return parts[name];
    })};
}

test('a lesson is asked for once, and only when it is opened', async () => {
    const {asked, library: one} = library();
    assert.equal(one.lessons.length, 2);
    assert.deepEqual(asked, []);
    await one.lesson('tea', 'en');
    await one.lesson('tea', 'en');
    assert.deepEqual(asked, ['lessons/tea.json']);
});

test('in another language only the words change', async () => {
    const lesson = await library().library.lesson('tea', 'fr');
    assert.equal(lesson.title, 'Le thé');
    assert.equal(lesson.language, 'fr');
    assert.deepEqual(lesson.tries, [{goal: 'g', title: 'Gâteau', solution: 's'}]);
    assert.deepEqual(lesson.challenge, {title: 'Casser', schedule: '1:2'});
    assert.equal(lesson.program.text, 'print(1)');
});

test('what is not translated comes in English, and says so', async () => {
    const {library: one} = library();
    assert.equal((await one.lesson('milk', 'fr')).language, 'en');
    assert.deepEqual(one.named('milk', 'fr'), {title: 'Milk', chapter: 'Drinks'});
    assert.deepEqual(one.named('tea', 'fr'), {title: 'Le thé', chapter: 'Boissons'});
    assert.deepEqual(one.languages, ['en', 'fr']);
    assert.equal(translated({tries: [], challenge: null}, {tries: [], challenge: null}).challenge, null);
});

test('a lesson that could not be loaded is asked for again', async () => {
    let fails = true;
    const one = new Library(list, async (name) => {
        if (fails) throw new Error('no network');
        return parts[name];
    });
    await assert.rejects(one.lesson('tea', 'en'));
    fails = false;
    assert.equal((await one.lesson('tea', 'en')).title, 'Tea');
});
