// What axe-core finds in the page: nothing serious, at both sizes and in both themes.

import {strict as assert} from 'node:assert';
import {readFileSync} from 'node:fs';
import test from 'node:test';

import {axeSource, desk, openLesson, openSite, phone, startOver, systemTheme} from './support/browser.mjs';
import {editor} from './support/editor.mjs';

const site = await openSite();

/** All rules in the dark; by day only that of colours, for nothing else hangs on the theme. */
const rules = {dark: {}, light: {runOnly: {type: 'rule', values: ['color-contrast']}}};

const audit = (viewport, colorScheme) => async (page) => {
    await startOver(page, 'channels');
    await systemTheme(page, colorScheme);
    // A page's policy forbids scripts that are put into it: this one comes by the browser's own way.
    await page.evaluate(`${readFileSync(axeSource, 'utf8')}; null`);
    const found = [];
    for (const look of looks(page, viewport)) {
        const name = await look();
        const {violations} = await page.evaluate((only) => window.axe.run(document, {resultTypes: ['violations'], ...only}), rules[colorScheme]);
        found.push(...violations.filter(({impact}) => ['serious', 'critical'].includes(impact)).map(({id, nodes}) =>
            `${name}: ${id}: ${nodes.map(({target, failureSummary}) => `${target} ${failureSummary}`).join('; ')}`));
    }
    assert.deepEqual(found, []);
};

function looks(page, viewport) {
    const tab = (name) => async () => (await page.getByRole('tab', {name}).click(), name);
    const dialog = (key, name) => async () => {
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({state: 'detached'});
        await page.keyboard.press(key);
        await page.getByRole('dialog', {name}).waitFor();
        return name;
    };
    const lesson = (id) => async () => {
        await openLesson(page, id);
        await page.locator('[data-command=last]:visible').first().click();
        await page.waitForFunction(() => Number(document.body.dataset.step) > 0);
        return id;
    };
    const panes = viewport === phone ? ['Lesson', 'Code', 'Lanes', 'State'].map(tab) : [];
    return [async () => 'page', ...['whole-server', 'shared-client'].map(lesson), ...panes,
            ...(viewport === phone ? [tab('Code')] : []), tab(/^Events/), tab(/^Problems/),
            async () => (await editor(page).blur(), 'blurred'),
            dialog('l', 'Lessons'), dialog('?', 'Keys'), dialog('Control+k', 'Find a command')];
}

for (const [name, viewport] of [['desk', desk], ['phone', phone]]) {
    const inOne = site.shared({open: '#timers', viewport});
    for (const theme of ['dark', 'light']) {
        test(`axe-core finds nothing serious: ${name}, ${theme}`, inOne(audit(viewport, theme)));
    }
}
