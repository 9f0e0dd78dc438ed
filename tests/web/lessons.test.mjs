// Every lesson opens, runs, steps to its checkpoints and back, and answers its question.

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {atStep, openSite, step} from './support/browser.mjs';
import {outputText, programText} from './support/editor.mjs';
import {course} from './support/lessons.mjs';

const site = await openSite();

test('there are lessons', () => assert.ok(course.length >= 4));

for (const lesson of course) {
    test(`lesson ${lesson.order}, ${lesson.title}`, site.with({open: `#${lesson.id}`}, async (page) => {
        assert.equal(await page.locator('.lesson h2').textContent(), lesson.title);
        assert.equal(await programText(page), lesson.program.text);
        await answers(page, lesson);
        await runsToItsEnd(page, lesson);
        await stepsToItsCheckpoints(page, lesson);
    }));
}

async function answers(page, {predict}) {
    if (!predict) return;
    const choices = page.locator('.predict .choice');
    for (const [index, {text, right, why}] of [...predict.choices.entries()].sort(([, a], [, b]) => a.right - b.right)) {
        const choice = choices.nth(index);
        assert.equal(await choice.locator('.text').textContent(), text);
        await choice.click();
        assert.equal(await choice.getAttribute('aria-checked'), 'true');
        assert.equal(await choice.locator('.verdict').textContent(), right ? 'right' : 'not so');
        assert.equal(await page.locator('.predict .why').textContent(), why);
    }
}

async function runsToItsEnd(page, {expect}) {
    await page.locator('[data-command=last]').first().click();
    const steps = Number((await page.locator('.position').textContent()).match(/Step (\d+) of (\d+)/)[2]);
    assert.ok(steps > 0);
    await atStep(page, steps);
    await page.getByRole('tab', {name: 'Output'}).click(); // a lesson may open with its problems
    assert.equal((await outputText(page)).join('\n'), (expect ?? '').trimEnd());
}

async function stepsToItsCheckpoints(page, {checkpoints}) {
    const buttons = page.locator('.checkpoint');
    assert.equal(await buttons.count(), checkpoints.length);
    for (let index = 0; index < checkpoints.length; ++index) {
        const at = Number((await buttons.nth(index).locator('.at').textContent()).match(/^step (\d+)$/)?.[1]);
        assert.ok(at > 0, `"${checkpoints[index].title}" is in the run`);
        await buttons.nth(index).click();
        await atStep(page, at);
        assert.equal(await buttons.nth(index).getAttribute('aria-current'), 'step');
        await page.locator('[data-command=back]').first().click();
        await atStep(page, at - 1);
        assert.equal(await buttons.nth(index).getAttribute('aria-current'), null);
        await page.locator('[data-command=step]').first().click();
        await atStep(page, at);
    }
    await page.locator('[data-command=first]').first().click();
    assert.equal(await step(page), 0);
}
