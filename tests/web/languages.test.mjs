// The lessons' words in other languages: French and Chinese for those that have been translated.

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {atStep, openLesson, openSite, phone, ready} from './support/browser.mjs';
import {runs} from './support/editor.mjs';
import {asRead, list, wordsOf} from './support/lessons.mjs';

const site = await openSite();
const inOnePage = site.shared({});
const choose = (page, language) => page.getByLabel('Language of the lessons').first().selectOption(language);
const titled = (page, title) => page.locator('.lesson h2', {hasText: title}).waitFor();

test('five lessons or more are there in French and in Chinese', () => {
    for (const language of ['fr', 'zh']) assert.ok(list.filter(({words}) => words[language]).length >= 5, language);
});

for (const {id, words} of list) {
    for (const language of Object.keys(words)) {
        test(`${id} in ${language}: title, question, checkpoints and exercises`, inOnePage(async (page) => {
            await openLesson(page, id);
            await choose(page, 'en');
            await page.locator('.lesson-body[lang=en]').waitFor();
            await page.locator('[data-command=first]').first().click();
            await page.locator('[data-command=step]').first().click();
            await atStep(page, 1);
            const ran = await runs(page);
            await choose(page, language);
            const expected = wordsOf(id, language);
            await page.locator(`.lesson-body[lang=${language}]`).waitFor();
            await titled(page, expected.title);
            if (expected.predict) assert.equal(await page.locator('.predict h3').textContent(), asRead(expected.predict.question));
            assert.deepEqual(await page.locator('.checkpoint .title').allTextContents(), expected.checkpoints.map(({title}) => asRead(title)));
            assert.deepEqual(await page.locator('.try h3').allTextContents(), expected.tries.map(({title}) => `Try: ${title}`));
            assert.equal(await page.locator('body').getAttribute('data-step'), '1', 'the playhead stays');
            assert.equal(await runs(page), ran, 'nothing runs anew');
        }));
    }
}

test('the choice is kept, holds for the list too, and what is not translated says so', site.with({open: '#channels'}, async (page) => {
    await choose(page, 'fr');
    await page.locator('.lesson-body[lang=fr]').waitFor();
    await page.reload();
    await ready(page);
    assert.equal(await page.locator('.lesson-body').getAttribute('lang'), 'fr');
    const other = list.find(({words}) => !words.fr);
    await page.evaluate((id) => { location.hash = id; }, other.id);
    await titled(page, other.title);
    await page.getByText('Not translated into Français yet').waitFor();
    await page.keyboard.press('l');
    const {words, id} = list.find((one) => one.words.fr && one.words.fr.title !== one.title);
    assert.ok((await page.locator(`.entry[href="#${id}"]`).textContent()).includes(words.fr.title));
}));

test('an edited program and its undo survive another language', site.with({open: '#channels'}, async (page) => {
    const content = page.locator('#page-program .cm-content');
    await content.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('-- mine');
    await page.keyboard.press('Escape');
    await choose(page, 'zh');
    await page.locator('.lesson-body[lang=zh]').waitFor();
    assert.match(await content.textContent(), /-- mine/);
    await content.click();
    await page.keyboard.press('Control+z');
    assert.doesNotMatch(await content.textContent(), /-- mine/);
}));

test('on a phone it stands behind More', site.with({open: '#channels', viewport: phone, hasTouch: true}, async (page) => {
    await page.getByRole('button', {name: 'More'}).tap();
    await page.locator('dialog').getByLabel('Language of the lessons').selectOption('fr');
    await page.locator('.lesson-body[lang=fr]').waitFor();
}));
