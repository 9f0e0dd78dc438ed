// Every lesson opens, runs, steps to its checkpoints and back, and answers its question: all of them in one page, each
// walked through by its buttons. (What a mouse, a finger or a key does to a button, other tests see.)

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {openLesson, openSite} from './support/browser.mjs';
import {programText} from './support/editor.mjs';
import {asRead, course} from './support/lessons.mjs';

const site = await openSite();
const inOnePage = site.shared({open: '#'});

test('there are lessons', () => assert.ok(course.length >= 4));

for (const lesson of course) {
    test(`lesson ${lesson.order}, ${lesson.title}`, inOnePage(async (page) => {
        await openLesson(page, lesson.id);
        assert.equal(await programText(page), lesson.program.text);
        const {title, steps, answers, output, checkpoints, back} = await page.evaluate(walk, wrongFirst(lesson));
        assert.equal(title, lesson.title);
        assert.deepEqual(answers, wrongFirst(lesson).map((index) => answerTo(lesson.predict.choices[index])));
        assert.ok(steps.count > 0);
        assert.equal(steps.last, steps.count, 'the run goes to its end');
        assert.equal(output, (lesson.expect ?? '').trimEnd());
        assert.equal(checkpoints.length, lesson.checkpoints.length);
        for (const [index, {at, ...found}] of checkpoints.entries()) {
            assert.ok(at > 0, `"${lesson.checkpoints[index].title}" is in the run`);
            assert.deepEqual(found, {there: [at, 'step'], before: [at - 1, null], again: [at, 'step']}, lesson.checkpoints[index].title);
        }
        assert.equal(back, 0);
    }));
}

/** The right answer comes last, so that each of them is given. */
const wrongFirst = ({predict}) => [...(predict?.choices ?? []).entries()].sort(([, a], [, b]) => a.right - b.right).map(([index]) => index);
const answerTo = ({text, right, why}) => ({text: asRead(text), checked: 'true',
                                          verdict: right ? 'right' : 'not so', why: asRead(why)});

/** In the page: all that a person can press, and what is seen after each press. */
function walk(choices) {
    const step = () => Number(document.body.dataset.step);
    const press = (command) => document.querySelector(`[data-command=${command}]`).click();
    const answers = choices.map((index) => {
        const choice = document.querySelectorAll('.predict .choice')[index];
        choice.click();
        return {text: choice.querySelector('.text').textContent, checked: choice.getAttribute('aria-checked'),
                verdict: choice.querySelector('.verdict').textContent, why: document.querySelector('.predict .why').textContent};
    });
    press('last');
    const steps = {count: Number(document.querySelector('.position').textContent.match(/Step (\d+) of (\d+)/)[2]), last: step()};
    document.querySelector('[data-tab=output]').click(); // a lesson may open with its problems
    const output = [...document.querySelectorAll('#rows-output .row .text')].map((text) => text.firstChild.textContent).join('\n');
    const buttons = () => [...document.querySelectorAll('.checkpoint')]; // made anew as the playhead passes them
    const checkpoints = buttons().map((button, index) => {
        const now = () => [step(), buttons()[index].getAttribute('aria-current')];
        const at = Number(button.querySelector('.at').textContent.match(/^step (\d+)$/)?.[1]);
        buttons()[index].click();
        const there = now();
        press('back');
        const before = now();
        press('step');
        return {at, there, before, again: now()};
    });
    press('first');
    return {title: document.querySelector('.lesson h2').textContent, steps, answers, output, checkpoints, back: step()};
}
