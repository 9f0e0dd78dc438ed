// Exercises and challenges: reached by their solution, not before; hints one by one; who runs next is the person's choice.

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {atStep, openLesson, openSite} from './support/browser.mjs';
import {run, writeProgram} from './support/editor.mjs';
import {asRead, course} from './support/lessons.mjs';

const site = await openSite();
const [edited, chosen] = [site.shared({}), site.shared({})]; // an edited program has no choices of before

for (const lesson of course.filter(({tries}) => tries.length > 0)) {
    test(`lesson ${lesson.order}: its exercises are reached by their solutions`, edited(async (page) => {
        await openLesson(page, lesson.id);
        for (const [index, {title, hints, solution}] of lesson.tries.entries()) {
            const seen = await page.evaluate(askForAll, index);
            assert.match(seen.verdict, /^Not yet/);
            assert.deepEqual({...seen, verdict: ''}, {title: `Try: ${title}`, before: 0, verdict: '', hints: hints.map(asRead), solution: solution ?? null});
            if (!solution) continue;
            await writeProgram(page, solution);
            await run(page);
            assert.match(await page.locator('.try').nth(index).locator('.verdict-line').textContent(), /^Reached/);
        }
    }));
}

/** In the page: every hint, one after the other, and then the solution. */
function askForAll(index) {
    const box = document.querySelectorAll('.try')[index];
    const button = (name) => [...box.querySelectorAll('button')].find((one) => !one.hidden && name.test(one.textContent));
    const hints = () => [...box.querySelectorAll('.hints li')].map((one) => one.textContent);
    const seen = {title: box.querySelector('h3').textContent, before: hints().length,
                  verdict: box.querySelector('.verdict-line').textContent, hints: [], solution: null};
    while (button(/hint/i)) {
        button(/hint/i).click();
        seen.hints.push(hints().at(-1));
    }
    button(/^Show a solution$/)?.click();
    const solution = box.querySelector('.solution');
    return {...seen, solution: solution.hidden ? null : solution.textContent};
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
