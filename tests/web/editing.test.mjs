// Editing: a changed program runs, a broken one says where, and nobody's code is lost.

import {strict as assert} from 'node:assert';
import test from 'node:test';

import {atStep, goTo, openSite, ready, startOver} from './support/browser.mjs';
import {editor, outputText, programText, run, runs, writeProgram} from './support/editor.mjs';
import {lesson} from './support/lessons.mjs';

const site = await openSite();
const inOnePage = site.shared({open: '#timers'});
/** Each begins with the lesson as it is. */
const fresh = (run) => inOnePage(async (page, context) => {
    await startOver(page, 'channels');
    await run(page, context);
});
const {text} = lesson('channels').program;

test('an edited program runs, and its draft is there after a reload', fresh(async (page) => {
    await writeProgram(page, 'print("hello")\nco.sleep(1)\nprint("world")\n');
    assert.equal(await page.locator('.line-now').textContent(), 'edited, not run yet');
    await run(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.locator('#rows-output .latest').waitFor();
    assert.deepEqual(await outputText(page), ['hello', 'world']);
    await page.reload();
    await ready(page);
    assert.match(await programText(page), /hello/);
}));

test('undo brings back what was there, redo what was undone', fresh(async (page) => {
    await writeProgram(page, 'print(1)\n');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    assert.equal(await programText(page), text);
    await page.keyboard.press('Control+Shift+Z');
    await page.keyboard.press('Control+Shift+Z');
    assert.equal(await programText(page), 'print(1)\n');
}));

test('the way back to the lesson’s program asks first, and can be undone', fresh(async (page) => {
    await writeProgram(page, 'print(1)\n');
    await page.getByRole('button', {name: 'Back to the lesson’s'}).click();
    await page.getByRole('button', {name: 'Keep'}).click();
    assert.equal(await programText(page), 'print(1)\n');
    await page.getByRole('button', {name: 'Back to the lesson’s'}).click();
    await page.getByRole('button', {name: 'Discard'}).click();
    await page.locator('.code-note').waitFor({state: 'hidden'});
    assert.equal(await programText(page), text);
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    assert.equal(await programText(page), 'print(1)\n');
}));

test('a syntax error is underlined at its line, with what is wrong', fresh(async (page) => {
    await writeProgram(page, 'print("fine")\nlocal = 7\nprint("never")\n');
    await run(page);
    assert.equal(await page.locator('#page-program .error-text').textContent(), 'local = 7');
    assert.match(await page.locator('#page-program .error-message').textContent(), /^Line 2: .*near '='/);
    assert.equal(await page.getByRole('tab', {name: 'Problems 1'}).getAttribute('aria-selected'), 'true');
    assert.match(await page.locator('.problem .what').textContent(), /^Line 2: /);
    await writeProgram(page, 'print("fine")\n');
    await run(page);
    assert.equal(await page.locator('#page-program .error-message').count(), 0);
    assert.equal(await page.getByRole('tab', {name: 'Output'}).getAttribute('aria-selected'), 'true');
}));

test('an error while it runs is underlined too', fresh(async (page) => {
    await writeProgram(page, 'local nothing\nco.sleep(0.1)\nprint(nothing.x)\n');
    await run(page);
    assert.equal(await page.locator('#page-program .error-text').textContent(), 'print(nothing.x)');
    assert.match(await page.locator('.problem .what').textContent(), /nil value/);
    await page.getByRole('button', {name: /^Go to step/}).click();
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
}));

test('another seed is another run, and a foolish one is refused', fresh(async (page) => {
    const seed = page.getByLabel('Seed');
    await seed.fill('7');
    await seed.press('Enter');
    await page.waitForFunction(() => document.body.dataset.seed === '7');
    await seed.fill('-x');
    await seed.press('Enter');
    assert.equal(await seed.inputValue(), '7');
    await page.getByText('A seed is a whole number').waitFor();
}));

test('a link holds lesson, code, seed, clock, step and answer', fresh(async (page, context) => {
    await page.locator('.predict .choice').nth(1).click();
    await writeProgram(page, text.replace('"milk"', '"cocoa"'));
    await run(page);
    await page.keyboard.press('Escape');
    await page.getByLabel('Seed').fill('3');
    await page.getByLabel('Seed').press('Enter');
    await page.waitForFunction(() => document.body.dataset.seed === '3');
    await page.locator('.checkpoint').first().click();
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
    const at = await page.locator('body').getAttribute('data-step');
    await page.getByRole('button', {name: 'virtual'}).click();
    await page.getByRole('button', {name: 'Share'}).click();
    const link = await page.getByLabel('Link').inputValue();

    const other = await (await context.browser().newContext({viewport: page.viewportSize()})).newPage();
    await goTo(other, link);
    await atStep(other, at);
    assert.match(await programText(other), /cocoa/);
    assert.equal(await other.getByLabel('Seed').inputValue(), '3');
    assert.equal(await other.getByRole('button', {name: 'virtual'}).getAttribute('aria-pressed'), 'true');
    assert.equal(await other.locator('.predict .choice').nth(1).getAttribute('aria-checked'), 'true');
    await other.context().close();
}));

test('a link’s code does not take the place of one’s own', fresh(async (page) => {
    await writeProgram(page, 'print("mine")\n');
    await run(page);
    const link = await page.evaluate(async () => {
        const bytes = new Blob([JSON.stringify({lesson: 'channels', code: 'print("theirs")\n'})]).stream()
            .pipeThrough(new CompressionStream('deflate'));
        const packed = String.fromCharCode(...new Uint8Array(await new Response(bytes).arrayBuffer()));
        return `#1.${btoa(packed).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
    });
    await page.evaluate((hash) => { location.hash = hash; }, link);
    await page.getByText('This code came with a link').waitFor();
    assert.match(await programText(page), /theirs/);
    await page.getByRole('button', {name: 'Back to mine'}).click();
    await page.getByText('You changed this program').waitFor();
    assert.match(await programText(page), /mine/);
}));

test('a damaged link says so and leaves the page usable', site.with({open: '#1.AAAA'}, async (page) => {
    await page.getByText('The link could not be opened').waitFor();
    assert.ok((await programText(page)).length > 0);
}));

test('nothing in a link or a program becomes part of the page', fresh(async (page) => {
    const evil = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>';
    await writeProgram(page, `print([[${evil}]])\nerror([[${evil}]])\n`);
    await run(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.getByRole('tab', {name: /^Output/}).click();
    await page.locator('#rows-output .latest').waitFor();
    assert.deepEqual(await outputText(page), [evil]);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.locator('main img').count(), 0);
}));

test('a run goes into a file and comes back from it', fresh(async (page) => {
    await writeProgram(page, 'print("kept")\n');
    await run(page);
    await page.getByRole('button', {name: 'Export'}).click();
    const [download] = await Promise.all([page.waitForEvent('download'),
                                          page.getByRole('button', {name: 'Save this run'}).click()]);
    assert.equal(download.suggestedFilename(), 'channels.costudio');
    await page.getByRole('button', {name: 'Close', exact: true}).click();
    await writeProgram(page, 'print("lost")\n');
    await run(page);
    await page.getByRole('button', {name: 'Export'}).click();
    const before = await runs(page);
    await page.locator('#run-file').setInputFiles(await download.path());
    await page.waitForFunction((count) => Number(document.body.dataset.runs) > count && !document.querySelector('dialog'), before);
    assert.match(await programText(page), /kept/);
    await page.keyboard.press('End');
    await page.locator('#rows-output .latest').waitFor();
    assert.deepEqual(await outputText(page), ['kept']);
}));

test('a file that holds no run is refused with a reason', fresh(async (page) => {
    await page.getByRole('button', {name: 'Export'}).click();
    await page.locator('#run-file').setInputFiles({name: 'x.costudio', mimeType: 'text/plain', buffer: Buffer.from('hello')});
    await page.getByText('This file holds no run').waitFor();
}));

test('the trace opens in Perfetto: whole, with every event', fresh(async (page) => {
    await page.getByRole('button', {name: 'Export'}).click();
    const [download] = await Promise.all([page.waitForEvent('download'),
                                          page.getByRole('button', {name: 'Save the trace'}).click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    const trace = JSON.parse(Buffer.concat(chunks).toString());
    assert.ok(trace.traceEvents.length > 30);
}));
