// Exercises and challenges: reached by their solution, not before; hints one by one; who runs next is the person's choice.

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {atStep, openLesson, openSite} from './support/browser.mjs';
import {run, writeProgram} from './support/editor.mjs';
import {course} from './support/lessons.mjs';

const site = await openSite();
const [edited, chosen] = [site.shared({}), site.shared({})]; // an edited program has no choices of before

for (const lesson of course.filter(({tries}) => tries.length > 0)) {
    test(`lesson ${lesson.order}: its exercises are reached by their solutions`, edited(async (page) => {
        await openLesson(page, lesson.id);
        for (const [index, {title, hints, solution}] of lesson.tries.entries()) {
            const box = page.locator('.try').nth(index);
            assert.equal(await box.locator('h3').textContent(), `Try: ${title}`);
            assert.match(await box.locator('.verdict-line').textContent(), /^Not yet/);
            assert.equal(await box.locator('.hints li').count(), 0);
            for (const [shown, hint] of hints.entries()) {
                await box.getByRole('button', {name: /hint/i}).click();
                assert.equal(await box.locator('.hints li').nth(shown).textContent(), hint);
            }
            if (!solution) continue;
            await box.getByRole('button', {name: 'Show a solution'}).click();
            assert.equal(await box.locator('.solution').textContent(), solution);
            await writeProgram(page, solution);
            await run(page);
            assert.match(await box.locator('.verdict-line').textContent(), /^Reached/);
        }
    }));
}

for (const lesson of course.filter(({challenge}) => challenge)) {
    test(`lesson ${lesson.order}: its challenge is won by choosing`, chosen(async (page) => {
        await openLesson(page, lesson.id);
        const box = page.locator('.challenge');
        assert.ok(await box.locator('.verdict-line').isHidden());
        await box.getByRole('button', {name: 'Show me'}).click();
        await box.getByText('Broken: your choices did it.').waitFor();
        await box.getByRole('button', {name: 'Start again'}).click();
        await box.locator('.verdict-line').waitFor({state: 'hidden'});
    }));
}

test('one chooses by keys, and takes it back', chosen(async (page) => {
    await openLesson(page, 'channels');
    const chips = () => page.evaluate(() => document.querySelector('#told').textContent);
    // Find a step where the loop has a choice: the keys do nothing elsewhere.
    await page.keyboard.press('End');
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
    const last = Number(await page.locator('body').getAttribute('data-step'));
    await page.keyboard.press('Home');
    for (let step = 0; step < last; ++step) {
        await atStep(page, step);
        if (await page.locator('body').getAttribute('data-choices') >= 2) {
            await page.keyboard.press('2');
            await page.waitForFunction((next) => document.body.dataset.schedule?.startsWith(`${next}:`), step + 1);
            await atStep(page, step + 1);
            assert.match(await chips(), /running/);
            await page.keyboard.press('u');
            await page.waitForFunction(() => document.body.dataset.schedule === '');
            return;
        }
        await page.keyboard.press('ArrowRight');
    }
    assert.fail('the loop has a choice somewhere in this lesson');
}));
