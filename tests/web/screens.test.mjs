// The page by keyboard alone, on a phone, in both themes, inside another page.

import {strict as assert} from 'node:assert';
import {createServer} from 'node:http';
import {after, test} from 'node:test';

import {atStep, openLesson, openSite, phone, ready, startOver, systemTheme} from './support/browser.mjs';
import {editor, outputText, programText, run} from './support/editor.mjs';
import {list} from './support/lessons.mjs';

const site = await openSite();
const open = '#channels';
const inOnePage = site.shared({open: '#timers'});
/** Each begins with the lesson as it is. */
const fresh = (run) => inOnePage(async (page) => {
    await startOver(page, 'channels');
    await run(page);
});

// -- keyboard ---------------------------------------------------------------------------------------------------------

const pressTo = async (page, keys, step) => {
    for (const key of keys) await page.keyboard.press(key);
    await atStep(page, step);
};

test('the keyboard alone: step, switch, play, ends', fresh(async (page) => {
    await pressTo(page, ['ArrowRight'], 1);
    await pressTo(page, ['ArrowRight', 'ArrowRight'], 3);
    await pressTo(page, ['ArrowLeft'], 2);
    await page.keyboard.press('End');
    await page.waitForFunction(() => Number(document.body.dataset.step) > 20);
    await pressTo(page, ['Home'], 0);
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
    await pressTo(page, ['Home', 'F10'], 1);
    await pressTo(page, ['Shift+F10'], 0);
    await page.keyboard.press(']');
    await page.keyboard.press(']');
    await page.keyboard.press(']');
    assert.equal(await page.getByLabel('Speed', {exact: true}).inputValue(), '8');
    await page.keyboard.press(' ');
    await page.locator('[data-command=play][aria-label=Pause]').first().waitFor();
    await page.waitForFunction(() => Number(document.body.dataset.step) >= 2);
    await page.keyboard.press(' ');
    await page.locator('[data-command=play][aria-label=Play]').first().waitFor();
}));

test('the keyboard alone: from the editor and back', fresh(async (page) => {
    await page.keyboard.press('e');
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('print("typed")\n');
    await run(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.locator('#rows-output .latest').waitFor();
    assert.equal((await outputText(page))[0], 'typed');
    assert.match(await programText(page), /^print\("typed"\)/);
}));

test('the keyboard alone: answer the question', fresh(async (page) => {
    const choices = page.locator('.predict .choice');
    await choices.first().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('.choice[aria-checked=true]').count(), 0, 'an arrow does not answer yet');
    await page.keyboard.press(' ');
    assert.equal(await choices.nth(1).getAttribute('aria-checked'), 'true');
    assert.equal(await choices.nth(1).locator('.verdict').textContent(), 'right');
}));

test('the keyboard alone: lessons, palette, keys, filter', fresh(async (page) => {
    const runs = () => page.evaluate(() => Number(document.body.dataset.runs));
    const another = (before) => page.waitForFunction((count) => Number(document.body.dataset.runs) > count, before);
    let before = await runs();
    await page.keyboard.press('PageUp');
    await page.waitForFunction(() => document.querySelector('.lesson h2').textContent !== 'go + chan + defer');
    await another(before);
    before = await runs();
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => document.querySelector('.lesson h2').textContent === 'go + chan + defer');
    await another(before); // before it there is no end to go to
    await page.keyboard.press('l');
    await page.getByRole('dialog', {name: 'Lessons'}).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', {name: 'Keys'}).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('to the end');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => Number(document.body.dataset.step) > 20);
    await page.keyboard.press('/');
    await page.keyboard.type('milk');
    await page.locator('#rows-events .row').first().waitFor();
    assert.match((await page.locator('#rows-events .row').allTextContents()).join(), /milk/);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#filter').inputValue(), '');
}));

test('Tab reaches everything, and where the focus is shows', site.with({open}, async (page) => {
    const reached = [];
    for (let count = 0; count < 60; ++count) {
        await page.keyboard.press('Tab');
        const place = await page.evaluate(() => {
            const element = document.activeElement;
            const inner = element.shadowRoot?.activeElement;
            if (element === document.body) return null;
            if (element.className === 'behind-editor') return {name: '', outline: true};
            const shown = inner || element.matches('input, select') ? element.closest('.editor, .field, .filter') : element;
            const style = getComputedStyle(shown, inner ? '::after' : null);
            return {name: element.id || element.getAttribute('aria-label') || element.textContent.trim().slice(0, 20),
                    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
        });
        if (!place) break;
        reached.push(place.name);
        assert.ok(place.outline, `${place.name} shows the focus`);
        if (place.name === 'page-program') await page.keyboard.press('Escape');
    }
    for (const name of ['run', 'Seed', 'theme', 'page-program', 'boxes', 'lanes', 'rows-output']) {
        assert.ok(reached.includes(name), `${name} is reached: ${reached.join(', ')}`);
    }
}));

test('each step is announced, once', site.with({open}, async (page) => {
    await page.keyboard.press('ArrowRight');
    await page.locator('#log p').filter({hasText: /^Step 1 of \d+: /}).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('#log p').filter({hasText: /^Step 2 of \d+: /}).waitFor();
    assert.equal(await page.locator('#log p').filter({hasText: /^Step 2 of/}).count(), 1);
}));

// -- canvas -----------------------------------------------------------------------------------------------------------

const picture = (page, id) => page.locator(id).screenshot();

test('timeline and inspector are drawn, and change with the step', fresh(async (page) => {
    const before = [await picture(page, '#timeline'), await picture(page, '#inspector')];
    await page.keyboard.press('End');
    await page.waitForFunction(() => Number(document.body.dataset.step) > 20);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.notDeepEqual(await picture(page, '#timeline'), before[0]);
    assert.notDeepEqual(await picture(page, '#inspector'), before[1]);
}));

test('a press on the timeline moves the playhead', fresh(async (page) => {
    const {x, y, width} = await page.locator('#lanes').boundingBox();
    await page.mouse.move(x + width / 2, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 80, y + 20);
    await page.mouse.up();
    await page.waitForFunction(() => Number(document.body.dataset.step) > 1);
}));

// -- phone ------------------------------------------------------------------------------------------------------------

const onPhone = site.shared({open, viewport: phone, hasTouch: true, isMobile: true, deviceScaleFactor: 2});

test('a phone: one pane at a time, the sentence and the transport always there', onPhone(async (page) => {
    for (const [name, id] of [['Lesson', 'lesson'], ['Code', 'code'], ['Lanes', 'timeline'], ['State', 'inspector']]) {
        await page.getByRole('tab', {name, exact: true}).tap();
        assert.ok(await page.locator(`#${id}`).isVisible(), name);
        for (const other of ['lesson', 'code', 'timeline', 'inspector']) {
            assert.equal(await page.locator(`#${other}`).isVisible(), other === id, `${other} while ${id} is shown`);
        }
        assert.ok(await page.locator('#now').isVisible());
        const foot = await page.locator('#transport').boundingBox();
        assert.equal(Math.round(foot.y + foot.height), phone.height);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(wide, phone.width, `${name} fits the width`);
    }
    await page.locator('#transport [data-command=step]').tap();
    await atStep(page, 1);
    assert.notEqual(await page.locator('#now p').first().textContent(), '');
    assert.notEqual(await page.locator('#now p').first().textContent(), 'Before the first step.');
}));

test('a phone: the latest line of output is in sight, whatever pane was there before', onPhone(async (page) => {
    await openLesson(page, 'whole-server');
    await page.getByRole('tab', {name: 'Lanes', exact: true}).tap();
    await page.locator('#transport [data-command=last]').tap();
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
    await page.getByRole('tab', {name: 'Code', exact: true}).tap();
    await page.waitForFunction(() => {
        const [rows, row] = ['#rows-output', '#rows-output .latest'].map((one) => document.querySelector(one).getBoundingClientRect());
        return row.height > 0 && row.top >= rows.top - 1 && row.bottom <= rows.bottom + 1;
    });
}));

test('a phone: every lesson fits its width', onPhone(async (page) => {
    for (const {id} of list) {
        await openLesson(page, id);
        const wide = await page.evaluate(() => ['lesson', 'code', 'lanes', 'state'].filter((name) => {
            document.querySelector(`[data-tab=${name}]`).click();
            return document.documentElement.scrollWidth > innerWidth;
        }));
        assert.deepEqual(wide, [], id);
    }
}));

test('a phone: every target is at least 44 px', onPhone(async (page) => {
    for (const name of ['Lesson', 'Code', 'Lanes', 'State']) {
        await page.getByRole('tab', {name, exact: true}).tap();
        assert.deepEqual(await page.evaluate(smallTargets), [], name);
    }
    await page.getByRole('button', {name: 'More'}).tap();
    assert.deepEqual(await page.evaluate(smallTargets), [], 'More');
}));

/** Rows of a list may be lower: between their neighbours they do the same. */
function smallTargets() {
    const all = [...document.querySelectorAll('button, a, input, select, [role=tab]')].filter((element) =>
        element.checkVisibility({visibilityProperty: true}) && !element.closest('.rows, .unseen, .skip') && element.tabIndex !== -2);
    return all.map((element) => ({element: element.closest('label') ?? element})).map(({element}) => {
        const {width, height} = element.getBoundingClientRect();
        return width >= 44 && height >= 43.5 ? '' : `${element.id || element.textContent || element.className} ${width} x ${height}`;
    }).filter((text, index) => text && !all[index].matches('.skip, .unseen'));
}

// -- theme ------------------------------------------------------------------------------------------------------------

const ground = (page) => page.evaluate(() => getComputedStyle(document.querySelector('#lesson')).backgroundColor);
const colours = {dark: 'rgb(22, 24, 29)', light: 'rgb(255, 255, 255)'};

for (const theme of ['dark', 'light']) {
    const other = theme === 'dark' ? 'light' : 'dark';
    test(`a ${theme} system gets the ${theme} page, and one may choose`, site.with({open, colorScheme: theme}, async (page) => {
        assert.equal(await ground(page), colours[theme]);
        const before = await picture(page, '#timeline');
        await page.locator('#theme').click();
        assert.equal(await ground(page), colours[other]);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        assert.notDeepEqual(await picture(page, '#timeline'), before);
        await page.reload();
        await ready(page);
        assert.equal(await ground(page), colours[other], 'the choice is kept');
    }));
}

test('a system that changes its theme changes the page', fresh(async (page) => {
    for (const colorScheme of ['dark', 'light']) {
        await systemTheme(page, colorScheme);
        assert.equal(await ground(page), colours[colorScheme]);
    }
    await page.emulateMedia({colorScheme: null});
}));

// -- embedding --------------------------------------------------------------------------------------------------------

test('embedded: one runnable example without the rest, inside another page', site.with({open: null}, async (page) => {
    const blog = createServer((request, response) => response.writeHead(200, {'Content-Type': 'text/html'}).end(
        `<!doctype html><iframe title="costudio" width="760" height="560" src="${site.address}?embed=1&lesson=wait-group"></iframe>`));
    await new Promise((resolve) => blog.listen(0, '127.0.0.1', resolve));
    after(() => blog.close());
    await page.goto(`http://localhost:${blog.address().port}/`);
    const frame = page.frameLocator('iframe');
    await frame.locator('body[data-ready]').waitFor();
    assert.equal(await frame.locator('#lesson').isVisible(), false);
    assert.match(await frame.locator('.cm-content').first().textContent(), /chan\(1\)/);
    await frame.locator('#run').click();
    await frame.locator('body:not([data-step="0"])').waitFor(); // it plays: a busy machine may skip a step
    blog.closeAllConnections();
}));
